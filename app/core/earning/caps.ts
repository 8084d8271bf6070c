import type { Caps } from './bonusSchema';
import type { UsedCaps } from './context';
import type { CapWhy } from './why';

const noCaps: readonly CapWhy[] = [];

/**
 * No order brings more, whatever the program says: the most that a cap can be set to, and what a correction or a line
 * of an import can move.
 */
export const orderPointsMax = 1_000_000_000;

/**
 * An order's points after all caps, and the caps that took something. Without a cap per order there is
 * `orderPointsMax`.
 */
export const capped = (
  points: number,
  caps: Caps,
  used: UsedCaps = {},
): { readonly points: number; readonly why: readonly CapWhy[] } => {
  if (points <= orderPointsMax && caps.perOrder === null && !hasPeriodCaps(caps)) return { points, why: noCaps };
  let left = points;
  const why: CapWhy[] = [];
  for (const [kind, most, gone] of [
    ['order', caps.perOrder ?? orderPointsMax, 0],
    ['day', caps.perDay, used.day ?? 0],
    ['month', caps.perMonth, used.month ?? 0],
    ['lifetime', caps.lifetime, used.lifetime ?? 0],
  ] as const) {
    const room = most === null ? Infinity : Math.max(0, most - gone);
    if (most === null || left <= room) continue;
    left = room;
    why.push({ kind, limit: most, used: gone });
  }
  return { points: left, why };
};

/** Whether a document limits what several orders bring together, so that an order depends on those before it. */
export const hasPeriodCaps = ({ perDay, perMonth, lifetime }: Caps): boolean =>
  perDay !== null || perMonth !== null || lifetime !== null;
