import { mulDiv } from '../values/ratio';
import type { EarningRules } from './section';

/** What a plain amount earns by the base rule: for examples and previews. 0 in a currency without a (whole) rate. */
export const pointsForAmount = (
  amountMinor: number,
  currency: string,
  { rates, rounding }: Pick<EarningRules, 'rates' | 'rounding'>,
): number => {
  const rate = rates.find((candidate) => candidate.currency === currency);
  if (rate === undefined || !(rate.points >= 1 && rate.amountMinor >= 1)) return 0;
  return mulDiv(amountMinor, rate.points, rate.amountMinor, rounding);
};
