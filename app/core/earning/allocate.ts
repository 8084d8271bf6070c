import { divide } from '../values/ratio';

/** Something that takes part in an allocation: `units` equal units, together of this weight. */
export type Weighted = { readonly units: number; readonly weight: number };

/** What one unit got: every unit `each`, the first `extra` of them one more. */
export type Share = { readonly each: number; readonly extra: number };

/**
 * Divides a whole number among units in proportion to their weights by largest remainder; ties go to
 * the earlier line, then the earlier unit. The parts always sum to the whole (Hamilton's method).
 */
export const allocate = (total: number, lines: readonly Weighted[]): readonly Share[] => {
  const weight = lines.reduce((sum, line) => sum + line.weight, 0);
  if (weight === 0 || total === 0) return lines.map(() => ({ each: 0, extra: 0 }));
  const quotas = lines.map((line, index) => quotaOf(total, line, weight, index));
  let left = total - quotas.reduce((sum, quota) => sum + quota.each * quota.units, 0);
  const shares = quotas.map(({ each }) => ({ each, extra: 0 }));
  for (const quota of [...quotas].sort(byRemainder)) {
    const extra = Math.min(left, quota.remainder === 0 ? 0 : quota.units);
    shares[quota.index] = { each: quota.each, extra };
    left -= extra;
  }
  return shares;
};

type Quota = { readonly index: number; readonly units: number; readonly each: number; readonly remainder: number; readonly of: number };

const quotaOf = (total: number, { units, weight: part }: Weighted, weight: number, index: number): Quota => {
  if (units === 0 || part === 0) return { index, units, each: 0, remainder: 0, of: 1 };
  const { quotient, remainder } = divide(total, part, units * weight);
  return { index, units, each: quotient, remainder, of: units };
};

// Remainders are fractions of units × weight; the weight is common to all.
const byRemainder = (a: Quota, b: Quota): number => {
  const left = a.remainder * b.of;
  const right = b.remainder * a.of;
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return right - left || a.index - b.index;
  const exact = BigInt(b.remainder) * BigInt(a.of) - BigInt(a.remainder) * BigInt(b.of);
  return exact === 0n ? a.index - b.index : exact > 0n ? 1 : -1;
};

/** What the first `units` units of a line got together. */
export const shareOfFirst = (share: Share, units: number): number => share.each * units + Math.min(units, share.extra);
