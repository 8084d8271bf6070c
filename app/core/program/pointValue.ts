import { unreachable } from '../values/result';
import { mulDiv } from '../values/ratio';
import type { ProgramDocument, Reward } from './document';

type Value = { readonly amountMinor: number; readonly points: number };

const valueOf = (reward: Reward): Value => {
  switch (reward.kind) {
    case 'amount_off':
      return { amountMinor: reward.amountMinor, points: reward.points };
    case 'chosen_amount_off':
      return { amountMinor: reward.stepAmountMinor, points: reward.stepPoints };
    default:
      return unreachable(reward);
  }
};

/** What points cost the merchant at most, in minor units: by the most generous reward on offer in that currency. */
export const worthOfPoints = (document: ProgramDocument, points: number, currency: string): number => {
  const best = document.rewards
    .filter((reward) => reward.enabled && reward.currency === currency)
    .map(valueOf)
    .reduce<Value | null>((top, value) => (top === null || value.amountMinor * top.points > top.amountMinor * value.points ? value : top), null);
  return best === null ? 0 : mulDiv(Math.max(0, points), best.amountMinor, best.points, 'nearest');
};
