import { decimalOf } from '~/core/values/money';
import { createAmountOffCode } from '../operations/createAmountOffCode';
import type { GrantMaker } from './grantMaker';

/** A sum of money off the order: one amount, whatever is in the cart. */
export const amountOff: GrantMaker<'amount_off'> = {
  create: (client, common, { amountMinor, currency }) =>
    createAmountOffCode(client, {
      ...common,
      customerGets: {
        items: { all: true },
        value: { discountAmount: { amount: decimalOf(amountMinor, currency), appliesOnEachItem: false } },
      },
    }),
  isSame: ({ amount, variantIds }, { amountMinor, currency }) =>
    variantIds === null && amount === decimalOf(amountMinor, currency),
};
