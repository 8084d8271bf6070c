import type { PlatformId } from '../values/ids';
import type { Result } from '../values/result';
import type { RewardGrant } from './grants';
import type { LineOfCart } from './lines';
import { kindOf, type Reward } from './section';

/**
 * What the shopper asks for: points (a fixed price ignores them) and the cart as the browser sees it, if there is one.
 */
export type RewardWish = {
  readonly points: number | null;
  readonly cart: WishCart | null;
  /** What the shopper answers to the reward's question, where it has one. */
  readonly answer?: string | null;
  /** Which variant of a product the shopper chose, and how the shop sells it at the moment; null: not at all. */
  readonly variantId?: PlatformId | null;
  readonly sold?: SoldVariant | null;
};

/** A variant of a product as the shop sells it at the moment. */
export type SoldVariant = {
  readonly variantId: PlatformId;
  readonly productId: PlatformId;
  /** Who makes or sells it, as an order's line names it. */
  readonly vendor: string | null;
  /** What the shop's addresses call its product. */
  readonly handle: string;
  readonly priceMinor: number;
  readonly currency: string;
  readonly isAvailable: boolean;
};

/** A cart as the browser sees it. What it does not say is taken as: nothing else is discounted. */
export type WishCart = {
  readonly subtotalMinor: number;
  readonly currency: string;
  /** What is left to pay after the discounts that are in the cart; the subtotal when it is not said. */
  readonly remainingMinor?: number | undefined;
  /** The classes of discounts that are in the cart. */
  readonly discounts?: readonly DiscountClass[] | undefined;
  /** What is in it; left out: nobody says. */
  readonly lines?: readonly WishLine[] | undefined;
};

/** A line of a cart: what it comes to, less the discounts of its own, and whether it has any. */
export type WishLine = LineOfCart & { readonly amountMinor: number; readonly isDiscounted: boolean };

export type DiscountClass = 'order' | 'product' | 'shipping';

/** What a redemption costs and what it turns into. */
export type RewardQuote = { readonly points: number; readonly grant: RewardGrant };

export type QuoteRefusal =
  | { readonly kind: 'points_missing' }
  | { readonly kind: 'points_out_of_range'; readonly min: number; readonly max: number; readonly step: number }
  | { readonly kind: 'other_price'; readonly points: number }
  | { readonly kind: 'other_currency'; readonly currency: string }
  | { readonly kind: 'subtotal_too_small'; readonly minimumMinor: number; readonly currency: string }
  /** The reward is for some products only, and none of them is in the cart, */
  | { readonly kind: 'none_of_these' }
  /** or too little of them. */
  | { readonly kind: 'too_little_of_these'; readonly minimumMinor: number; readonly currency: string }
  | { readonly kind: 'cart_needs_less'; readonly subtotalMinor: number; readonly currency: string }
  | { readonly kind: 'cart_empty' }
  /** What the reward turns into depends on the cart, and none was named. */
  | { readonly kind: 'cart_needed' }
  /** The reward is one of several products, and none of them was chosen. */
  | { readonly kind: 'product_missing' }
  /** The product cannot be bought at the moment, or costs no more than the member would pay. */
  | { readonly kind: 'product_away' }
  /** The reward asks something, and nothing was answered. */
  | { readonly kind: 'answer_missing' }
  | { readonly kind: 'answer_too_long'; readonly most: number }
  /** The discounts in the cart have paid all of it. */
  | { readonly kind: 'nothing_left' }
  /** The reward does not go with a discount that is in the cart. */
  | { readonly kind: 'not_together' }
  /** A fixed discount is worth more than is left to pay. */
  | { readonly kind: 'more_than_cart'; readonly amountMinor: number; readonly currency: string }
  /** … or than its products in the cart come to. */
  | { readonly kind: 'more_than_these'; readonly amountMinor: number; readonly currency: string };

/** Prices a wish. */
export const quoteReward = (reward: Reward, wish: RewardWish): Result<RewardQuote, QuoteRefusal> =>
  kindOf(reward).quote(reward, wish);
