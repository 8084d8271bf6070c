import type { RedeemRefusal } from '~/usecases/redeemReward';
import { translate, type Language } from './catalog';
import { formatMoney } from './format';

/** Why a redemption was refused, in the shopper's language. */
export const refusalText = (language: Language, refusal: RedeemRefusal): string => {
  switch (refusal.kind) {
    case 'points_out_of_range':
      return translate(language, 'redeem.points_out_of_range', { min: refusal.min, max: refusal.max, step: refusal.step });
    case 'other_price':
      return translate(language, 'redeem.other_price', { points: refusal.points });
    case 'other_currency':
      return translate(language, 'redeem.other_currency', { currency: refusal.currency });
    case 'subtotal_too_small':
      return translate(language, 'redeem.subtotal_too_small', { amount: formatMoney(language, refusal.minimumMinor, refusal.currency) });
    case 'not_enough_points':
      return translate(language, 'redeem.not_enough_points', { available: refusal.available, asked: refusal.asked });
    case 'refused_by_platform':
      return translate(language, 'redeem.refused_by_platform', { reason: refusal.reasons.join(' ') });
    case 'points_missing':
    case 'cart_needs_less':
    case 'no_program':
    case 'unknown_reward':
    case 'id_used_otherwise':
      return translate(language, `redeem.${refusal.kind}`);
  }
};
