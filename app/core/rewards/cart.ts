import type { CodeReward } from './fields';
import type { DiscountClass, QuoteRefusal, WishCart } from './quote';

/** What is left to pay of a cart. */
export const remainingOf = ({ subtotalMinor, remainingMinor }: WishCart): number =>
  Math.min(subtotalMinor, remainingMinor ?? subtotalMinor);

/** What of a cart a reward asks, whatever its kind. */
export type CartConditions = Pick<CodeReward, 'currency' | 'minimumSubtotalMinor'> & {
  readonly combinesWith: {
    readonly orderDiscounts: boolean;
    readonly productDiscounts: boolean;
    readonly shippingDiscounts: boolean;
  };
};

const permits = ({ combinesWith }: CartConditions, discount: DiscountClass): boolean => {
  switch (discount) {
    case 'order':
      return combinesWith.orderDiscounts;
    case 'product':
      return combinesWith.productDiscounts;
    case 'shipping':
      return combinesWith.shippingDiscounts;
  }
};

/** Nothing is in a cart that comes to nothing, unless a discount of a product took it all off. */
const isEmpty = ({ subtotalMinor, discounts = [] }: WishCart): boolean =>
  subtotalMinor <= 0 && !discounts.includes('product');

/** What about a cart speaks against a reward; null when nothing does. The platform checks again at checkout. */
export const checkCart = (reward: CartConditions, cart: WishCart | null): QuoteRefusal | null =>
  cart !== null && cart.currency === reward.currency && isEmpty(cart)
    ? { kind: 'cart_empty' }
    : checkBeside(reward, cart);

/** The same for a reward that brings its own product, so that there may be nothing else in the cart. */
export const checkBeside = (reward: CartConditions, cart: WishCart | null): QuoteRefusal | null => {
  if (cart === null) return null;
  if (cart.currency !== reward.currency) return { kind: 'other_currency', currency: reward.currency };
  if (cart.discounts?.some((discount) => !permits(reward, discount)) === true) return { kind: 'not_together' };
  const minimum = reward.minimumSubtotalMinor;
  if (minimum !== null && cart.subtotalMinor < minimum) {
    return { kind: 'subtotal_too_small', minimumMinor: minimum, currency: reward.currency };
  }
  return null;
};

/** The same for a reward that takes money off the cart: there must be some left to pay. */
export const checkMoneyOff = (reward: CartConditions, cart: WishCart | null): QuoteRefusal | null => {
  const hasNothingLeft = cart !== null && !isEmpty(cart) && remainingOf(cart) <= 0;
  if (hasNothingLeft && cart.currency === reward.currency) return { kind: 'nothing_left' };
  return checkCart(reward, cart);
};
