import type { PlatformId } from '~/core/values/ids';
import type { StoreRef } from '../deps';
import { effectKind } from './effect';

export type ClaimGuest = {
  readonly store: StoreRef;
  readonly customerId: PlatformId;
  readonly emailHash: string;
};

/** Guests who have an account's verified e-mail are claimed for it. */
export const claimGuestLater = effectKind<ClaimGuest>('claim_guest');
