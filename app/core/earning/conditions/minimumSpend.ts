import { z } from 'zod';
import { currencyCode, minorUnits } from '../../values/fields';
import { isAtLeast } from '../../values/ratio';
import { orderCondition } from './condition';

/** The order's basis reaches an amount (≥). Orders in another currency do not match. */
export const minimumSpend = orderCondition({
  kind: 'minimum_spend',
  schema: z.strictObject({ kind: z.literal('minimum_spend'), amountMinor: minorUnits, currency: currencyCode }),
  model: ({ currency, ordinaryUnit }) => ({ amountMinor: 50 * ordinaryUnit, currency }),
  need: null,
  test:
    ({ amountMinor, currency }) =>
    (order) =>
      order.currency === currency && isAtLeast(order.basis, amountMinor),
});
