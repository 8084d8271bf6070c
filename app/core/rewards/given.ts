import { ok, refuse, type Result } from '../values/result';
import type { RewardGrant } from './grants';
import type { StorefrontForm } from './kind';
import type { QuoteRefusal, RewardQuote, RewardWish } from './quote';

/** How the storefront offers what is given at once for a fixed price; `amountMinor` null: it is no sum of money. */
export const givenFor = (points: number, amountMinor: number | null): StorefrontForm => ({
  apply: 'given',
  takes_off: null,
  min_points: points,
  max_points: points,
  step_points: points,
  step_amount_minor: amountMinor,
});

/** What a wish for it comes to, whatever is in the cart. */
export const quoteGiven = (points: number, grant: RewardGrant, wish: RewardWish): Result<RewardQuote, QuoteRefusal> =>
  wish.points !== null && wish.points !== points ? refuse({ kind: 'other_price', points }) : ok({ points, grant });
