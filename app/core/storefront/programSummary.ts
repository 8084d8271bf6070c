import type { ProgramSummary } from './summary';
import { minorPerUnit } from '../values/money';
import type { ProgramDocument } from '../program/document';
import { kindOf, type Reward } from '../rewards/section';

/**
 * What the storefront needs of a program, for a store that sells in one currency. Rewards in other currencies are left
 * out.
 */
export const programSummary = (document: ProgramDocument, version: number, currency: string): ProgramSummary => {
  const rate = document.earning.rates.find((candidate) => candidate.currency === currency);
  return {
    v: 1,
    version,
    currency,
    minor_per_unit: minorPerUnit(currency),
    names: document.names,
    earn: rate === undefined ? null : { points: rate.points, amount_minor: rate.amountMinor },
    rewards: document.rewards.filter((reward) => reward.enabled && reward.currency === currency).map(rewardSummary),
  };
};

const rewardSummary = (reward: Reward): ProgramSummary['rewards'][number] => ({
  id: reward.id,
  name: reward.name,
  minimum_subtotal_minor: reward.minimumSubtotalMinor,
  combines_with_order_discounts: reward.combinesWith.orderDiscounts,
  combines_with_product_discounts: reward.combinesWith.productDiscounts,
  combines_with_shipping_discounts: 'shippingDiscounts' in reward.combinesWith && reward.combinesWith.shippingDiscounts,
  ...kindOf(reward).storefront(reward),
});
