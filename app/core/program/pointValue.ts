import { ordinaryUnit } from '../values/money';
import type { Worth } from '../rewards/kind';
import { costCurrencyOf, kindOf } from '../rewards/section';
import { mulDiv } from '../values/ratio';
import type { ProgramDocument } from './document';

/** What points cost the merchant at most, in minor units: by the most generous reward on offer in that currency. */
export const worthOfPoints = (document: ProgramDocument, points: number, currency: string): number => {
  const best = document.rewards
    .filter((reward) => reward.enabled && costCurrencyOf(reward) === currency)
    .flatMap((reward) => kindOf(reward).worth(reward) ?? [])
    .reduce<Worth | null>(
      (top, value) => (top === null || value.amountMinor * top.points > top.amountMinor * value.points ? value : top),
      null,
    );
  return best === null ? 0 : mulDiv(Math.max(0, points), best.amountMinor, best.points, 'nearest');
};

const largeUnits = 100;
const largePoints = 10_000;

/**
 * What a correction by hand is worth at most, in minor units, when that is so much that it deserves a second look
 * (about 100 euros, or 10,000 points where nothing says what they are worth: then 0). null: it is not.
 */
export const largeWorth = (document: ProgramDocument, points: number, currency: string): number | null => {
  const worth = worthOfPoints(document, Math.abs(points), currency);
  const limit = largeUnits * ordinaryUnit(currency);
  return worth >= limit || (worth === 0 && Math.abs(points) >= largePoints) ? worth : null;
};
