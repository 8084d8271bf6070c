import { instant, type Instant } from '../values/instant';
import { addDays, addMonths, localDateOf, startOfDay } from '../values/zone';
import type { Tiers } from './section';

const startOfYear = (year: number, zone: string): Instant => startOfDay({ year, month: 1, day: 1 }, zone);

/** When an order leaves the window of the metric: null, never. */
export const leavesAt = (orderInstant: Instant, { window }: Tiers, zone: string): Instant | null => {
  const day = localDateOf(orderInstant, zone);
  switch (window.kind) {
    case 'lifetime':
      return null;
    case 'calendar_year':
      return startOfYear(day.year + 1, zone);
    case 'rolling_months':
      return startOfDay(addDays(addMonths(day, window.months), 1), zone);
  }
};

/**
 * To when a tier is kept that was reached up to (not including) a moment; null: for ever. Of a calendar year to the end
 * of the next one; else some months to the end of the local day after the last instant at which it was reached.
 */
export const keptUntil = (reachedUntil: Instant, tiers: Tiers, zone: string): Instant | null => {
  const last = localDateOf(instant(reachedUntil - 1), zone);
  const { keep, window, graceDays } = tiers;
  const grace = (end: Instant): Instant =>
    graceDays === 0 ? end : startOfDay(addDays(localDateOf(end, zone), graceDays), zone);
  if (keep.kind === 'none') return graceDays === 0 ? reachedUntil : startOfDay(addDays(last, graceDays + 1), zone);
  if (keep.kind === 'months') return grace(startOfDay(addDays(addMonths(last, keep.months), 1), zone));
  switch (window.kind) {
    case 'lifetime':
      return null;
    case 'calendar_year':
      return grace(startOfYear(last.year + 2, zone));
    case 'rolling_months':
      return grace(startOfDay(addDays(addMonths(last, window.months), 1), zone));
  }
};

/**
 * The qualification period to which reaching a tier at a moment belongs: its name, and the moments between which a
 * second entry award would be the same.
 */
export const periodOf = (
  moment: Instant,
  { window }: Tiers,
  zone: string,
): { readonly name: string; readonly from: Instant; readonly until: Instant } => {
  const day = localDateOf(moment, zone);
  switch (window.kind) {
    case 'lifetime':
      return { name: 'lifetime', from: instant(-8.64e15), until: instant(8.64e15) };
    case 'calendar_year':
      return { name: String(day.year), from: startOfYear(day.year, zone), until: startOfYear(day.year + 1, zone) };
    case 'rolling_months': {
      const iso = new Date(moment).toISOString();
      return {
        name: iso,
        from: startOfDay(addMonths(day, -window.months), zone),
        until: startOfDay(addDays(addMonths(day, window.months), 1), zone),
      };
    }
  }
};
