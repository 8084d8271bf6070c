import type { FreeProduct } from '../rewards/kinds/freeProduct';
import { mulDiv } from '../values/ratio';
import type { ProgramDocument } from './document';

const wholeBasis = 10_000;
/** A fifth of what the prizes are worth (DPR 430/2001, article 7, for prizes that everybody gets). */
const depositBasis = 2_000;

/** A prize of a collection: `count` of them, at most, at the price of the dearest of them without tax. */
export type PrizeValue = {
  readonly reward: FreeProduct;
  /** null: the reward has no limit in total, so that nobody can say how many are promised. */
  readonly count: number | null;
  /** Without tax, in minor units; null: the shop said no price. */
  readonly priceMinor: number | null;
  /** count × price, rounded once; null where either is not known. */
  readonly valueMinor: number | null;
};

export type Deposit = {
  readonly prizes: readonly PrizeValue[];
  /** All prizes together, and what has to be deposited for them; null while a prize is not known. */
  readonly totalMinor: number | null;
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
 * What a merchant in Italy deposits before a collection begins: 20 % of the value of the prizes without VAT, rounded up.
 * `prices` are the shop's, by variant, in minor units, with a tax of `vatBasisPoints` in them (0: none).
 */
export const depositOf = (
  prizes: readonly FreeProduct[],
  prices: ReadonlyMap<string, number>,
  vatBasisPoints: number,
): Deposit => {
  const net = (minor: number, count: number): number =>
    mulDiv(minor * count, wholeBasis, wholeBasis + vatBasisPoints, 'nearest');
  const all = prizes.map((reward): PrizeValue => {
    const known = reward.variantIds.flatMap((id) => prices.get(id) ?? []);
    const dearest = known.length === 0 ? null : Math.max(...known);
    const count = reward.limits.total;
    return {
      ...{ reward, count, priceMinor: dearest === null ? null : net(dearest, 1) },
      valueMinor: dearest === null || count === null ? null : net(dearest, count),
    };
  });
  const totalMinor = all.reduce<number | null>(
    (sum, { valueMinor }) => (sum === null || valueMinor === null ? null : sum + valueMinor),
    0,
  );
  return {
    prizes: all,
    totalMinor,
    depositMinor: totalMinor === null ? null : mulDiv(totalMinor, depositBasis, wholeBasis, 'ceil'),
  };
};
