import { decimalOf } from '~/core/values/money';
import { createAmountOffCode } from '../operations/createAmountOffCode';
import { isForThings, itemsOf } from './codeThings';
import type { GrantMaker } from './grantMaker';

/** A sum of money off the order, or off some lines of it: one amount, whatever is in the cart. */
export const amountOff: GrantMaker<'amount_off'> = {
  create: (client, common, grant) =>
    createAmountOffCode(client, {
      ...common,
      customerGets: {
        items: itemsOf(grant),
        value: { discountAmount: { amount: decimalOf(grant.amountMinor, grant.currency), appliesOnEachItem: false } },
      },
    }),
  isSame: (discount, grant) =>
    isForThings(discount, grant) && discount.amount === decimalOf(grant.amountMinor, grant.currency),
};
