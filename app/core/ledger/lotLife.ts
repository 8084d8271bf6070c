import type { EarningRules } from '../earning/section';
import { instant, type Instant } from '../values/instant';
import type { Version } from '../values/version';
import { addDays, addMonths, calendarDay, localDateOf, plusLocalDays, startOfDay } from '../values/zone';
import type { LedgerDocument, Policies } from './policies';

const dayMs = 86_400_000;

/** A version of the program as a lot's life reads it. */
export type PolicyVersion = Version<Pick<LedgerDocument, 'policies'>>;

export type LotLife = { readonly availableAt: Instant; readonly expiresAt: Instant | null };

/**
 * When points that arise at a moment can be spent and when they lapse (null: never). Both count from that moment. Later
 * policies only ever lengthen a lot's life, or give a lot without an end the full period from their day; under
 * `inactivity_months` the member's activities before the end renew it.
 */
export const lotLife = (
  openedAt: Instant,
  document: Pick<LedgerDocument, 'policies'> & { readonly earning: Pick<EarningRules, 'holdDays'> },
  zone: string,
  later: readonly PolicyVersion[] = [],
  activities: readonly Instant[] = [],
): LotLife => {
  const availableAt = plusLocalDays(openedAt, document.earning.holdDays, zone);
  return { availableAt, expiresAt: expiryOf({ openedAt, availableAt, zone }, document.policies, later, activities) };
};

/** The end of a period that begins at a moment, by a policy, the minimum life included; null: it has none. */
export const periodEnd = (from: Instant, policies: Policies, zone: string, availableAt: Instant): Instant | null => {
  const end = calendarEnd(from, policies, zone);
  return end === null ? null : withMinimumLife(end, policies, availableAt);
};

/**
 * The end by the calendar alone: the policy's months after a moment, to the end of the local day or month, or the end
 * of its one day; null: it has none.
 */
export const calendarEnd = (from: Instant, { expiry }: Policies, zone: string): Instant | null => {
  if (expiry.kind === 'none') return null;
  // Points that arise after the day have the minimum life, if there is one.
  if (expiry.kind === 'on_date') return laterOf(from, startOfDay(addDays(calendarDay(expiry.day), 1), zone));
  const lastDay = addMonths(localDateOf(from, zone), expiry.months);
  const toMonthEnd = expiry.kind === 'after_months' && expiry.endOfMonth;
  return startOfDay(toMonthEnd ? addMonths({ ...lastDay, day: 1 }, 1) : addDays(lastDay, 1), zone);
};

/** An end by the calendar, but never before the policy's minimum life of points that can be spent from a moment on. */
export const withMinimumLife = (end: Instant, { minimumLifeDays }: Policies, availableAt: Instant): Instant =>
  instant(Math.max(end, availableAt + minimumLifeDays * dayMs));

/** The later of two ends; null is never. */
export const laterOf = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || b === null ? null : instant(Math.max(a, b));

type Lot = { readonly openedAt: Instant; readonly availableAt: Instant; readonly zone: string };
type Event = { readonly at: Instant; readonly policies: Policies | null };

/** When a lot lapses, given everything that has happened since it was opened (rules §4). */
export const expiryOf = (
  lot: Lot,
  policies: Policies,
  later: readonly PolicyVersion[],
  activities: readonly Instant[],
): Instant | null => {
  const end = (from: Instant, by: Policies): Instant | null => periodEnd(from, by, lot.zone, lot.availableAt);
  const events: Event[] = [
    ...later.map(({ publishedAt, document }) => ({ at: publishedAt, policies: document.policies })),
    ...activities.map((at) => ({ at, policies: null })),
  ]
    .filter(({ at }) => at > lot.openedAt)
    .sort((a, b) => a.at - b.at);
  let inForce = policies;
  let active = lot.openedAt;
  let expiresAt = end(lot.openedAt, policies);
  for (const event of events) {
    if (expiresAt !== null && event.at >= expiresAt) break;
    if (event.policies === null) {
      active = event.at;
      if (inForce.expiry.kind === 'inactivity_months') expiresAt = laterOf(expiresAt, end(active, inForce));
      continue;
    }
    inForce = event.policies;
    if (inForce.expiry.kind === 'none') expiresAt = null;
    else if (expiresAt === null) expiresAt = end(event.at, inForce);
    else
      expiresAt = laterOf(expiresAt, end(inForce.expiry.kind === 'inactivity_months' ? active : lot.openedAt, inForce));
  }
  return expiresAt;
};
