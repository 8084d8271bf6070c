import type { Reward } from '../../program/document';
import { ok, refuse, type Result } from '../../values/result';
import { checkCart, grantOf, remainingOf } from '../cart';
import type { QuoteRefusal, RewardQuote, RewardWish } from '../quote';

/**
 * An amount of the shopper's choice, in whole steps. Never more points than the cart needs: a wish
 * beyond what is left to pay is cut to the fewest steps that cover it.
 */
export const quoteChosenAmountOff = (
  reward: Extract<Reward, { kind: 'chosen_amount_off' }>,
  wish: RewardWish,
): Result<RewardQuote, QuoteRefusal> => {
  const { minPoints: min, maxPoints: max, stepPoints: step } = reward;
  if (wish.points === null) return refuse({ kind: 'points_missing' });
  if (wish.points < min || wish.points > max || wish.points % step !== 0) {
    return refuse({ kind: 'points_out_of_range', min, max, step });
  }
  const refusal = checkCart(reward, wish.cart);
  if (refusal !== null) return refuse(refusal);
  const wished = wish.points / step;
  const needed = wish.cart === null ? wished : Math.ceil(remainingOf(wish.cart) / reward.stepAmountMinor);
  const steps = Math.min(wished, needed);
  if (wish.cart !== null && steps * step < min) {
    return refuse({ kind: 'cart_needs_less', subtotalMinor: wish.cart.subtotalMinor, currency: reward.currency });
  }
  return ok({ points: steps * step, grant: grantOf(reward, steps * reward.stepAmountMinor) });
};
