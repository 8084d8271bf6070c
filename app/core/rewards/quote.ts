import type { Result } from '../values/result';
import type { RewardGrant } from './grants';
import { kindOf, type Reward } from './section';

/**
 * What the shopper asks for: points (a fixed price ignores them) and the cart as the browser sees it, if there is one.
 */
export type RewardWish = { readonly points: number | null; readonly cart: WishCart | null };

/** A cart as the browser sees it. What it does not say is taken as: nothing else is discounted. */
export type WishCart = {
  readonly subtotalMinor: number;
  readonly currency: string;
  /** What is left to pay after the discounts that are in the cart; the subtotal when it is not said. */
  readonly remainingMinor?: number | undefined;
  /** The classes of discounts that are in the cart. */
  readonly discounts?: readonly DiscountClass[] | undefined;
};

export type DiscountClass = 'order' | 'product' | 'shipping';

/** What a redemption costs and what it turns into. */
export type RewardQuote = { readonly points: number; readonly grant: RewardGrant };

export type QuoteRefusal =
  | { readonly kind: 'points_missing' }
  | { readonly kind: 'points_out_of_range'; readonly min: number; readonly max: number; readonly step: number }
  | { readonly kind: 'other_price'; readonly points: number }
  | { readonly kind: 'other_currency'; readonly currency: string }
  | { readonly kind: 'subtotal_too_small'; readonly minimumMinor: number; readonly currency: string }
  | { readonly kind: 'cart_needs_less'; readonly subtotalMinor: number; readonly currency: string }
  | { readonly kind: 'cart_empty' }
  /** The discounts in the cart have paid all of it. */
  | { readonly kind: 'nothing_left' }
  /** The reward does not go with a discount that is in the cart. */
  | { readonly kind: 'not_together' }
  /** A fixed discount is worth more than is left to pay. */
  | { readonly kind: 'more_than_cart'; readonly amountMinor: number; readonly currency: string };

/** Prices a wish. */
export const quoteReward = (reward: Reward, wish: RewardWish): Result<RewardQuote, QuoteRefusal> =>
  kindOf(reward).quote(reward, wish);
