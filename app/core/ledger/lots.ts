import type { Instant } from '../values/instant';
import { points, type Points } from '../values/points';
import type { Slice } from './types';

/** A lapsed lot is not spendable, even before the sweep has written its entry. */
export const isLapsed = (slice: Slice, now: Instant): boolean => slice.expiresAt !== null && slice.expiresAt <= now;
export const isAvailable = (slice: Slice, now: Instant): boolean => slice.availableAt <= now && !isLapsed(slice, now);

/** The order in which redemptions draw: soonest to expire first (never last), then oldest, then key, then slice. */
export const drawOrder = (a: Slice, b: Slice): number =>
  (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) ||
  a.openedAt - b.openedAt ||
  (a.key < b.key ? -1 : a.key > b.key ? 1 : a.slice - b.slice);

// Infinity - Infinity is NaN, which `||` passes over like 0: two lots that never lapse compare by age.

/** What was taken from which slice. */
export type Taking = { readonly slice: Slice; readonly points: Points };

/** Takes points from slices in the given order until the amount is reached or nothing is left. */
export const takeFrom = (
  slices: readonly Slice[],
  amount: number,
): { readonly takings: readonly Taking[]; readonly missing: Points } => {
  const takings: Taking[] = [];
  let missing = amount;
  for (const slice of slices) {
    const part = Math.min(missing, slice.remaining);
    if (part > 0) takings.push({ slice, points: points(part) });
    missing -= part;
  }
  return { takings, missing: points(missing) };
};
