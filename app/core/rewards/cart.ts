import type { Reward } from '../program/document';
import type { RewardGrant } from './grant';
import type { QuoteRefusal, RewardWish, WishCart } from './quote';

/** What is left to pay of a cart. */
export const remainingOf = ({ subtotalMinor, remainingMinor }: WishCart): number =>
  Math.min(subtotalMinor, remainingMinor ?? subtotalMinor);

/** What about a cart speaks against a reward; null when nothing does. The platform checks again at checkout. */
export const checkCart = (reward: Reward, cart: RewardWish['cart']): QuoteRefusal | null => {
  if (cart === null) return null;
  if (cart.currency !== reward.currency) return { kind: 'other_currency', currency: reward.currency };
  if (cart.subtotalMinor <= 0) return { kind: 'cart_empty' };
  if (remainingOf(cart) <= 0) return { kind: 'nothing_left' };
  const { orderDiscounts, productDiscounts } = reward.combinesWith;
  if (cart.discounts?.some((one) => !(one === 'order' ? orderDiscounts : productDiscounts)) === true)
    return { kind: 'not_together' };
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
