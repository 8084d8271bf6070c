import { createAmountOffCode } from '../operations/createAmountOffCode';
import { isForThings, itemsOf } from './codeThings';
import type { GrantMaker } from './grantMaker';

/** A part of the order, or of some lines of it, as Shopify counts it: a fraction of 1. */
export const percentOff: GrantMaker<'percent_off'> = {
  create: (client, common, grant) =>
    createAmountOffCode(client, {
      ...common,
      customerGets: { items: itemsOf(grant), value: { percentage: grant.basisPoints / 10_000 } },
    }),
  isSame: (discount, grant) =>
    isForThings(discount, grant) &&
    discount.percentage !== null &&
    Math.round(discount.percentage * 10_000) === grant.basisPoints,
};
