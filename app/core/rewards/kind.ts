import type { z } from 'zod';
import type { Result } from '../values/result';
import type { CodeReward } from './fields';
import type { QuoteRefusal, RewardQuote, RewardWish } from './quote';

/** How the storefront offers a reward. It never learns the kind, only how it is applied and what it costs. */
export type StorefrontForm = {
  /** `code`: the shopper gets a code that goes into the cart. */
  readonly apply: 'code';
  /** Cheapest and dearest redemption, and the steps between; all three are equal for a fixed price. */
  readonly min_points: number;
  readonly max_points: number;
  readonly step_points: number;
  /**
   * Money a step takes off the cart, in minor units; for a fixed price what the whole reward is worth. null: no sum
   * of money.
   */
  readonly step_amount_minor: number | null;
};

/** What points buy at a reward's rate: `points` for `amountMinor`. */
export type Worth = { readonly amountMinor: number; readonly points: number };

/**
 * A kind of reward: everything the rules know of it, as one value in one file. The list of all of them is in
 * `rewards/section`; what the platform, the editor and the texts add is keyed by the kind's name, so that a kind that
 * is missing somewhere does not compile.
 */
export type RewardKindOf<Of extends CodeReward & { readonly kind: string }> = {
  readonly kind: Of['kind'];
  /** Its part of the program document. */
  readonly schema: z.ZodType<Of>;
  /** A new one as the editor offers it, but for its id; a merchant looks it over before it is on offer. */
  readonly model: (currency: string) => Omit<Of, 'id'>;
  /** What a wish costs and turns into, or why not. */
  readonly quote: (reward: Of, wish: RewardWish) => Result<RewardQuote, QuoteRefusal>;
  /** What its points are worth; null where nobody can say. */
  readonly worth: (reward: Of) => Worth | null;
  readonly storefront: (reward: Of) => StorefrontForm;
  /** The numbers its name may promise: points as they are, money in units (5 for 5.00). */
  readonly numbers: (reward: Of) => readonly number[];
};
