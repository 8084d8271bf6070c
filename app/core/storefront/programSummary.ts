import type { ProgramSummary } from './summary';
import { minorPerUnit } from '../values/money';
import { unreachable } from '../values/result';
import type { ProgramDocument, Reward } from '../program/document';

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

const rewardSummary = (reward: Reward): ProgramSummary['rewards'][number] => {
  const common = {
    id: reward.id,
    name: reward.name,
    apply: 'code' as const,
    minimum_subtotal_minor: reward.minimumSubtotalMinor,
    combines_with_order_discounts: reward.combinesWith.orderDiscounts,
    combines_with_product_discounts: reward.combinesWith.productDiscounts,
  };
  switch (reward.kind) {
    case 'amount_off':
      return {
        ...common,
        min_points: reward.points,
        max_points: reward.points,
        step_points: reward.points,
        step_amount_minor: reward.amountMinor,
      };
    case 'chosen_amount_off':
      return {
        ...common,
        min_points: reward.minPoints,
        max_points: reward.maxPoints,
        step_points: reward.stepPoints,
        step_amount_minor: reward.stepAmountMinor,
      };
    default:
      return unreachable(reward);
  }
};
