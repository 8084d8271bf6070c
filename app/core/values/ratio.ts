import { invariant } from './result';

/** How a fraction becomes a whole number: down, to the nearest (half up), up. Only ever asked of what is not negative. */
export type RoundingMode = 'floor' | 'nearest' | 'ceil';

/** The whole part of a × b ÷ c and what remains of it. */
export type Division = { readonly quotient: number; readonly remainder: number };

/**
 * a × b ÷ c without loss: the product may exceed what a number holds, the quotient may not.
 * All three are whole, a and b not negative, c positive.
 */
export const divide = (a: number, b: number, c: number): Division => {
  invariant(c > 0 && a >= 0 && b >= 0, `divide needs a ≥ 0, b ≥ 0, c > 0, not ${a} × ${b} ÷ ${c}`);
  const product = a * b;
  if (Number.isSafeInteger(product)) {
    const remainder = product % c;
    return { quotient: (product - remainder) / c, remainder };
  }
  const exact = BigInt(a) * BigInt(b);
  const quotient = Number(exact / BigInt(c));
  invariant(Number.isSafeInteger(quotient), `${a} × ${b} ÷ ${c} is too large`);
  return { quotient, remainder: Number(exact % BigInt(c)) };
};

/** a × b ÷ c, rounded once. */
export const mulDiv = (a: number, b: number, c: number, mode: RoundingMode): number => {
  const { quotient, remainder } = divide(a, b, c);
  if (remainder === 0 || mode === 'floor') return quotient;
  if (mode === 'ceil') return quotient + 1;
  return remainder >= c - remainder ? quotient + 1 : quotient;
};

/** A product that must be exact; throws beyond 2^53, which the limits of the program document keep away. */
export const times = (a: number, b: number): number => {
  const product = a * b;
  invariant(Number.isSafeInteger(product), `${a} × ${b} is too large`);
  return product;
};

/** Whether a fraction of minor units reaches an amount, without rounding. */
export const isAtLeast = ({ minor, per }: { readonly minor: number; readonly per: number }, amount: number): boolean =>
  per === 1 ? minor >= amount : BigInt(minor) >= BigInt(amount) * BigInt(per);

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/** A part of an amount: `units` of the `of` equal units that cost it together. */
export type Part = { readonly amount: number; readonly units: number; readonly of: number };

/**
 * Parts of amounts over one common denominator, without loss: part n is `numerators[n]` ÷ `denominator`.
 * Each is reduced first, so that amounts which divide evenly, as prices do, need no denominator at all.
 */
export const commonFractions = (parts: readonly Part[]): { readonly numerators: readonly number[]; readonly denominator: number } => {
  const reduced = parts.map(({ amount, units, of }) => {
    if (amount === 0 || units === 0) return { numerator: 0, denominator: 1 };
    if (units === of) return { numerator: amount, denominator: 1 };
    const product = times(amount, units);
    const divisor = greatestCommonDivisor(product, of);
    return { numerator: product / divisor, denominator: of / divisor };
  });
  const denominator = reduced.reduce((common, part) => times(common / greatestCommonDivisor(common, part.denominator), part.denominator), 1);
  return { numerators: reduced.map((part) => times(part.numerator, denominator / part.denominator)), denominator };
};
