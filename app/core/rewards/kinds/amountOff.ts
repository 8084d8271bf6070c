import type { Reward } from '../../program/document';
import { ok, refuse, type Result } from '../../values/result';
import { checkCart, grantOf, remainingOf } from '../cart';
import type { QuoteRefusal, RewardQuote, RewardWish } from '../quote';

/** A fixed price in points for a fixed amount off. Points that are named must be that price. */
export const quoteAmountOff = (
  reward: Extract<Reward, { kind: 'amount_off' }>,
  wish: RewardWish,
): Result<RewardQuote, QuoteRefusal> => {
  if (wish.points !== null && wish.points !== reward.points)
    return refuse({ kind: 'other_price', points: reward.points });
  const refusal = checkCart(reward, wish.cart);
  if (refusal === null && wish.cart !== null && reward.amountMinor > remainingOf(wish.cart)) {
    return refuse({ kind: 'more_than_cart', amountMinor: reward.amountMinor, currency: reward.currency });
  }
  return refusal === null ? ok({ points: reward.points, grant: grantOf(reward, reward.amountMinor) }) : refuse(refusal);
};
