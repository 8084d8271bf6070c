import { ok } from '~/core/values/result';
import type { Platform } from '~/platforms/platform';
import type { AdminClient } from './adminClient';
import { gidOf } from './gid';

import { deactivateDiscountCode } from './operations/deactivateDiscountCode';
import { findCustomersByEmail } from './operations/findCustomersByEmail';
import { listCustomerTags } from './operations/listCustomerTags';
import { listOrders } from './operations/listOrders';
import { readAppInstallation } from './operations/readAppInstallation';
import { readCustomerTags } from './operations/readCustomerTags';
import { readCustomers } from './operations/readCustomers';
import { readDiscountCode } from './operations/readDiscountCode';
import { readOrder } from './operations/readOrder';
import { readOrderExport } from './operations/readOrderExport';
import { readProducts } from './operations/readProducts';
import { readShop } from './operations/readShop';
import { searchCustomers } from './operations/searchCustomers';
import { setMetafield } from './operations/setMetafield';
import { startOrderExport } from './operations/startOrderExport';
import { tagCustomer } from './operations/tagCustomer';
import { issueCode } from './rewards/issueCode';
import { streamOrders } from './streamOrders';

/** What the use cases need of a shop, said in Shopify's words. */
export const createShopifyPlatform = (client: AdminClient, hashEmail: (email: string) => string): Platform => ({
  readShop: () => readShop(client),
  readOrder: (orderId) => readOrder(client, orderId, hashEmail),
  listOrders: (window, cursor) => listOrders(client, window, cursor),
  issueReward: (request) => issueCode(client, request),
  voidReward: (reference) => deactivateDiscountCode(client, reference),
  readRewardUse: async (code) => {
    const read = await readDiscountCode(client, code);
    if (!read.ok) return read;
    const discount = read.value;
    return ok(
      discount === null
        ? { kind: 'unknown' }
        : { kind: 'known', reference: discount.id, uses: discount.uses, active: discount.active },
    );
  },
  publishMemberSummary: (customerId, summary) =>
    setMetafield(client, { ownerId: gidOf('Customer', customerId), namespace: '$app', key: 'loyalty', value: summary }),
  tagCustomer: (customerId, tags) => tagCustomer(client, customerId, tags),
  publishProgramSummary: async (summary) => {
    const installation = await readAppInstallation(client);
    return installation.ok
      ? setMetafield(client, { ownerId: installation.value, namespace: 'loyalty', key: 'program', value: summary })
      : installation;
  },
  readProducts: (productIds) => readProducts(client, productIds),
  readLabels: (customerIds) => readCustomerTags(client, customerIds),
  listLabels: (window, cursor) => listCustomerTags(client, window, cursor),
  readCustomers: (customerIds) => readCustomers(client, customerIds),
  searchCustomers: (text) => searchCustomers(client, text),
  findCustomersByEmail: (emails) => findCustomersByEmail(client, emails),
  startOrderExport: (since) => startOrderExport(client, since),
  readOrderExport: (exportId) => readOrderExport(client, exportId),
  streamOrderExport: (url, skipOrders) => streamOrders(client, url, skipOrders, hashEmail),
});
