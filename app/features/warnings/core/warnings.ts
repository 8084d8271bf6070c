import { instant, type Instant } from '~/core/values/instant';
import { addDays, localDateOf, startOfDay } from '~/core/values/zone';

/** Points of one member that lapse at one moment. */
export type Lapsing = { readonly lapsesAt: Instant; readonly points: number };

/** A warning that is due: how many days before the points lapse it was promised for. */
export type DueWarning = Lapsing & { readonly daysBefore: number; readonly dueAt: Instant };

/**
 * From when on a warning is due: the beginning of the local day that lies so many days before the last day on which the
 * points can be spent. So it is never later than promised.
 */
export const warningDueAt = (lapsesAt: Instant, daysBefore: number, zone: string): Instant =>
  startOfDay(addDays(localDateOf(instant(lapsesAt - 1), zone), -daysBefore), zone);

/**
 * The warning that a member is to get now about points that will lapse; null: none yet. Of several that are due only
 * the latest counts: who is warned late is not warned twice.
 */
export const dueWarning = (
  { lapsesAt, points }: Lapsing,
  warningDays: readonly number[],
  zone: string,
  now: Instant,
): DueWarning | null => {
  if (lapsesAt <= now || points <= 0) return null;
  const due = [...warningDays]
    .sort((a, b) => a - b)
    .map((daysBefore) => ({ daysBefore, dueAt: warningDueAt(lapsesAt, daysBefore, zone) }))
    .find(({ dueAt }) => dueAt <= now);
  return due === undefined ? null : { lapsesAt, points, ...due };
};
