import type { MemberKey } from '~/core/values/keys';
import { effectKind } from './effect';

/** Derives a member's orders anew: more depend on a change than one transaction settles. */
export const settleMemberLater = effectKind<MemberKey>('settle_member');
