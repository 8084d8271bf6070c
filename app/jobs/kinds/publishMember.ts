import type { MemberKey } from '~/core/values/keys';
import { publishMemberLater } from '~/usecases/effects/publishMember';
import { publishMember } from '~/usecases/publishMember';
import type { Job } from '../job';

export const publishMemberJob: Job<MemberKey> = {
  effect: publishMemberLater,
  queue: 'publish-member',
  key: ({ programId, memberId }) => `${programId}:${memberId}`,
  inReplay: false,
  work: {
    kind: 'one_by_one',
    atOnce: 8,
    run: ({ deps, clock }, { programId, memberId }) => publishMember(deps, programId, memberId, clock()),
  },
};
