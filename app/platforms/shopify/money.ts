import { z } from 'zod';
import { decimalOf, parseMoney } from '~/core/values/money';

/** An amount as Shopify writes it. */
export const shopifyMoney = z.object({ amount: z.string(), currencyCode: z.string() });

/** The same as a decimal as we write it ourselves: Shopify may answer "5.0" for "5.00". null: there is none. */
export const decimalIn = (value: z.infer<typeof shopifyMoney> | null | undefined): string | null => {
  const minor = value == null ? null : parseMoney(value.amount, value.currencyCode);
  return value == null || minor === null || !minor.ok ? null : decimalOf(minor.value, value.currencyCode);
};
