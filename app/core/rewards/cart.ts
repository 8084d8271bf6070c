import type { Reward } from '../program/document';
import type { RewardGrant } from './grant';
import type { QuoteRefusal, RewardWish } from './quote';

/** What about a cart speaks against a reward; null when nothing does. The platform checks again at checkout. */
export const checkCart = (reward: Reward, cart: RewardWish['cart']): QuoteRefusal | null => {
  if (cart === null) return null;
  if (cart.currency !== reward.currency) return { kind: 'other_currency', currency: reward.currency };
  const minimum = reward.minimumSubtotalMinor;
  if (minimum !== null && cart.subtotalMinor < minimum) {
    return { kind: 'subtotal_too_small', minimumMinor: minimum, currency: reward.currency };
  }
  return null;
};

export const grantOf = (reward: Reward, amountMinor: number): RewardGrant => ({
  kind: 'amount_off',
  amountMinor,
  currency: reward.currency,
  minimumSubtotalMinor: reward.minimumSubtotalMinor,
  combinesWith: reward.combinesWith,
});
