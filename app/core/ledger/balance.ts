import { instant, type Instant } from '../values/instant';
import { points } from '../values/points';
import { isAvailable, isLapsed } from './lots';
import type { Balance, OpenLedger } from './types';

/** What a member has at a moment, from the open part of the ledger (debts repaid up to that moment). */
export const balanceOf = (open: OpenLedger, now: Instant): Balance => {
  let available = 0;
  let pending = 0;
  let next = Infinity;
  for (const slice of open.slices) {
    if (slice.remaining === 0) continue;
    if (slice.availableAt > now) pending += slice.remaining;
    else if (isAvailable(slice, now)) available += slice.remaining;
    // A slice that has lapsed and is not swept yet is due at once: only then is it taken out.
    if (isLapsed(slice, now)) next = Math.min(next, slice.expiresAt ?? Infinity);
    else
      for (const change of [slice.availableAt, slice.expiresAt ?? Infinity])
        if (change > now) next = Math.min(next, change);
  }
  const debt = open.debts.reduce((sum, { open: missing }) => sum + missing, 0);
  return {
    available: points(available - debt),
    pending: points(pending),
    debt: points(debt),
    nextChangeAt: next === Infinity ? null : instant(next),
  };
};

/** Points that can be spent: never below 0. */
export const spendable = (balance: Pick<Balance, 'available'>): number => Math.max(0, balance.available);

/**
 * The cached balance after a new lot, for a member without debt whose cache is still the balance: awards read no lots.
 */
export const addLotToBalance = (
  cached: Balance,
  lot: { readonly remaining: number; readonly availableAt: Instant; readonly expiresAt: Instant | null },
  now: Instant,
): Balance => {
  const lapsed = lot.expiresAt !== null && lot.expiresAt <= now;
  const waits = lot.availableAt > now;
  // What the cache waits for stays, even when it is due by now: another lot of this very book may have lapsed before it
  // came.
  const own = [lot.availableAt, lot.expiresAt].filter(
    (change): change is Instant => change !== null && (change > now || (lapsed && change === lot.expiresAt)),
  );
  const changes = cached.nextChangeAt === null ? own : [...own, cached.nextChangeAt];
  return {
    available: points(cached.available + (waits || lapsed ? 0 : lot.remaining)),
    pending: points(cached.pending + (waits ? lot.remaining : 0)),
    debt: cached.debt,
    nextChangeAt: changes.length === 0 ? null : instant(Math.min(...changes)),
  };
};
