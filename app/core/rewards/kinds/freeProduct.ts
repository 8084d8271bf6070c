import { z } from 'zod';
import { problem, wholePoints } from '../../values/fields';
import { minorPerUnit } from '../../values/money';
import { ok, refuse } from '../../values/result';
import { checkBeside } from '../cart';
import { unconditional } from '../conditions';
import { codeFields, combinesWith, oneMissing, thingIds } from '../fields';
import type { RewardKindOf } from '../kind';

const schema = z
  .strictObject({
    kind: z.literal('free_product'),
    ...codeFields,
    combinesWith,
    points: wholePoints,
    /** What members choose from: variants of the shop. None may be left open while the reward is off. */
    variantIds: thingIds(),
    /** What the member pays for it all the same. */
    copayMinor: z.int().min(0).max(1_000_000_000).default(0),
    /** With a minimum: what counts for it is bought from these collections, the product itself left aside. */
    collectionIds: thingIds().default([]),
  })
  .refine(({ enabled, variantIds }) => !enabled || variantIds.length > 0, { ...oneMissing, path: ['variantIds'] })
  .refine(
    ({ enabled, minimumSubtotalMinor, collectionIds }) =>
      !enabled || minimumSubtotalMinor === null || collectionIds.length > 0,
    { ...oneMissing, path: ['collectionIds'] },
  )
  .refine(({ minimumSubtotalMinor, copayMinor }) => minimumSubtotalMinor === null || copayMinor === 0, {
    message: 'with a minimum the product is free as a whole',
    path: ['copayMinor'],
    params: problem({ kind: 'copay_with_minimum' }),
  });

export type FreeProduct = z.infer<typeof schema>;

/**
 * A fixed price in points for one product of the shop, or for its price less what the member pays for it. What it costs
 * is read from the shop when it is taken. Not available, or no dearer than what is to be paid: no points are spent.
 */
export const freeProduct = {
  kind: 'free_product',
  schema,
  model: (currency) => ({
    kind: 'free_product',
    name: {
      en: 'Free product',
      it: 'Prodotto omaggio',
      de: 'Gratisprodukt',
      fr: 'Produit offert',
      es: 'Producto gratis',
    },
    enabled: false,
    ...unconditional,
    minimumSubtotalMinor: null,
    validDays: 30,
    combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true },
    points: 100,
    variantIds: [],
    copayMinor: 0,
    collectionIds: [],
    currency,
  }),
  grants: ['free_product'],
  quote: (reward, { points: offered, cart, variantId = null, sold = null }) => {
    const { points, name, currency, copayMinor, minimumSubtotalMinor, collectionIds, combinesWith } = reward;
    if (offered !== null && offered !== points) return refuse({ kind: 'other_price', points });
    if (variantId === null || !reward.variantIds.includes(variantId)) return refuse({ kind: 'product_missing' });
    const refusal = checkBeside(reward, cart);
    if (refusal !== null) return refuse(refusal);
    if (sold === null || !sold.isAvailable) return refuse({ kind: 'product_away' });
    if (sold.currency !== currency) return refuse({ kind: 'other_currency', currency });
    const amountMinor = sold.priceMinor - copayMinor;
    if (amountMinor <= 0) return refuse({ kind: 'product_away' });
    const conditions = { minimumSubtotalMinor, collectionIds, combinesWith };
    return ok({ points, grant: { kind: 'free_product', variantId, name, amountMinor, currency, ...conditions } });
  },
  days: ({ validDays }) => validDays,
  // What a product costs only the shop knows.
  worth: () => null,
  storefront: ({ points, copayMinor }) => ({
    apply: 'item',
    takes_off: 'product',
    min_points: points,
    max_points: points,
    step_points: points,
    step_amount_minor: null,
    copay_minor: copayMinor,
  }),
  numbers: ({ points, copayMinor, currency }) => [points, copayMinor / minorPerUnit(currency)],
} as const satisfies RewardKindOf<FreeProduct>;
