import type { MemberId, PlatformId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { earliestRelease, mayReach } from '~/core/redemptions/states';
import { ok, refuse, type Result } from '~/core/values/result';
import { inTransaction } from '~/db/inTransaction';
import { customerIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import { lockMember } from '~/db/members';
import { findRedemption, type RedemptionRecord } from '~/db/redemptions';
import { lockRedemption } from '~/db/spentRedemptions';
import type { Store } from '~/db/stores';
import type { Deps } from './deps';
import { publishMember } from './publishMember';
import { stepRedemption } from './writeMembers';

export type CancelRefusal =
  { readonly kind: 'unknown_redemption' } | { readonly kind: 'cannot_be_cancelled'; readonly state: string };

/**
 * The shopper gives a code back. It is switched off; the points return when the platform says that it was
 * not used, at the earliest after the shop's time of waiting, because an order with it may still be on its way.
 */
export const cancelRedemption = async (
  deps: Deps,
  store: Store,
  customerId: PlatformId,
  id: RedemptionId,
  now: Instant,
): Promise<Result<RedemptionRecord, CancelRefusal>> => {
  // It is the member's, whichever of the member's customers asked for it: customers are merged on the platform.
  const identity = customerIdentity(store.programId, store.storeId, customerId);
  const memberId = await memberOfIdentity(deps.database.prisma, identity);
  return memberId === null ? refuse({ kind: 'unknown_redemption' }) : cancelForMember(deps, store, memberId, id, now);
};

/** The same for a member whom staff serves. */
export const cancelForMember = async (
  deps: Deps,
  store: Store,
  memberId: MemberId,
  id: RedemptionId,
  now: Instant,
): Promise<Result<RedemptionRecord, CancelRefusal>> => {
  const { programId } = store;
  const found = await findRedemption(deps.database.prisma, programId, id);
  if (found === null || found.memberId !== memberId || found.storeId !== store.storeId)
    return refuse({ kind: 'unknown_redemption' });
  const cancelled = await inTransaction(deps.database, async (tx): Promise<Result<RedemptionRecord, CancelRefusal>> => {
    await lockMember(tx, programId, found.memberId);
    const locked = await lockRedemption(tx, programId, id);
    if (locked === null) return refuse({ kind: 'unknown_redemption' });
    const { redemption } = locked;
    if (redemption.state === 'cancelling') return ok(redemption);
    if (!mayReach(redemption, 'cancelling')) return refuse({ kind: 'cannot_be_cancelled', state: redemption.state });
    const step = {
      state: 'cancelling' as const,
      endedAt: now,
      nextLookAt: earliestRelease(now, store.codeHoldMinutes),
    };
    await stepRedemption(deps, tx, redemption, step, now);
    return ok({ ...redemption, state: 'cancelling', endedAt: now });
  });
  // A failure here is no harm: the settling job switches the code off again before it gives anything back.
  if (cancelled.ok && cancelled.value.reference !== null)
    await deps.platformOf(store).voidReward(cancelled.value.reference);
  // The shop's next page may come before the job that publishes; it is there all the same should this fail.
  if (cancelled.ok) await publishMember(deps, programId, cancelled.value.memberId, now).catch(() => undefined);
  return cancelled;
};
