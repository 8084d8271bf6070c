import type { RedeemRefusal } from '~/usecases/redeemReward';
import type { MemberSummary } from '~/core/storefront/summary';
import { formatNumber, translate, type Language } from './catalog';
import { formatMoney } from './format';

/** Why a redemption was refused, in the shopper's language. */
export const refusalText = (language: Language, refusal: RedeemRefusal): string => {
  switch (refusal.kind) {
    case 'points_out_of_range':
      return translate(language, 'redeem.points_out_of_range', {
        min: refusal.min,
        max: refusal.max,
        step: refusal.step,
      });
    case 'other_price':
      return translate(language, 'redeem.other_price', { points: refusal.points });
    case 'other_currency':
      return translate(language, 'redeem.other_currency', { currency: refusal.currency });
    case 'subtotal_too_small':
      return translate(language, 'redeem.subtotal_too_small', {
        amount: formatMoney(language, refusal.minimumMinor, refusal.currency),
      });
    case 'not_enough_points':
      return translate(language, 'redeem.not_enough_points', { available: refusal.available, asked: refusal.asked });
    case 'more_than_cart':
      return translate(language, 'redeem.more_than_cart', {
        amount: formatMoney(language, refusal.amountMinor, refusal.currency),
      });
    case 'refused_by_platform': // the platform's reasons are for the merchant, in the platform's language
    case 'cart_empty':
    case 'nothing_left':
    case 'not_together':
    case 'points_missing':
    case 'cart_needs_less':
    case 'no_program':
    case 'unknown_reward':
    case 'id_used_otherwise':
      return translate(language, `redeem.${refusal.kind}`);
  }
};

/**
 * Points that are on their way back, in the shopper's language; without a word for them, which the page has. null: none
 * are.
 */
export const returningText = (
  language: Language,
  returning: MemberSummary['returning'],
  now: number,
): string | null => {
  if (returning === null) return null;
  const points = formatNumber(language, returning.points);
  if (now >= returning.by_epoch * 1000) return translate(language, 'proxy.returning_soon', { points });
  return translate(language, 'proxy.returning', { points, time: returning.by.slice(11) });
};
