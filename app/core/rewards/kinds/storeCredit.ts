import { z } from 'zod';
import { currencyCode, minorUnits, wholePoints } from '../../values/fields';
import { minorPerUnit, ordinaryUnit } from '../../values/money';
import { unconditional } from '../conditions';
import { rewardFields } from '../fields';
import { givenFor, quoteGiven } from '../given';
import type { RewardKindOf } from '../kind';

const schema = z.strictObject({
  kind: z.literal('store_credit'),
  ...rewardFields,
  points: wholePoints,
  /** What goes into the account. */
  amountMinor: minorUnits,
  currency: currencyCode,
  /** It can be spent for so many days. */
  validDays: z.int().min(1).max(3650),
});

export type StoreCredit = z.infer<typeof schema>;

/**
 * A fixed price in points for store credit. It goes into the member's account once the points are held; then it is
 * money, and nothing comes back, whatever becomes of the orders it is spent on.
 */
export const storeCredit = {
  kind: 'store_credit',
  schema,
  model: (currency) => ({
    kind: 'store_credit',
    name: {
      en: 'Store credit',
      it: 'Credito nel negozio',
      de: 'Shop-Guthaben',
      fr: 'Crédit en boutique',
      es: 'Crédito en la tienda',
    },
    enabled: false,
    ...unconditional,
    points: 1000,
    amountMinor: 10 * ordinaryUnit(currency),
    currency,
    validDays: 365,
  }),
  grants: ['store_credit'],
  quote: ({ points, amountMinor, currency, validDays }, wish) =>
    quoteGiven(points, { kind: 'store_credit', amountMinor, currency, validDays }, wish),
  days: ({ validDays }) => validDays,
  worth: ({ amountMinor, points }) => ({ amountMinor, points }),
  storefront: ({ points, amountMinor }) => givenFor(points, amountMinor),
  numbers: ({ amountMinor, points, currency, validDays }) => [amountMinor / minorPerUnit(currency), points, validDays],
} as const satisfies RewardKindOf<StoreCredit>;
