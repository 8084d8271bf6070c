import { implausible } from '~/core/orders/plausible';
import type { DiscountShare, OrderLine, OrderRefund, OrderSnapshot, RefundLine } from '~/core/orders/snapshot';
import { compareIds } from '~/core/values/ids';
import { parseInstant, type Instant } from '~/core/values/instant';
import { parseMoney } from '~/core/values/money';
import { mulDiv } from '~/core/values/ratio';
import { ok, refuse, type Result } from '~/core/values/result';
import type { UnreadableOrder } from '~/platforms/platform';
import {
  orderPayload,
  type Allocations,
  type LinePayload,
  type OrderPayload,
  type RefundPayload,
  type ShippingPayload,
  type ShopMoney,
  type TaxLines,
} from './orderSchema';

// Carries the sentence out of the depth of the mapping; never leaves the mappings.
export class Unreadable extends Error {}

/** A snapshot that is made by `make`, or the sentence that says why the order cannot be read or makes no sense. */
export const sensible = (make: () => OrderSnapshot): Result<OrderSnapshot, UnreadableOrder> => {
  try {
    const snapshot = make();
    const sentence = implausible(snapshot);
    return sentence === null ? ok(snapshot) : refuse({ kind: 'unreadable', sentence });
  } catch (error) {
    if (error instanceof Unreadable) return refuse({ kind: 'unreadable', sentence: error.message });
    throw error;
  }
};

/** Reads an order as webhooks and the REST shape carry it. ShopMoney is read from `shop_money` only. */
export const readOrderPayload = (
  payload: unknown,
  hashEmail: (email: string) => string,
): Result<OrderSnapshot, UnreadableOrder> => {
  const parsed = orderPayload.safeParse(payload);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse({
      kind: 'unreadable',
      sentence: `The order's field "${issue?.path.join('.') ?? ''}" cannot be read: ${issue?.message ?? 'unknown'}.`,
    });
  }
  return sensible(() => toSnapshot(parsed.data, hashEmail));
};

const moneyOf = (money: ShopMoney, currency: string): number => {
  const { amount, currency_code: code } = money.shop_money;
  if (code !== currency) throw new Unreadable(`The order is in ${currency}, but one of its amounts is in ${code}.`);
  const minor = parseMoney(amount, currency);
  if (!minor.ok) throw new Unreadable(`An amount of the order cannot be read as ${currency}: ${minor.error.kind}.`);
  return minor.value;
};

const momentOf = (text: string, field: string): Instant => {
  const moment = parseInstant(text);
  if (!moment.ok) throw new Unreadable(`The order's field "${field}" is not a point in time.`);
  return moment.value;
};

const toSnapshot = (order: OrderPayload, hashEmail: (email: string) => string): OrderSnapshot => {
  const email = order.email ?? order.contact_email ?? null;
  const refunds = (order.refunds ?? []).map((item) => refundOf(item, order.currency));
  return {
    orderId: order.id,
    name: order.name,
    currency: order.currency,
    instant: momentOf(order.processed_at ?? order.created_at, 'processed_at'),
    createdAt: momentOf(order.created_at, 'created_at'),
    updatedAt: momentOf(order.updated_at, 'updated_at'),
    cancelledAt: order.cancelled_at == null ? null : momentOf(order.cancelled_at, 'cancelled_at'),
    test: order.test ?? false,
    customerId: order.customer?.id ?? null,
    emailHash: email === null || email.trim() === '' ? null : hashEmail(email),
    channel: order.source_name ?? null,
    financialStatus: financialStatusOf(order.financial_status ?? null),
    fulfillmentStatus:
      order.fulfillment_status === 'fulfilled'
        ? 'fulfilled'
        : order.fulfillment_status === 'partial'
          ? 'partial'
          : 'none',
    taxesIncluded: order.taxes_included ?? false,
    discountCodes: (order.discount_codes ?? []).map(({ code }) => code),
    lines: order.line_items.map((line) => lineOf(line, order, refunds)).sort(byLineId),
    shipping: shippingOf(order),
    refunds: [...refunds].sort((a, b) => a.at - b.at || compareIds(a.refundId, b.refundId)),
  };
};

export const byLineId = (a: { readonly lineId: string }, b: { readonly lineId: string }): number =>
  compareIds(a.lineId, b.lineId);

/** Shopify's words for how far an order is paid, in both of its spellings; what is unknown or lapsed is not paid. */
export const financialStatusOf = (status: string | null): OrderSnapshot['financialStatus'] => {
  const word = (status ?? '').toLowerCase();
  switch (word) {
    case 'authorized':
    case 'partially_paid':
    case 'paid':
    case 'partially_refunded':
    case 'refunded':
    case 'voided':
      return word;
    default:
      return 'pending';
  }
};

const sharesOf = (allocations: Allocations, order: OrderPayload): readonly DiscountShare[] =>
  (allocations ?? []).map(({ amount_set, discount_application_index: index }) => {
    const application = order.discount_applications?.[index];
    const code = application?.type === 'discount_code' ? (application.code ?? null) : null;
    return { code, amountMinor: moneyOf(amount_set, order.currency) };
  });

const taxOf = (lines: TaxLines, currency: string): number =>
  (lines ?? []).reduce((sum, line) => sum + moneyOf(line.price_set, currency), 0);

const lineOf = (line: LinePayload, order: OrderPayload, refunds: readonly OrderRefund[]): OrderLine => {
  const refunded = refunds.flatMap(({ lines }) => lines).filter(({ lineId }) => lineId === line.id);
  return {
    lineId: line.id,
    productId: line.product_id ?? null,
    variantId: line.variant_id ?? null,
    title: line.title ?? '',
    vendor: line.vendor ?? null,
    quantity: line.quantity,
    // Older versions of the payload do not say what is left: then it is what was not refunded.
    currentQuantity:
      line.current_quantity ?? Math.max(0, line.quantity - refunded.reduce((sum, { quantity }) => sum + quantity, 0)),
    listMinor: moneyOf(line.price_set, order.currency) * line.quantity,
    discounts: sharesOf(line.discount_allocations, order),
    taxMinor: taxOf(line.tax_lines, order.currency),
    giftCard: line.gift_card ?? false,
    tip: line.tip != null,
  };
};

const shippingOf = (order: OrderPayload): OrderSnapshot['shipping'] => {
  const lines = (order.shipping_lines ?? []).filter((line) => line.is_removed !== true);
  return {
    listMinor: lines.reduce((sum, line) => sum + moneyOf(line.price_set, order.currency), 0),
    discounts: lines.flatMap((line) => sharesOf(line.discount_allocations, order)),
    taxMinor: lines.reduce((sum, line) => sum + taxOf(line.tax_lines, order.currency), 0),
  };
};

const refundOf = (item: RefundPayload, currency: string): OrderRefund => {
  const adjustments = item.order_adjustments ?? [];
  const isShipping = ({ kind }: { readonly kind?: string | null | undefined }): boolean => kind === 'shipping_refund';
  const money = (set: ShopMoney): number => moneyOf(set, currency);
  return {
    refundId: item.id,
    at: momentOf(item.processed_at ?? item.created_at, 'refunds.processed_at'),
    lines: (item.refund_line_items ?? [])
      .map((line): RefundLine => ({
        lineId: line.line_item_id,
        quantity: line.quantity,
        subtotalMinor: money(line.subtotal_set),
        taxMinor: money(line.total_tax_set),
      }))
      .sort(byLineId),
    ...shippingBack(item, adjustments.filter(isShipping), currency),
    adjustmentMinor: adjustments.filter((one) => !isShipping(one)).reduce((sum, one) => sum + money(one.amount_set), 0),
  };
};

// Taxes are of what was charged after discounts.
const soldFor = (line: ShippingPayload, currency: string): number =>
  (line.discount_allocations ?? []).reduce(
    (rest, { amount_set }) => rest - moneyOf(amount_set, currency),
    moneyOf(line.price_set, currency),
  );

// Refunded shipping is listed as an adjustment, in newer payloads (also) as a line of its own: never count both.
const shippingBack = (
  item: RefundPayload,
  adjustments: NonNullable<RefundPayload['order_adjustments']>,
  currency: string,
): Pick<OrderRefund, 'shippingMinor' | 'shippingTaxMinor'> => {
  if (adjustments.length > 0) {
    const sum = (of: (one: (typeof adjustments)[number]) => ShopMoney | null | undefined): number =>
      adjustments.reduce((total, one) => {
        const set = of(one);
        return set == null ? total : total - moneyOf(set, currency);
      }, 0);
    return { shippingMinor: sum((one) => one.amount_set), shippingTaxMinor: sum((one) => one.tax_amount_set) };
  }
  return (item.refund_shipping_lines ?? []).reduce(
    (total, { subtotal_amount_set, shipping_line: line }) => {
      const back = moneyOf(subtotal_amount_set, currency);
      const sold = line == null ? 0 : soldFor(line, currency);
      const charged = line == null ? 0 : taxOf(line.tax_lines, currency);
      if (charged < 0) throw new Unreadable('A refund of the order gives back shipping with a negative tax.');
      // Never more tax than was charged.
      const tax = sold <= 0 ? 0 : mulDiv(charged, Math.min(sold, Math.max(0, back)), sold, 'nearest');
      return { shippingMinor: total.shippingMinor + back, shippingTaxMinor: total.shippingTaxMinor + tax };
    },
    { shippingMinor: 0, shippingTaxMinor: 0 },
  );
};
