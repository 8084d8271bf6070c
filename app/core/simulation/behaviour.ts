import type { ProductFacts } from '../earning/conditions/condition';
import { segmentsOf } from '../earning/entitlement';
import { allLabelsAt } from '../evaluation/labels';
import type { OrderSnapshot } from '../orders/snapshot';
import { closedAt } from '../redemptions/section';
import { unmetCondition } from '../rewards/conditions';
import { paidFor, type RewardGrant } from '../rewards/grants';
import { kindOf, variantsOf, type Reward } from '../rewards/section';
import { isAmong } from '../rewards/lines';
import { quoteReward, type RewardQuote, type SoldVariant, type WishCart, type WishLine } from '../rewards/quote';
import type { PlatformId } from '../values/ids';
import type { Instant } from '../values/instant';
import { productKeyText } from '../values/keys';
import { mulDiv } from '../values/ratio';
import { chanceOf } from './chance';
import type { Grants } from './limits';
import type { PlayedMember, PlayGround } from './table';
import type { ToldState } from './timeline';

/** A reward that a member takes for an order. */
export type Choice = {
  readonly reward: Reward;
  readonly quote: RewardQuote;
  /** What it costs the merchant on this order, in minor units: of its own currency, else of the order's. */
  readonly costMinor: number;
};

/** A reward that was taken. */
export type TakenReward = {
  readonly rewardId: string;
  readonly at: Instant;
  readonly costMinor: number;
  readonly currency: string;
};

/** Who stands before an order. */
export type Shopper = {
  readonly member: PlayedMember;
  readonly tier: string | null;
  readonly available: number;
  readonly taken: readonly TakenReward[];
  readonly grants: Grants;
};

/**
 * Whether a member is minded to take a reward at an order, which happens with a chance (0 to 1). The draw depends on
 * member and order alone, so that two programs are played with the same shoppers.
 */
export const isMinded = (
  { memberId }: Pick<PlayedMember, 'memberId'>,
  { storeId, snapshot: { orderId, test } }: ToldState,
  chance: number,
): boolean => chance > 0 && !test && chanceOf(`${memberId}|${storeId}|${orderId}`) < chance;

/**
 * What is assumed of shoppers who are minded to take a reward: they take the dearest one that they can; of a chosen
 * amount what the order needs, of several products the dearest. null: they can afford none.
 */
export const chosenReward = (
  { document, sold, products }: Pick<PlayGround, 'document' | 'sold' | 'products'>,
  { member, ...shopper }: Shopper,
  { storeId, snapshot, at }: ToldState,
): Choice | null => {
  if (shopper.available <= 0) return null;
  if (closedAt(document.redeeming, document.timeZone, at) !== null) return null;
  const labels = member.labels.flatMap(({ customers }) => customers.flatMap(({ facts }) => allLabelsAt(facts, at)));
  const cart = cartOf(snapshot, (productId) => products.get(productKeyText({ storeId, productId })) ?? null);
  const choices = document.rewards.flatMap((reward): readonly Choice[] => {
    if (!reward.enabled) return [];
    const takenAt = shopper.taken.filter(({ rewardId }) => rewardId === reward.id).map((one) => one.at);
    const asker = {
      tier: shopper.tier,
      segments: segmentsOf(labels, document),
      takenAt,
      // What others took is known of rewards that ran out only: of those each member has a part that was granted.
      takenInTotal: takenAt.length < (shopper.grants.get(reward.id) ?? Infinity) ? takenAt.length : Infinity,
    };
    if (unmetCondition(reward, asker, document.timeZone, at) !== null) return [];
    const points = pointsFor(reward, shopper.available);
    const product = dearestOf(reward, sold);
    const wish = { points, cart, answer: anyAnswer, variantId: product?.variantId ?? null, sold: product };
    const quote = points === null ? null : quoteReward(reward, wish);
    if (quote === null || !quote.ok) return [];
    return [{ reward, quote: quote.value, costMinor: costOf(quote.value.grant, cart, snapshot) }];
  });
  return choices.reduce<Choice | null>(
    (dearest, one) => (dearest === null || one.quote.points > dearest.quote.points ? one : dearest),
    null,
  );
};

// Whoever takes what asks something answers it.
const anyAnswer = '–';

// null: it offers no product, or none that can be bought.
const dearestOf = (reward: Reward, sold: PlayGround['sold']): SoldVariant | null =>
  variantsOf(reward)
    .flatMap((id) => sold.get(id) ?? [])
    .filter(({ isAvailable }) => isAvailable)
    .reduce<SoldVariant | null>(
      (dearest, one) => (dearest === null || one.priceMinor > dearest.priceMinor ? one : dearest),
      null,
    );

// The most points of a reward that somebody can afford; null: not even the fewest.
const pointsFor = (reward: Reward, available: number): number | null => {
  const { min_points: min, max_points: max, step_points: step } = kindOf(reward).storefront(reward);
  const most = Math.min(max, Math.floor(available / step) * step);
  return most >= min ? most : null;
};

// What the order was paid with otherwise stays as it was.
const cartOf = ({ lines, currency }: OrderSnapshot, factsOf: (productId: PlatformId) => ProductFacts | null): Seen => {
  const seen = lines.map(({ productId, listMinor, discounts }) => ({
    productId,
    collections: (productId === null ? null : factsOf(productId))?.collections ?? [],
    amountMinor: listMinor - discounted(discounts),
    isDiscounted: false,
  }));
  return { subtotalMinor: sumOf(seen), currency, lines: seen };
};

type Seen = WishCart & { readonly lines: readonly WishLine[] };

const sumOf = (lines: readonly WishLine[]): number => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const discounted = (discounts: OrderSnapshot['shipping']['discounts']): number =>
  discounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const wholeBasisPoints = 10_000;

/**
 * What a grant takes off an order, in minor units: its face value (of a product its price less what is paid for it), or
 * the part of the goods that it is for, or the shipping.
 */
const costOf = (grant: RewardGrant, { lines }: Seen, order: OrderSnapshot): number => {
  const paid = paidFor(grant);
  if (paid !== null) return paid.amountMinor;
  if (grant.kind === 'percent_off') {
    const own = lines.filter((line) => isAmong(grant.lines ?? null, line));
    return mulDiv(sumOf(own), grant.basisPoints, wholeBasisPoints, 'floor');
  }
  if (grant.kind !== 'free_shipping') return 0;
  const charge = order.shipping.listMinor - discounted(order.shipping.discounts);
  return grant.maxRateMinor !== null && charge > grant.maxRateMinor ? 0 : charge;
};
