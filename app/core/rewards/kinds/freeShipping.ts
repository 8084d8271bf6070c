import { z } from 'zod';
import { problem } from '../../values/fields';
import { minorUnits, wholePoints } from '../../values/fields';
import { isCountry } from '../../values/countries';
import { minorPerUnit } from '../../values/money';
import { ok, refuse } from '../../values/result';
import { checkCart } from '../cart';
import { unconditional } from '../conditions';
import { codeFields, shippingCombinesWith } from '../fields';
import type { RewardKindOf } from '../kind';

const country = z
  .string()
  .refine(isCountry, { message: 'is not a country of ISO 3166-1', params: problem({ kind: 'no_country' }) });

const schema = z.strictObject({
  kind: z.literal('free_shipping'),
  ...codeFields,
  combinesWith: shippingCombinesWith,
  points: wholePoints,
  /** A shipping rate above this is not free; null: any rate is. */
  maxRateMinor: minorUnits.nullable(),
  /** Where to; empty: everywhere. */
  countries: z
    .array(country)
    .max(50)
    .refine((codes) => new Set(codes).size === codes.length, {
      message: 'a country is named once',
      params: problem({ kind: 'used_twice' }),
    }),
});

export type FreeShipping = z.infer<typeof schema>;

/**
 * A fixed price in points for shipping at no cost. What it is worth only the checkout knows, so it needs no money left
 * to pay in the cart, and counts nothing in what points cost the merchant.
 */
export const freeShipping = {
  kind: 'free_shipping',
  schema,
  model: (currency) => ({
    kind: 'free_shipping',
    name: {
      en: 'Free shipping',
      it: 'Spedizione gratuita',
      de: 'Kostenloser Versand',
      fr: 'Livraison offerte',
      es: 'Envío gratis',
    },
    enabled: false,
    ...unconditional,
    minimumSubtotalMinor: null,
    validDays: 30,
    combinesWith: { orderDiscounts: true, productDiscounts: true },
    points: 100,
    maxRateMinor: null,
    countries: [],
    currency,
  }),
  grants: ['free_shipping'],
  quote: (reward, wish) => {
    const { points, currency, minimumSubtotalMinor, maxRateMinor, countries } = reward;
    if (wish.points !== null && wish.points !== points) return refuse({ kind: 'other_price', points });
    const combinesWith = { ...reward.combinesWith, shippingDiscounts: false };
    const refusal = checkCart({ currency, minimumSubtotalMinor, combinesWith }, wish.cart);
    if (refusal !== null) return refuse(refusal);
    return ok({
      points,
      grant: { kind: 'free_shipping', currency, minimumSubtotalMinor, maxRateMinor, countries, combinesWith },
    });
  },
  days: ({ validDays }) => validDays,
  worth: () => null,
  storefront: ({ points }) => ({
    apply: 'code',
    takes_off: 'shipping',
    min_points: points,
    max_points: points,
    step_points: points,
    step_amount_minor: null,
  }),
  numbers: ({ points, maxRateMinor, currency }) => [points, (maxRateMinor ?? 0) / minorPerUnit(currency)],
} as const satisfies RewardKindOf<FreeShipping>;
