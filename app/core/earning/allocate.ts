import { divide } from '../values/ratio';

/** Something that takes part in an allocation: `units` equal units, together of this weight. */
export type Weighted = { readonly units: number; readonly weight: number | bigint };

/** What one unit got: every unit `each`, the first `extra` of them one more. */
export type Share = { readonly each: number; readonly extra: number };

/**
 * Divides a whole number among units in proportion to their weights by largest remainder; ties go to
 * the earlier line, then the earlier unit. The parts always sum to the whole (Hamilton's method). Weights may be
 * bigints where they are products of many factors; they give the same parts as numbers would.
 */
export const allocate = (total: number, lines: readonly Weighted[]): readonly Share[] => {
  if (total === 0) return lines.map(() => ({ each: 0, extra: 0 }));
  const weights: number[] = [];
  for (const { weight } of lines) {
    if (typeof weight !== 'number') return allocateExact(total, lines);
    weights.push(weight);
  }
  return allocateNumbers(total, lines, weights);
};

type Quota = {
  readonly index: number;
  readonly units: number;
  readonly each: number;
  readonly remainder: number;
  readonly of: number;
};

const allocateNumbers = (total: number, lines: readonly Weighted[], weights: readonly number[]): readonly Share[] => {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) return lines.map(() => ({ each: 0, extra: 0 }));
  if (lines.some(({ units }) => !Number.isSafeInteger(units * sum))) return allocateExact(total, lines);
  const quotas = lines.map(({ units }, index) => quotaOf(total, units, weights[index] ?? 0, sum, index));
  const each = quotas.map((quota) => quota.each);
  const inTurn = quotas.filter(({ remainder }) => remainder !== 0).sort(byRemainder);
  return handOut(
    total,
    lines,
    each,
    inTurn.map(({ index }) => index),
  );
};

/** What is left after every unit got its whole part: one more for the units of the lines in the given order. */
const handOut = (
  total: number,
  lines: readonly Weighted[],
  each: readonly number[],
  inTurn: readonly number[],
): readonly Share[] => {
  const shares = each.map((part) => ({ each: part, extra: 0 }));
  let left = total - lines.reduce((sum, { units }, index) => sum + units * (each[index] ?? 0), 0);
  for (const index of inTurn) {
    const extra = Math.min(left, lines[index]?.units ?? 0);
    shares[index] = { each: each[index] ?? 0, extra };
    left -= extra;
  }
  return shares;
};

const quotaOf = (total: number, units: number, part: number, weight: number, index: number): Quota => {
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

const allocateExact = (total: number, lines: readonly Weighted[]): readonly Share[] => {
  const weights = lines.map(({ weight }) => BigInt(weight));
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum === 0n) return lines.map(() => ({ each: 0, extra: 0 }));
  const quotas = lines.map(({ units }, index) => {
    const weight = weights[index] ?? 0n;
    if (units === 0 || weight === 0n) return { index, each: 0, remainder: 0n, of: 1n };
    const of = BigInt(units);
    const product = BigInt(total) * weight;
    return { index, each: Number(product / (of * sum)), remainder: product % (of * sum), of };
  });
  const inTurn = [...quotas]
    .filter(({ remainder }) => remainder > 0n)
    .sort((a, b) => {
      const difference = b.remainder * a.of - a.remainder * b.of;
      return difference === 0n ? a.index - b.index : difference > 0n ? 1 : -1;
    });
  return handOut(
    total,
    lines,
    quotas.map(({ each }) => each),
    inTurn.map(({ index }) => index),
  );
};

/** What the first `units` units of a line got together. */
export const shareOfFirst = (share: Share, units: number): number => share.each * units + Math.min(units, share.extra);
