import type { MemberKey } from '~/core/values/keys';
import { effectKind } from './effect';

/** What a member may see has changed: the summary is to be given to the platforms again. */
export const publishMemberLater = effectKind<MemberKey>('publish_member');
