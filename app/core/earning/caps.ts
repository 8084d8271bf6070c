import type { UsedCaps } from '../orders/context';
import type { Caps } from './bonusSchema';
import type { CapWhy } from './explanation';

const nothingUsed: UsedCaps = { day: 0, month: 0, lifetime: 0 };

/** An order's points after all caps, and the caps that took something. */
export const capped = (points: number, caps: Caps, used: UsedCaps = nothingUsed): { readonly points: number; readonly why: readonly CapWhy[] } => {
  let left = points;
  const why: CapWhy[] = [];
  const limit = (kind: CapWhy['kind'], most: number | null, gone: number): void => {
    const room = most === null ? Infinity : Math.max(0, most - gone);
    if (most === null || left <= room) return;
    left = room;
    why.push({ kind, limit: most, used: gone });
  };
  limit('order', caps.perOrder, 0);
  limit('day', caps.perDay, used.day);
  limit('month', caps.perMonth, used.month);
  limit('lifetime', caps.lifetime, used.lifetime);
  return { points: left, why };
};

/** Whether a document limits what several orders bring together, so that an order depends on those before it. */
export const hasPeriodCaps = ({ perDay, perMonth, lifetime }: Caps): boolean => perDay !== null || perMonth !== null || lifetime !== null;
