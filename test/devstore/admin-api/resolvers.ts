import type {
  Customer,
  Devstore,
  LinePayload,
  OrderPayload,
  RefundPayload,
  ShippingPayload,
  Allocation,
  MoneySet,
  TaxLine,
} from '../process/state';
import { decimal, minor, nowOf, payable } from '../process/state';
import { automaticRoot } from './automatic';
import { startBulk } from './bulk';
import {
  byCode,
  createBasic,
  createBuyAndGet,
  createFreeShipping,
  deactivateDiscount,
  discountNode,
} from './discounts';
import type { BasicInput, BuyAndGetInput, ShippingInput } from './inputs';
import { collectionNode, productNode, variantNode } from './catalogue';
import { createGiftCard, giftCardConfiguration, giftCardsFound, type GiftCardInput } from './giftCards';
import { connection, gid, numberOf, userError } from './nodes';
import { accountById, accountsOf, creditStoreAccount, type CreditInput } from './storeCredit';
import { tagCustomer } from './tags';
import { themesRoot } from './themes';

/** What an operation may refer to: the store, and the scopes the app was granted. */
export type Context = { readonly store: Devstore };

const money = (set: MoneySet) => ({
  shopMoney: { amount: set.shop_money.amount, currencyCode: set.shop_money.currency_code },
});
const allocations = (order: OrderPayload, list: readonly Allocation[]) =>
  list.map((one) => ({
    allocatedAmountSet: money(one.amount_set),
    discountApplication: {
      __typename: 'DiscountCodeApplication',
      code: order.discount_applications[one.discount_application_index]?.code,
      index: one.discount_application_index,
    },
  }));
const taxes = (list: readonly TaxLine[]) =>
  list.map((line) => ({ priceSet: money(line.price_set), rate: line.rate, title: line.title }));

const lineNode = (order: OrderPayload, line: LinePayload) => ({
  id: gid('LineItem', line.id),
  title: line.title,
  vendor: line.vendor,
  quantity: line.quantity,
  currentQuantity: line.current_quantity,
  isGiftCard: line.gift_card,
  product: line.product_id === null ? null : { id: gid('Product', line.product_id) },
  variant: line.variant_id === null ? null : { id: gid('ProductVariant', line.variant_id) },
  originalUnitPriceSet: money(line.price_set),
  discountAllocations: allocations(order, line.discount_allocations),
  taxLines: taxes(line.tax_lines),
});

const shippingNode = (order: OrderPayload, line: ShippingPayload) => ({
  id: gid('ShippingLine', line.id),
  originalPriceSet: money(line.price_set),
  discountAllocations: allocations(order, line.discount_allocations),
  taxLines: taxes(line.tax_lines),
});

const refundNode = (refund: RefundPayload) => ({
  id: gid('Refund', refund.id),
  createdAt: refund.created_at,
  processedAt: refund.processed_at,
  refundLineItems: (args: object) =>
    connection(
      refund.refund_line_items.map((item) => ({
        lineItem: { id: gid('LineItem', item.line_item_id) },
        quantity: item.quantity,
        subtotalSet: money(item.subtotal_set),
        totalTaxSet: money(item.total_tax_set),
      })),
      args,
    ),
  orderAdjustments: (args: object) =>
    connection(
      refund.order_adjustments
        .filter((one) => one.kind !== 'shipping_refund')
        .map((one) => ({
          id: gid('OrderAdjustment', one.id),
          amountSet: money(one.amount_set),
          taxAmountSet: money(one.tax_amount_set),
        })),
      args,
    ),
  refundShippingLines: (args: object) =>
    connection(
      refund.refund_shipping_lines.map((one) => {
        const back = minor(one.subtotal_amount_set.shop_money.amount);
        const price = minor(one.shipping_line.price_set.shop_money.amount);
        const tax = one.shipping_line.tax_lines.reduce((sum, line) => sum + minor(line.price), 0);
        const { currency_code: currency } = one.subtotal_amount_set.shop_money;
        const share = decimal(price === 0 ? 0 : payable(currency, (tax * back) / price));
        return {
          id: gid('RefundShippingLine', one.id),
          subtotalAmountSet: money(one.subtotal_amount_set),
          taxAmountSet: { shopMoney: { amount: share, currencyCode: currency } },
        };
      }),
      args,
    ),
});

export const orderNode = (order: OrderPayload) => ({
  __typename: 'Order',
  id: gid('Order', order.id),
  name: order.name,
  currencyCode: order.currency,
  createdAt: order.created_at,
  processedAt: order.processed_at,
  updatedAt: order.updated_at,
  cancelledAt: order.cancelled_at,
  test: order.test,
  email: order.email,
  sourceName: order.source_name,
  taxesIncluded: order.taxes_included,
  displayFinancialStatus: order.financial_status.toUpperCase(),
  displayFulfillmentStatus: order.fulfillment_status === 'fulfilled' ? 'FULFILLED' : 'UNFULFILLED',
  discountCodes: order.discount_codes.map(({ code }) => code),
  customer: order.customer == null ? null : { __typename: 'Customer', id: gid('Customer', order.customer.id) },
  subtotalLineItemsQuantity: order.line_items.reduce((sum, line) => sum + line.quantity, 0),
  currentSubtotalLineItemsQuantity: order.line_items.reduce((sum, line) => sum + line.current_quantity, 0),
  totalTipReceivedSet: { shopMoney: { amount: '0.00', currencyCode: order.currency } },
  lineItems: (args: object) =>
    connection(
      order.line_items.map((line) => lineNode(order, line)),
      args,
    ),
  shippingLines: (args: object) =>
    connection(
      order.shipping_lines.map((line) => shippingNode(order, line)),
      args,
    ),
  refunds: () => order.refunds.map(refundNode),
});

const customerNode = (store: Devstore, customer: Customer) => ({
  __typename: 'Customer',
  id: gid('Customer', customer.id),
  displayName: `${customer.firstName} ${customer.lastName}`,
  tags: customer.tags,
  verifiedEmail: customer.verifiedEmail,
  defaultEmailAddress: { emailAddress: customer.email },
  storeCreditAccounts: accountsOf(store, customer.id),
});

type MetafieldInput = { ownerId: string; namespace?: string; key: string; type?: string; value: string };

const setMetafields = (store: Devstore, list: readonly MetafieldInput[]) => {
  const wrong = list.flatMap(({ ownerId, type, value }, index) => {
    const at = (name: string): string[] => ['metafields', String(index), name];
    if (type === 'json' && !isJson(value)) return [userError(at('value'), 'Value is invalid JSON.', 'INVALID_VALUE')];
    const customer = /^gid:\/\/shopify\/Customer\/(\d+)$/.exec(ownerId);
    const owner = customer === null ? ownerId === gid('AppInstallation', 1) : store.customers.has(Number(customer[1]));
    return owner ? [] : [userError(at('ownerId'), 'Owner does not exist.', 'INVALID')];
  });
  if (wrong.length > 0) return { metafields: null, userErrors: wrong };
  for (const one of list)
    store.metafields.set(`${one.ownerId}|${one.namespace ?? '$app'}|${one.key}`, {
      type: one.type ?? 'json',
      value: one.value,
    });
  return { metafields: list.map((_, index) => ({ id: gid('Metafield', index + 1) })), userErrors: [] };
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const sixtyDaysMs = 60 * 86_400_000;

/** The orders the app may see: the last 60 days unless it was granted more. */
export const visibleOrders = (store: Devstore): readonly OrderPayload[] => {
  const all = [...store.orders.values()].sort((a, b) => Date.parse(a.processed_at) - Date.parse(b.processed_at));
  if (store.app.scopes.includes('read_all_orders')) return all;
  const since = nowOf(store).getTime() - sixtyDaysMs;
  return all.filter((order) => Date.parse(order.processed_at) >= since);
};

const find = (store: Devstore, id: string): unknown => {
  const type = /^gid:\/\/shopify\/(\w+)\//.exec(id)?.[1];
  if (type === 'Customer') {
    const customer = store.customers.get(numberOf(id, 'Customer'));
    return customer === undefined ? null : customerNode(store, customer);
  }
  if (type === 'BulkOperation') {
    const operation = store.bulkOperations.get(numberOf(id, 'BulkOperation'));
    if (operation === undefined) return null;
    return {
      __typename: 'BulkOperation',
      id,
      status: operation.status,
      errorCode: null,
      objectCount: String(operation.objects),
      rootObjectCount: String(operation.rootObjects),
      url: operation.url,
    };
  }
  if (type === 'Product') {
    const product = store.products.find((one) => one.id === numberOf(id, 'Product'));
    return product === undefined ? null : productNode(store, product);
  }
  if (type === 'ProductVariant') return variantNode(store, numberOf(id, 'ProductVariant'));
  if (type === 'Collection') return collectionNode(store, numberOf(id, 'Collection'));
  throw new Error(`The devstore finds no ${type ?? 'such'} node.`);
};

const changeTags = (store: Devstore, id: string, change: (before: readonly string[]) => readonly string[]) => {
  const customer = store.customers.get(numberOf(id, 'Customer'));
  if (customer === undefined)
    return { node: null, userErrors: [{ field: ['id'], message: 'The customer does not exist.' }] };
  tagCustomer(store, customer, change(customer.tags));
  return { node: null, userErrors: [] };
};

const search = (store: Devstore, query: string): readonly Customer[] => {
  if (query.startsWith('updated_at:')) {
    const test = datedWithin(query);
    const found = [...store.customers.values()].filter(({ updatedAt }) => test({ updated_at: updatedAt }));
    return found.sort((a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt));
  }
  const asked = [...query.matchAll(/email:"([^"]+)"/g)].map((match) => match[1]);
  if (asked.length > 0) return [...store.customers.values()].filter(({ email }) => asked.includes(email.toLowerCase()));
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return [...store.customers.values()].filter((customer) => {
    const text = `${customer.firstName} ${customer.lastName} ${customer.email}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

/** Only the conditions on dates that the app asks for; any other one is a loud error. */
const datedWithin = (query: string): ((dated: Readonly<Record<string, unknown>>) => boolean) => {
  const terms = query.split(' AND ').filter((term) => term !== '');
  const tests = terms.map((term) => {
    const match = /^(updated_at|processed_at):(>=|<=)'([^']+)'$/.exec(term);
    if (match === null) throw new Error(`The devstore cannot search for ${term}.`);
    const moment = Date.parse(match[3] ?? '');
    return (dated: Readonly<Record<string, unknown>>): boolean => {
      const date = Date.parse(dated[match[1] ?? ''] as string);
      return match[2] === '>=' ? date >= moment : date <= moment;
    };
  });
  return (dated) => tests.every((test) => test(dated));
};

const ordersFound = (store: Devstore, query: string, byUpdate: boolean): readonly OrderPayload[] => {
  const found = visibleOrders(store).filter(datedWithin(query));
  return byUpdate ? [...found].sort((a, b) => Date.parse(a.updated_at) - Date.parse(b.updated_at)) : found;
};

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)];

/** Every operation this shop answers. What is not here is a loud error, never null. */
export const rootOf = ({ store }: Context) => ({
  ...automaticRoot(store),
  ...themesRoot(store),
  shop: {
    primaryDomain: { localization: { defaultLocale: 'it' } },
    myshopifyDomain: store.shop.domain,
    name: store.shop.name,
    currencyCode: store.shop.currency,
    ianaTimezone: store.shop.timeZone,
    features: { giftCards: store.giving.giftCards },
    customerTags: (args: object) => connection(unique([...store.customers.values()].flatMap(({ tags }) => tags)), args),
  },
  productTags: (args: object) => connection(unique(store.products.map(({ collection }) => collection)), args),
  productTypes: (args: object) => connection(unique(store.products.map(({ collection }) => collection)), args),
  productVendors: (args: object) => connection(unique(store.products.map(({ vendor }) => vendor)), args),
  currentAppInstallation: {
    id: gid('AppInstallation', 1),
    accessScopes: store.app.scopes.map((handle) => ({ handle })),
    app: { apiKey: store.app.apiKey, handle: 'fidelio' },
  },
  customer: ({ id }: { id: string }) => find(store, id),
  storeCreditConfiguration: { storeCreditEnabled: store.giving.storeCredit },
  storeCreditAccount: ({ id }: { id: string }) => accountById(store, id),
  storeCreditAccountCredit: ({ id, creditInput }: { id: string; creditInput: CreditInput }) =>
    creditStoreAccount(store, id, creditInput),
  giftCardConfiguration: giftCardConfiguration(store),
  giftCards: ({ query, ...args }: { query?: string; first?: number }) => giftCardsFound(store, query ?? '', args),
  giftCardCreate: ({ input }: { input: GiftCardInput }) => createGiftCard(store, input),
  order: ({ id }: { id: string }) => {
    const order = visibleOrders(store).find((one) => one.id === numberOf(id, 'Order'));
    return order === undefined ? null : orderNode(order);
  },
  orders: ({ query, sortKey, ...args }: { query?: string; sortKey?: string; first?: number; after?: string }) =>
    connection(ordersFound(store, query ?? '', sortKey === 'UPDATED_AT').map(orderNode), args),
  customers: ({ query, ...args }: { query?: string; first?: number }) =>
    connection(
      search(store, query ?? '').map((one) => customerNode(store, one)),
      args,
    ),
  node: ({ id }: { id: string }) => find(store, id),
  nodes: ({ ids }: { ids: string[] }) => ids.map((id) => find(store, id)),
  codeDiscountNodeByCode: ({ code }: { code: string }) => {
    const discount = byCode(store, code);
    return discount === undefined ? null : discountNode(store, discount);
  },
  discountCodeBasicCreate: ({ basicCodeDiscount }: { basicCodeDiscount: BasicInput }) =>
    createBasic(store, basicCodeDiscount),
  discountCodeBxgyCreate: ({ bxgyCodeDiscount }: { bxgyCodeDiscount: BuyAndGetInput }) =>
    createBuyAndGet(store, bxgyCodeDiscount),
  discountCodeFreeShippingCreate: ({ freeShippingCodeDiscount }: { freeShippingCodeDiscount: ShippingInput }) =>
    createFreeShipping(store, freeShippingCodeDiscount),
  discountCodeDeactivate: ({ id }: { id: string }) => deactivateDiscount(store, id),
  tagsAdd: ({ id, tags }: { id: string; tags: string[] }) =>
    changeTags(store, id, (before) => [...new Set([...before, ...tags])]),
  tagsRemove: ({ id, tags }: { id: string; tags: string[] }) =>
    changeTags(store, id, (before) => before.filter((tag) => !tags.includes(tag))),
  metafieldsSet: ({ metafields }: { metafields: MetafieldInput[] }) => setMetafields(store, metafields),
  bulkOperationRunQuery: ({ query, groupObjects }: { query: string; groupObjects: boolean }) =>
    startBulk(store, query, groupObjects),
});
