import type {
  Customer,
  Devstore,
  Product,
  Discount,
  LinePayload,
  OrderPayload,
  RefundPayload,
  ShippingPayload,
  Allocation,
  MoneySet,
  TaxLine,
} from '../process/state';
import { decimal, minor, newNumber, nowOf, timeText } from '../process/state';
import { startBulk } from './bulk';
import { tagCustomer } from './tags';

/** What an operation may refer to: the store, and the scopes the app was granted. */
export type Context = { readonly store: Devstore };

const gid = (type: string, id: number): string => `gid://shopify/${type}/${id}`;
const numberOf = (id: string, type: string): number => {
  const match = new RegExp(`^gid://shopify/${type}/(\\d+)$`).exec(id);
  if (match === null) throw new Error(`Invalid global id '${id}'`);
  return Number(match[1]);
};

const money = (set: MoneySet) => ({
  shopMoney: { amount: set.shop_money.amount, currencyCode: set.shop_money.currency_code },
});
const connection = <Node>(
  nodes: readonly Node[],
  { first, after }: { first?: number | null; after?: string | null } = {},
) => {
  const from = after == null ? 0 : Number(after);
  const page = nodes.slice(from, from + (first ?? nodes.length));
  const end = from + page.length;
  return {
    nodes: page,
    edges: page.map((node) => ({ node })),
    pageInfo: {
      hasNextPage: end < nodes.length,
      hasPreviousPage: from > 0,
      endCursor: String(end),
      startCursor: String(from),
    },
  };
};

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
        const share = decimal(price === 0 ? 0 : Math.round((tax * back) / price));
        return {
          id: gid('RefundShippingLine', one.id),
          subtotalAmountSet: money(one.subtotal_amount_set),
          taxAmountSet: {
            shopMoney: { amount: share, currencyCode: one.subtotal_amount_set.shop_money.currency_code },
          },
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

const customerNode = (customer: Customer) => ({
  __typename: 'Customer',
  id: gid('Customer', customer.id),
  displayName: `${customer.firstName} ${customer.lastName}`,
  tags: customer.tags,
  defaultEmailAddress: { emailAddress: customer.email },
});

const statusOf = (store: Devstore, discount: Discount): string => {
  const now = nowOf(store);
  if (!discount.active || (discount.endsAt !== null && new Date(discount.endsAt) <= now)) return 'EXPIRED';
  return new Date(discount.startsAt) > now ? 'SCHEDULED' : 'ACTIVE';
};

const discountNode = (store: Devstore, discount: Discount) => ({
  id: gid('DiscountCodeNode', discount.id),
  codeDiscount: {
    __typename: discount.shipping === null ? 'DiscountCodeBasic' : 'DiscountCodeFreeShipping',
    title: discount.title,
    status: statusOf(store, discount),
    asyncUsageCount: discount.uses,
    tags: discount.tags,
    usageLimit: discount.usageLimit,
    codes: (args: object) =>
      connection(
        [{ id: gid('DiscountRedeemCode', discount.id), code: discount.code, asyncUsageCount: discount.uses }],
        args,
      ),
    context: {
      __typename: 'DiscountCustomers',
      customers: discount.customerIds.map((id) => ({ __typename: 'Customer', id: gid('Customer', id) })),
    },
    ...valueOf(store, discount),
  },
});

const valueOf = (store: Devstore, { amountMinor, shipping }: Discount) => {
  const money = (amount: number) => ({ amount: decimal(amount), currencyCode: store.shop.currency });
  if (shipping === null) {
    const value = { __typename: 'DiscountAmount', amount: money(amountMinor), appliesOnEachItem: false };
    return { customerGets: { value } };
  }
  return {
    maximumShippingPrice: shipping.maxRateMinor === null ? null : money(shipping.maxRateMinor),
    destinationSelection:
      shipping.countries.length === 0
        ? { __typename: 'DiscountCountryAll', allCountries: true }
        : { __typename: 'DiscountCountries', countries: shipping.countries, includeRestOfWorld: false },
  };
};

type CodeInput = {
  title?: string;
  code?: string;
  startsAt?: string;
  endsAt?: string;
  usageLimit?: number;
  appliesOncePerCustomer?: boolean;
  tags?: string[];
  combinesWith?: Partial<Discount['combinesWith']>;
  context?: { customers?: { add?: string[] } };
  minimumRequirement?: { subtotal?: { greaterThanOrEqualToSubtotal: string } };
};
type BasicInput = CodeInput & { customerGets?: { value?: { discountAmount?: { amount: string } } } };
type ShippingInput = CodeInput & {
  destination?: { all?: boolean; countries?: { add?: string[]; includeRestOfWorld?: boolean } };
  maximumShippingPrice?: string;
};

const userError = (field: string[], message: string, code: string | null = null) => ({
  field,
  message,
  code,
  extraInfo: null,
});
const byCode = (store: Devstore, code: string): Discount | undefined =>
  [...store.discounts.values()].find((one) => one.code.toUpperCase() === code.toUpperCase());

/** `discountCodeBasicCreate` with the refusals Shopify gives. */
const createBasic = (store: Devstore, input: BasicInput) => {
  const amount = input.customerGets?.value?.discountAmount?.amount;
  return createCode(store, input, 'basicCodeDiscount', {
    value: { amountMinor: minor(amount ?? '0'), shipping: null },
    wrong:
      amount === undefined || minor(amount) <= 0
        ? { field: 'customerGets', message: 'Value must be greater than 0', code: 'VALUE_OUTSIDE_RANGE' }
        : null,
  });
};

/** `discountCodeFreeShippingCreate` with the refusals Shopify gives. */
const createFreeShipping = (store: Devstore, input: ShippingInput) => {
  const { destination, maximumShippingPrice: rate } = input;
  const countries = destination?.countries?.add ?? [];
  const isSomewhere = destination?.all === true || countries.length > 0;
  return createCode(store, input, 'freeShippingCodeDiscount', {
    value: { amountMinor: 0, shipping: { maxRateMinor: rate === undefined ? null : minor(rate), countries } },
    wrong: isSomewhere ? null : { field: 'destination', message: "Destination can't be blank", code: 'BLANK' },
  });
};

type OwnPart = {
  readonly value: Pick<Discount, 'amountMinor' | 'shipping'>;
  readonly wrong: { readonly field: string; readonly message: string; readonly code: string } | null;
};

const createCode = (store: Devstore, input: CodeInput, argument: string, { value, wrong }: OwnPart) => {
  const field = (name: string): string[] => [argument, name];
  const refuse = (error: ReturnType<typeof userError>) => ({ codeDiscountNode: null, userErrors: [error] });
  const code = input.code ?? '';
  if (store.faults.refuseDiscount !== null)
    return refuse(userError(field('code'), store.faults.refuseDiscount, 'INVALID'));
  if (code === '') return refuse(userError(field('code'), "Code can't be blank", 'BLANK'));
  if ((input.title ?? '') === '') return refuse(userError(field('title'), "Title can't be blank", 'BLANK'));
  if (byCode(store, code) !== undefined)
    return refuse(userError(field('code'), 'Code must be unique. Please try a different code.', 'TAKEN'));
  if (wrong !== null) return refuse(userError(field(wrong.field), wrong.message, wrong.code));
  if (input.endsAt != null && new Date(input.endsAt) <= new Date(input.startsAt ?? 0))
    return refuse(userError(field('endsAt'), 'Ends at needs to be after starts_at', 'END_DATE_BEFORE_START_DATE'));
  const customerIds = (input.context?.customers?.add ?? []).map((id) => numberOf(id, 'Customer'));
  if (customerIds.some((id) => !store.customers.has(id)))
    return refuse(userError(field('context'), 'Customer does not exist', 'INVALID'));
  const id = newNumber(store);
  const least = input.minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal;
  store.discounts.set(id, {
    id,
    code,
    customerIds,
    title: input.title ?? '',
    tags: input.tags ?? [],
    startsAt: input.startsAt ?? timeText(nowOf(store)),
    endsAt: input.endsAt ?? null,
    usageLimit: input.usageLimit ?? null,
    appliesOncePerCustomer: input.appliesOncePerCustomer ?? false,
    ...value,
    minimumMinor: least === undefined ? null : minor(least),
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false, ...input.combinesWith },
    active: true,
    uses: 0,
  });
  return { codeDiscountNode: { id: gid('DiscountCodeNode', id) }, userErrors: [] };
};

const deactivateDiscount = (store: Devstore, id: string) => {
  const discount = store.discounts.get(numberOf(id, 'DiscountCodeNode'));
  if (discount === undefined)
    return { codeDiscountNode: null, userErrors: [userError(['id'], 'Code discount does not exist.', 'INVALID')] };
  discount.active = false;
  return { codeDiscountNode: { id }, userErrors: [] };
};

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

const collections = ['pantry', 'home', 'care', 'gifts'];

const productNode = (product: Product) => ({
  __typename: 'Product',
  id: gid('Product', product.id),
  productType: product.collection,
  tags: [product.collection],
  collections: (args: object) =>
    connection([{ id: gid('Collection', 800_000_001 + collections.indexOf(product.collection)) }], args),
  variants: (args: object) =>
    connection(
      [{ id: gid('ProductVariant', product.variantId), price: decimal(product.priceMinor), compareAtPrice: null }],
      args,
    ),
});

const find = (store: Devstore, id: string): unknown => {
  const type = /^gid:\/\/shopify\/(\w+)\//.exec(id)?.[1];
  if (type === 'Customer') {
    const customer = store.customers.get(numberOf(id, 'Customer'));
    return customer === undefined ? null : customerNode(customer);
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
    return product === undefined ? null : productNode(product);
  }
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
    const test = updatedWithin(query);
    const found = [...store.customers.values()].filter(({ updatedAt }) => test(updatedAt));
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

/** Only the conditions on `updated_at` that the app asks for; any other one is a loud error. */
const updatedWithin = (query: string): ((updatedAt: string) => boolean) => {
  const terms = query.split(' AND ').filter((term) => term !== '');
  const tests = terms.map((term) => {
    const match = /^updated_at:(>=|<=)'([^']+)'$/.exec(term);
    if (match === null) throw new Error(`The devstore cannot search for ${term}.`);
    const moment = Date.parse(match[2] ?? '');
    return (updatedAt: string): boolean =>
      match[1] === '>=' ? Date.parse(updatedAt) >= moment : Date.parse(updatedAt) <= moment;
  });
  return (updatedAt) => tests.every((test) => test(updatedAt));
};

const ordersFound = (store: Devstore, query: string, byUpdate: boolean): readonly OrderPayload[] => {
  const test = updatedWithin(query);
  const found = visibleOrders(store).filter((order) => test(order.updated_at));
  return byUpdate ? [...found].sort((a, b) => Date.parse(a.updated_at) - Date.parse(b.updated_at)) : found;
};

/** Every operation this shop answers. What is not here is a loud error, never null. */
export const rootOf = ({ store }: Context) => ({
  shop: { name: store.shop.name, currencyCode: store.shop.currency, ianaTimezone: store.shop.timeZone },
  currentAppInstallation: { id: gid('AppInstallation', 1) },
  order: ({ id }: { id: string }) => {
    const order = visibleOrders(store).find((one) => one.id === numberOf(id, 'Order'));
    return order === undefined ? null : orderNode(order);
  },
  orders: ({ query, sortKey, ...args }: { query?: string; sortKey?: string; first?: number; after?: string }) =>
    connection(ordersFound(store, query ?? '', sortKey === 'UPDATED_AT').map(orderNode), args),
  customers: ({ query, ...args }: { query?: string; first?: number }) =>
    connection(search(store, query ?? '').map(customerNode), args),
  node: ({ id }: { id: string }) => find(store, id),
  nodes: ({ ids }: { ids: string[] }) => ids.map((id) => find(store, id)),
  codeDiscountNodeByCode: ({ code }: { code: string }) => {
    const discount = byCode(store, code);
    return discount === undefined ? null : discountNode(store, discount);
  },
  discountCodeBasicCreate: ({ basicCodeDiscount }: { basicCodeDiscount: BasicInput }) =>
    createBasic(store, basicCodeDiscount),
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
