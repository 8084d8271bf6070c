import type { z } from 'zod';
import type { Result } from '../values/result';
import type { LocalizedText } from '../values/text';
import type { AnyReward } from './fields';
import type { GrantKind } from './grants';
import type { QuoteRefusal, RewardQuote, RewardWish } from './quote';

/** How the storefront offers a reward. It never learns the kind, only how it is applied and what it costs. */
export type StorefrontForm = {
  /**
   * `code`: the shopper gets a code that goes into the cart. `item`: a code, and a product that goes there with it.
   * `given`: it is given at once, whatever is in the cart.
   */
  readonly apply: 'code' | 'item' | 'given';
  /**
   * What it takes something off: an order with nothing left to pay needs no more off, its shipping may, and a product
   * that comes along (`apply` says so) brings its own price. `product` with a code: some lines of the cart. null:
   * nothing.
   */
  readonly takes_off: 'order' | 'shipping' | 'product' | null;
  /** Cheapest and dearest redemption, and the steps between; all three are equal for a fixed price. */
  readonly min_points: number;
  readonly max_points: number;
  readonly step_points: number;
  /**
   * Money a step takes off the cart, in minor units; for a fixed price what the whole reward is worth. null: no sum
   * of money.
   */
  readonly step_amount_minor: number | null;
  /** What it gives depends on the cart, so that it is not given without one; left out: it does not. */
  readonly needs_cart?: boolean;
  /** Of a product: what the shopper pays for it all the same; left out or 0: nothing. */
  readonly copay_minor?: number;
  /** What the shopper has to answer first; left out: nothing. */
  readonly question?: LocalizedText | null;
};

/** What points buy at a reward's rate: `points` for `amountMinor`. */
export type Worth = { readonly amountMinor: number; readonly points: number };

/**
 * A kind of reward: everything the rules know of it, as one value in one file. The list of all of them is in
 * `rewards/section`; what the platform, the editor and the texts add is keyed by the kind's name, so that a kind that
 * is missing somewhere does not compile.
 */
export type RewardKindOf<Of extends AnyReward & { readonly kind: string }> = {
  readonly kind: Of['kind'];
  /** Its part of the program document. */
  readonly schema: z.ZodType<Of>;
  /** A new one as the editor offers it, but for its id; a merchant looks it over before it is on offer. */
  readonly model: (currency: string, id?: string) => Omit<Of, 'id'>;
  /** What a wish may turn into. */
  readonly grants: readonly GrantKind[];
  /** What a wish costs and turns into, or why not. */
  readonly quote: (reward: Of, wish: RewardWish) => Result<RewardQuote, QuoteRefusal>;
  /** How many local days what was taken lives: so long a code can be used. null: it is over when it is given. */
  readonly days: (reward: Of) => number | null;
  /** What its points are worth; null where nobody can say. */
  readonly worth: (reward: Of) => Worth | null;
  readonly storefront: (reward: Of) => StorefrontForm;
  /** The numbers its name may promise: points as they are, money in units (5 for 5.00). */
  readonly numbers: (reward: Of) => readonly number[];
};
