import type { FreeProduct } from '../rewards/kinds/freeProduct';
import { mulDiv } from '../values/ratio';
import type { ProgramDocument } from './document';

const wholeBasis = 10_000;
/** A fifth of what the prizes are worth (DPR 430/2001, article 7, for prizes that everybody gets). */
const depositBasis = 2_000;

/** A prize of a collection: `count` of them, at most, at the price of the dearest of them, as the shop says it. */
export type PrizeValue = {
  readonly reward: FreeProduct;
  /** null: the reward has no limit in total, so that nobody can say how many are promised. */
  readonly count: number | null;
  /** In minor units; null: the shop said no price. */
  readonly priceMinor: number | null;
  /** count × price; null where either is not known. */
  readonly valueMinor: number | null;
};

export type Deposit = {
  readonly prizes: readonly PrizeValue[];
  /** All prizes together without tax, and what has to be deposited for them; null while a prize is not known. */
  readonly netMinor: number | null;
  readonly depositMinor: number | null;
};

/**
 * The prizes of a collection of points as Italian law sees it: a program that earns for a season, and gives products.
 * Empty where it is no such program, or none of Italy.
 */
export const prizesOf = ({ earning, timeZone, rewards }: ProgramDocument): readonly FreeProduct[] =>
  earning.window === null || timeZone !== 'Europe/Rome'
    ? []
    : rewards.flatMap((reward) => (reward.enabled && reward.kind === 'free_product' ? [reward] : []));

/**
 * What a merchant in Italy deposits before a collection begins: 20 % of the value of the prizes without VAT, rounded
 * up. `prices` are the shop's, by variant, in minor units, with a tax of `vatBasisPoints` in them (0: none).
 */
export const depositOf = (
  prizes: readonly FreeProduct[],
  prices: ReadonlyMap<string, number>,
  vatBasisPoints: number,
): Deposit => {
  const all = prizes.map((reward): PrizeValue => {
    const known = reward.variantIds.flatMap((id) => prices.get(id) ?? []);
    const priceMinor = known.length === 0 ? null : Math.max(...known);
    const count = reward.limits.total;
    return { reward, count, priceMinor, valueMinor: priceMinor === null || count === null ? null : priceMinor * count };
  });
  const total = all.reduce<number | null>(
    (sum, { valueMinor }) => (sum === null || valueMinor === null ? null : sum + valueMinor),
    0,
  );
  const netMinor = total === null ? null : mulDiv(total, wholeBasis, wholeBasis + vatBasisPoints, 'nearest');
  return {
    prizes: all,
    netMinor,
    depositMinor: netMinor === null ? null : mulDiv(netMinor, depositBasis, wholeBasis, 'ceil'),
  };
};
