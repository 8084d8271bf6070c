import type { Redemption } from '~/core/redemptions/states';
import type { RewardGrant } from '~/core/rewards/grants';
import type { ShownCode } from '~/usecases/giver';
import type { RedeemRefusal } from '~/usecases/redeemReward';
import type { MemberSummary } from '~/core/storefront/summary';
import { formatNumber, translate, type Language } from './catalog';
import { formatCalendarDay, formatDate, formatMoney } from './format';

/** Who reads a sentence: the shopper whose points they are, or staff that serves them at the counter. */
export type Reader = 'shopper' | 'staff';

// What speaks to the shopper of "your points" is said to staff in words of its own.
const saidToStaff = [
  'subtotal_too_small',
  'not_enough_points',
  'refused_by_platform',
  'cart_empty',
  'cart_needed',
  'cart_needs_less',
  'redeeming_paused',
  'not_together',
  'all_taken',
  'sold_out',
] as const;
type SaidToStaff = (typeof saidToStaff)[number];

const keyFor = <Kind extends RedeemRefusal['kind']>(reader: Reader, kind: Kind) =>
  reader === 'staff' && saidToStaff.some((one) => one === kind)
    ? (`redeem.staff_${kind}` as `redeem.staff_${Extract<Kind, SaidToStaff>}`)
    : (`redeem.${kind}` as const);

/** Why a redemption was refused, in the reader's language. */
export const refusalText = (language: Language, refusal: RedeemRefusal, reader: Reader = 'shopper'): string => {
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
    case 'too_little_of_these':
    case 'subtotal_too_small':
      return translate(language, keyFor(reader, refusal.kind), {
        amount: formatMoney(language, refusal.minimumMinor, refusal.currency),
      });
    case 'not_enough_points':
      return translate(language, keyFor(reader, refusal.kind), {
        available: refusal.available,
        asked: refusal.asked,
      });
    case 'more_than_these':
    case 'more_than_cart':
      return translate(language, keyFor(reader, refusal.kind), {
        amount: formatMoney(language, refusal.amountMinor, refusal.currency),
      });
    case 'answer_too_long':
      return translate(language, 'redeem.answer_too_long', { most: refusal.most });
    case 'not_yet':
      return translate(language, 'redeem.not_yet', { date: formatCalendarDay(language, refusal.from) });
    case 'redeeming_over':
      return translate(language, 'redeem.redeeming_over', { date: formatCalendarDay(language, refusal.to) });
    case 'over':
      return translate(language, 'redeem.over', { date: formatCalendarDay(language, refusal.to) });
    case 'other_tier':
      return translate(language, 'redeem.other_tier', {
        tiers: listOf(
          language,
          refusal.tiers.map((name) => name[language]),
        ),
      });
    case 'limit_reached':
      return limitText(language, refusal);
    case 'refused_by_platform': // the platform's reasons are for the merchant, in the platform's language
    case 'refused_by_partner': // as a partner's are
    case 'cart_empty':
    case 'cart_needed':
    case 'redeeming_paused':
    case 'nothing_left':
    case 'not_together':
    case 'points_missing':
    case 'none_of_these':
    case 'cart_needs_less':
    case 'no_program':
    case 'unknown_reward':
    case 'id_used_otherwise':
    case 'other_segment':
    case 'not_made_here':
    case 'all_taken':
    case 'sold_out':
    case 'partner_dearer':
    case 'partner_away':
    case 'answer_missing':
    case 'product_missing':
    case 'product_away':
    case 'shop_away':
      return translate(language, keyFor(reader, refusal.kind));
  }
};

const listOf = (language: Language, items: readonly string[]): string =>
  new Intl.ListFormat(language, { type: 'disjunction' }).format(items);

const limitText = (
  language: Language,
  { count, per, again }: Extract<RedeemRefusal, { readonly kind: 'limit_reached' }>,
): string => {
  const often = translate(language, `redeem.limit_${per}`, { count });
  if (again === null) return often;
  return `${often} ${translate(language, 'redeem.again_from', { date: formatCalendarDay(language, again) })}`;
};

type Given = Pick<Redemption, 'state' | 'heldAt' | 'endsAt'> & { readonly grant: RewardGrant };

/**
 * What the member got that is no discount code, in the shopper's language; null: it is one. `shown`: the code of a
 * pool, a gift card or a partner. What is still held is on its way.
 */
export const givenText = (
  language: Language,
  { state, grant, heldAt, endsAt }: Given,
  zone: string,
  shown: ShownCode = { code: null, link: null },
): string | null => {
  const code = shown.code ?? '';
  // The end is the first moment of the day after.
  const last = (): string => formatDate(language, endsAt - 1, zone);
  switch (grant.kind) {
    case 'amount_off':
    case 'percent_off':
    case 'free_shipping':
    case 'free_product':
      return null;
    case 'gift_card': {
      if (state === 'held') return translate(language, 'redeem.given_soon');
      const card = { amount: formatMoney(language, grant.amountMinor, grant.currency), code };
      return grant.validDays === null
        ? translate(language, 'redeem.given_gift_card', card)
        : translate(language, 'redeem.given_gift_card_until', { ...card, date: last() });
    }
    case 'store_credit':
      if (state === 'held') return translate(language, 'redeem.given_soon');
      return translate(language, 'redeem.given_store_credit', {
        amount: formatMoney(language, grant.amountMinor, grant.currency),
        date: last(),
      });
    case 'donation':
      return translate(language, 'redeem.given_donation', {
        amount: formatMoney(language, grant.amountMinor, grant.currency),
        charity: grant.charity,
      });
    case 'experience':
      return translate(language, 'redeem.given_experience', { date: last() });
    case 'pool_code':
      return endsAt > heldAt
        ? translate(language, 'redeem.given_code_until', { code, date: last() })
        : translate(language, 'redeem.given_code', { code });
    case 'partner': {
      if (state === 'held') return translate(language, 'redeem.given_soon');
      if (state === 'issued') return translate(language, 'redeem.given_partner_ordered');
      const texts = codeTexts(language, shown);
      return texts.length === 0
        ? translate(language, 'redeem.given_partner')
        : [...texts, translate(language, 'redeem.in_history')].join(' · ');
    }
  }
};

/** A code that its member may read again, and where it is used: "Your code: A-1", "Use it here: https://…". */
export const codeTexts = (
  language: Language,
  { code, link }: ShownCode = { code: null, link: null },
): readonly string[] => [
  ...(code === null ? [] : [translate(language, 'codes.yours', { code })]),
  ...(link === null ? [] : [translate(language, 'partners.use_here', { link })]),
];

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
