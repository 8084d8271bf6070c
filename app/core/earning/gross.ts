import { divideWhole, mulDiv, type Fractions, type RoundingMode } from '../values/ratio';
import { oneTimes, type Bonuses } from './bonuses';

type Rate = { readonly points: number; readonly amountMinor: number };

// Beyond this an order's points are not told apart: far more than any order may bring (see `caps`).
const countedMax = 1e15;
const uncountable = BigInt(countedMax);

/**
 * An order's points before caps, and each line's exact points up to one common factor: the weights by which they are
 * allocated.
 */
export type Gross = { readonly total: number; readonly weights: readonly (number | bigint)[] };

/**
 * Base points times the lines' multipliers, rounded once for the whole order, plus the fixed numbers (which are whole).
 * `bases` are the lines' in minor units. Plain numbers while they are exact, else bigints.
 */
export const grossPoints = (bases: Fractions, rate: Rate, { times, fixed }: Bonuses, rounding: RoundingMode): Gross => {
  if (typeof bases.denominator === 'bigint') return exactGross(bases, rate, { times, fixed }, rounding);
  const { denominator } = bases;
  const numerators = bases.numerators as readonly number[];
  const multiplied = times.some(({ basisPoints }) => basisPoints !== oneTimes);
  const scale = multiplied ? oneTimes : 1;
  const weights = multiplied
    ? numerators.map((part, index) => part * (times[index]?.basisPoints ?? oneTimes))
    : numerators;
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const per = rate.amountMinor * denominator * scale;
  if (
    fixed.length === 0 &&
    Number.isSafeInteger(sum) &&
    Number.isSafeInteger(per) &&
    (sum / per) * rate.points < countedMax
  ) {
    return { total: mulDiv(sum, rate.points, per, rounding), weights };
  }
  return exactGross(bases, rate, { times, fixed }, rounding);
};

const exactGross = (
  { numerators, denominator }: Fractions,
  rate: Rate,
  { times, fixed }: Bonuses,
  rounding: RoundingMode,
): Gross => {
  const per = BigInt(rate.amountMinor) * BigInt(denominator) * BigInt(oneTimes);
  // Each line's exact points are part × times × points ÷ per + Σ fixed × part ÷ its basis: all over one denominator.
  const product = [...new Set(fixed.map(({ basis }) => basis))].reduce((all, basis) => all * basis, 1n);
  let sum = 0n;
  const weights = numerators.map((part, index) => {
    const plain = BigInt(part) * BigInt(times[index]?.basisPoints ?? oneTimes) * BigInt(rate.points);
    sum += plain;
    return fixed.reduce(
      (weight, bonus) =>
        bonus.lines.includes(index)
          ? weight + BigInt(bonus.points) * BigInt(part) * (product / bonus.basis) * per
          : weight,
      plain * product,
    );
  });
  const total = divideWhole(sum, per, rounding) + BigInt(fixed.reduce((all, { points }) => all + points, 0));
  return { total: total > uncountable ? Number(uncountable) : Number(total), weights };
};
