import type { MemberKey } from '~/core/values/keys';
import { settleMemberLater } from '~/usecases/effects/settleMember';
import { settleMembers } from '~/usecases/settleOrders';
import type { Job } from '../job';

export const settleMemberJob: Job<MemberKey> = {
  effect: settleMemberLater,
  queue: 'settle-member',
  key: ({ programId, memberId }) => `${programId}:${memberId}`,
  inReplay: true,
  work: {
    kind: 'one_by_one',
    atOnce: 2,
    run: ({ deps, clock }, member) => settleMembers(deps, [{ ...member, since: null }], clock()),
  },
};
