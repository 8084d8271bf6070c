import type { Instant } from '../values/instant';
import { points } from '../values/points';
import type { Result } from '../values/result';
import { ok, refuse } from '../values/result';
import { balanceOf, spendable } from './balance';
import { drawOrder, isAvailable, takeFrom } from './lots';
import { debitPlan } from './plan';
import type { Entry, LedgerPlan, OpenLedger } from './types';

export type HoldRefusal = { readonly kind: 'not_enough_points'; readonly available: number; readonly asked: number };

type Draft = Omit<Entry, 'points' | 'forgiven'>;

/** Reserves points for a redemption: draws available lots. Refused when it asks for more than the member has. */
export const holdPoints = (
  open: OpenLedger,
  draft: Draft,
  asked: number,
  now: Instant,
): Result<LedgerPlan, HoldRefusal> => {
  const available = spendable(balanceOf(open, now));
  if (asked > available) return refuse({ kind: 'not_enough_points', available, asked });
  return ok(takeAvailable(open, draft, asked, now));
};

/** Redeems again the points of a code that was released and used late: what is missing becomes debt. */
export const redeemLate = (open: OpenLedger, draft: Draft, asked: number, now: Instant): LedgerPlan =>
  takeAvailable(open, draft, asked, now);

const takeAvailable = (open: OpenLedger, draft: Draft, asked: number, now: Instant): LedgerPlan => {
  const spendableSlices = open.slices.filter((slice) => isAvailable(slice, now)).sort(drawOrder);
  const { takings, missing } = takeFrom(spendableSlices, asked);
  return debitPlan({ ...draft, points: points(-asked), forgiven: points(0) }, takings, missing, now);
};
