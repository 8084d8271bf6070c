import { ordinaryUnit } from '../values/money';
import type { EarningRules } from './section';

export type Rate = EarningRules['rates'][number];

/** A rate to begin with, for a currency that has none: so many points as elsewhere for what buys about as much. */
export const newRate = (currency: string, rates: readonly Rate[]): Rate => ({
  currency,
  points: rates[0]?.points ?? 1,
  amountMinor: ordinaryUnit(currency),
});
