import { ok, refuse, type Result } from '../values/result';
import type { CodeReward } from './fields';
import { isAmong, type RewardLines } from './lines';
import type { DiscountClass, QuoteRefusal, WishCart, WishLine } from './quote';

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

/** The same of a reward that takes money off, maybe off some lines only. */
type MoneyOffConditions = CartConditions & { readonly lines: RewardLines | null };

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

/** What a reward's code asks of the cart, as the code that is made has it. */
export const conditionsOf = ({
  minimumSubtotalMinor,
  combinesWith,
  lines,
}: Pick<MoneyOffConditions, 'minimumSubtotalMinor' | 'combinesWith' | 'lines'>) => ({
  minimumSubtotalMinor,
  combinesWith,
  ...(lines === null ? {} : { lines }),
});

/** So much is more than a cart, or the part of it that the reward is for, still costs. */
export const tooMuch = (
  { currency, lines }: Pick<MoneyOffConditions, 'currency' | 'lines'>,
  amountMinor: number,
): QuoteRefusal => ({
  kind: lines === null ? 'more_than_cart' : 'more_than_these',
  amountMinor,
  currency,
});

const sumOf = (lines: readonly WishLine[]): number => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/**
 * The part of a cart that a reward takes something off: those of its lines that the reward is for, as if there were no
 * others. A line has one discount of its own at most, so that one with another has nothing left. A cart that does not
 * say its lines is taken as it is.
 */
export const partFor = (reward: MoneyOffConditions, cart: WishCart | null): Result<WishCart | null, QuoteRefusal> => {
  const { lines } = reward;
  if (lines === null || cart?.lines === undefined) return ok(cart);
  if (cart.currency !== reward.currency || isEmpty(cart)) return ok(cart);
  const own = cart.lines.filter((line) => isAmong(lines, line));
  if (own.length === 0) return refuse({ kind: 'none_of_these' });
  const free = own.filter(({ isDiscounted }) => !isDiscounted);
  if (free.length === 0) return refuse({ kind: 'not_together' });
  return ok({ ...cart, subtotalMinor: sumOf(own), remainingMinor: Math.min(sumOf(free), remainingOf(cart)) });
};

/** The same for a reward that takes money off the cart, or off its part of it: there must be some left to pay. */
export const checkMoneyOff = (reward: MoneyOffConditions, cart: WishCart | null): QuoteRefusal | null => {
  const hasNothingLeft = cart !== null && !isEmpty(cart) && remainingOf(cart) <= 0;
  if (hasNothingLeft && cart.currency === reward.currency) return { kind: 'nothing_left' };
  const refusal = checkCart(reward, cart);
  return reward.lines !== null && refusal?.kind === 'subtotal_too_small'
    ? { ...refusal, kind: 'too_little_of_these' }
    : refusal;
};
