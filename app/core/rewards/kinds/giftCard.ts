import { z } from 'zod';
import { currencyCode, minorUnits, wholePoints } from '../../values/fields';
import { minorPerUnit, ordinaryUnit } from '../../values/money';
import { unconditional } from '../conditions';
import { rewardFields } from '../fields';
import { givenFor, quoteGiven } from '../given';
import type { RewardKindOf } from '../kind';

const schema = z.strictObject({
  kind: z.literal('gift_card'),
  ...rewardFields,
  points: wholePoints,
  /** What is on it. */
  amountMinor: minorUnits,
  currency: currencyCode,
  /** It can be spent for so many days; null: it has no end. */
  validDays: z.int().min(1).max(3650).nullable().default(null),
});

export type GiftCard = z.infer<typeof schema>;

/**
 * A fixed price in points for a gift card of the shop. It is made once the points are held; then it is money, and
 * nothing comes back, whatever becomes of the orders it is spent on.
 */
export const giftCard = {
  kind: 'gift_card',
  schema,
  model: (currency) => ({
    kind: 'gift_card',
    name: { en: 'Gift card', it: 'Buono regalo', de: 'Geschenkkarte', fr: 'Carte cadeau', es: 'Tarjeta regalo' },
    enabled: false,
    ...unconditional,
    points: 1000,
    amountMinor: 10 * ordinaryUnit(currency),
    currency,
    validDays: null,
  }),
  grants: ['gift_card'],
  quote: ({ points, amountMinor, currency, validDays }, wish) =>
    quoteGiven(points, { kind: 'gift_card', amountMinor, currency, validDays }, wish),
  days: ({ validDays }) => validDays,
  worth: ({ amountMinor, points }) => ({ amountMinor, points }),
  storefront: ({ points, amountMinor }) => givenFor(points, amountMinor),
  numbers: ({ amountMinor, points, currency, validDays }) => [
    amountMinor / minorPerUnit(currency),
    points,
    ...(validDays === null ? [] : [validDays]),
  ],
} as const satisfies RewardKindOf<GiftCard>;
