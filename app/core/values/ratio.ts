import { invariant } from './result';

/**
 * How a fraction becomes a whole number: down, to the nearest (half up), up. Only ever asked of what is not negative.
 */
export type RoundingMode = 'floor' | 'nearest' | 'ceil';

/** The whole part of a × b ÷ c and what remains of it. */
export type Division = { readonly quotient: number; readonly remainder: number };

/**
 * a × b ÷ c without loss: the product may exceed what a number holds, the quotient may not.
 * All three are whole, a and b not negative, c positive.
 */
export const divide = (a: number, b: number, c: number): Division => {
  const isAllowed = c > 0 && a >= 0 && b >= 0;
  if (!isAllowed) invariant(false, `divide needs a ≥ 0, b ≥ 0, c > 0, not ${a} × ${b} ÷ ${c}`);
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

/** a ÷ b, rounded once, for whole numbers of any size; a not negative, b positive. */
export const divideWhole = (a: bigint, b: bigint, mode: RoundingMode): bigint => {
  const quotient = a / b;
  const remainder = a % b;
  if (remainder === 0n || mode === 'floor') return quotient;
  return mode === 'ceil' || remainder * 2n >= b ? quotient + 1n : quotient;
};

/** Minor units that need not be whole: `minor` ÷ `per`. Bigints where numbers would not be exact. */
export type Money = { readonly minor: number; readonly per: number } | { readonly minor: bigint; readonly per: bigint };

/** Whether a fraction of minor units reaches an amount, without rounding. */
export const isAtLeast = ({ minor, per }: Money, amount: number): boolean =>
  per === 1 ? minor >= amount : BigInt(minor) >= BigInt(amount) * BigInt(per);

/**
 * A fraction as it is shown and stored: exact while numbers can say it, else without what is less than a minor unit.
 */
export const shown = (money: Money): { readonly minor: number; readonly per: number } => {
  if (typeof money.minor === 'number') return { minor: money.minor, per: Number(money.per) };
  const per = BigInt(money.per);
  let [divisor, rest] = [per, money.minor % per];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  const reduced = { minor: Number(money.minor / divisor), per: Number(per / divisor) };
  return Number.isSafeInteger(reduced.minor) && Number.isSafeInteger(reduced.per)
    ? reduced
    : { minor: Number(money.minor / per), per: 1 };
};

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/** A part of an amount: `units` of the `of` equal units that cost it together. */
export type Part = { readonly amount: number; readonly units: number; readonly of: number };

/** Part n is `numerators[n]` ÷ `denominator`. */
export type Fractions =
  | { readonly numerators: readonly number[]; readonly denominator: number }
  | { readonly numerators: readonly bigint[]; readonly denominator: bigint };

/**
 * Parts of amounts over one common denominator, without loss. Each is reduced first, so that amounts which divide
 * evenly, as prices do, need no denominator at all; where awkward quantities make it too large for numbers, bigints
 * take over.
 */
export const commonFractions = (parts: readonly Part[]): Fractions => smallFractions(parts) ?? largeFractions(parts);

const smallFractions = (parts: readonly Part[]): Fractions | null => {
  const reduced: { numerator: number; denominator: number }[] = [];
  let denominator = 1;
  for (const { amount, units, of } of parts) {
    if (amount === 0 || units === 0 || units === of) {
      reduced.push({ numerator: units === 0 ? 0 : amount, denominator: 1 });
      continue;
    }
    const product = amount * units;
    const divisor = greatestCommonDivisor(product, of);
    const own = of / divisor;
    denominator = (denominator / greatestCommonDivisor(denominator, own)) * own;
    if (!Number.isSafeInteger(product) || !Number.isSafeInteger(denominator)) return null;
    reduced.push({ numerator: product / divisor, denominator: own });
  }
  const numerators = reduced.map((part) => part.numerator * (denominator / part.denominator));
  return Number.isSafeInteger(numerators.reduce((sum, part) => sum + part, 0)) ? { numerators, denominator } : null;
};

const largeFractions = (parts: readonly Part[]): Fractions => {
  const denominator = parts.reduce((common, { of }) => common * BigInt(of), 1n);
  return {
    numerators: parts.map(({ amount, units, of }) => BigInt(amount) * BigInt(units) * (denominator / BigInt(of))),
    denominator,
  };
};

/** The sum of fractions. */
export const sumOf = (fractions: Fractions): Money =>
  typeof fractions.denominator === 'number'
    ? {
        minor: (fractions.numerators as readonly number[]).reduce((sum, part) => sum + part, 0),
        per: fractions.denominator,
      }
    : {
        minor: (fractions.numerators as readonly bigint[]).reduce((sum, part) => sum + part, 0n),
        per: fractions.denominator,
      };
