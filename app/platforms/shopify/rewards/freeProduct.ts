import { decimalOf } from '~/core/values/money';
import { createAmountOffCode } from '../operations/createAmountOffCode';
import { createBuyAndGetCode } from '../operations/createBuyAndGetCode';
import { gidOf } from '../gid';
import { isForThings, itemsOf, shopifyIds } from './codeThings';
import type { GrantMaker } from './grantMaker';

/**
 * Money off one product: one amount, which Shopify spreads over all units of it that are in the cart, so that one is
 * paid for however many there are. A minimum of such a code would count the product itself; so with one it is a code
 * that gives one unit for what is bought from collections.
 */
export const freeProduct: GrantMaker<'free_product'> = {
  create: (client, common, grant) => {
    const { amountMinor, currency, minimumSubtotalMinor, collectionIds } = grant;
    const items = itemsOf(grant);
    if (minimumSubtotalMinor === null) {
      const discountAmount = { amount: decimalOf(amountMinor, currency), appliesOnEachItem: false };
      return createAmountOffCode(client, { ...common, customerGets: { items, value: { discountAmount } } });
    }
    return createBuyAndGetCode(client, {
      ...common,
      customerBuys: {
        value: { amount: decimalOf(minimumSubtotalMinor, currency) },
        items: { collections: { add: shopifyIds(collectionIds).map((id) => gidOf('Collection', id)) } },
      },
      customerGets: { items, value: { discountOnQuantity: { quantity: '1', effect: { percentage: 1 } } } },
      usesPerOrderLimit: 1,
    });
  },
  isSame: (discount, grant) => {
    if (!isForThings(discount, grant)) return false;
    const { amount, buys } = discount;
    const { minimumSubtotalMinor: minimum, currency } = grant;
    if (minimum === null) return buys === null && amount === decimalOf(grant.amountMinor, currency);
    return (
      buys !== null &&
      Number(buys.amount) === Number(decimalOf(minimum, currency)) &&
      [...buys.collectionIds].sort().join() === shopifyIds(grant.collectionIds).sort().join()
    );
  },
};
