import { z } from 'zod';
import { asId } from '~/core/values/ids';
import type { DiscountShare, OrderLine, OrderRefund, OrderSnapshot } from '~/core/orders/snapshot';
import { instant } from '~/core/values/instant';
import { parseMoney } from '~/core/values/money';
import type { Result } from '~/core/values/result';
import type { UnreadableOrder } from '~/platforms/platform';
import { idOf } from '../gid';
import { byLineId, financialStatusOf, sensible, Unreadable } from '../orderPayload';

/** The fields of an order that both the read-back and the export of past orders ask for. */
export const orderFields = `
  id name currencyCode createdAt processedAt updatedAt cancelledAt test email sourceName taxesIncluded
  displayFinancialStatus displayFulfillmentStatus discountCodes
  customer { id }
  totalTipReceivedSet { shopMoney { amount } }`;

export const lineItemFields = `
  id title vendor quantity currentQuantity isGiftCard product { id } variant { id }
  originalUnitPriceSet { shopMoney { amount } }
  discountAllocations { allocatedAmountSet { shopMoney { amount } }
    discountApplication { __typename ... on DiscountCodeApplication { code } } }
  taxLines { priceSet { shopMoney { amount } } }`;

export const shippingLineFields = `
  id originalPriceSet { shopMoney { amount } }
  discountAllocations { allocatedAmountSet { shopMoney { amount } }
    discountApplication { __typename ... on DiscountCodeApplication { code } } }
  taxLines { priceSet { shopMoney { amount } } }`;

const amount = z.object({ shopMoney: z.object({ amount: z.string() }) });
const allocations = z.array(
  z.object({
    allocatedAmountSet: amount,
    discountApplication: z.object({ __typename: z.string(), code: z.string().optional() }),
  }),
);
const taxLines = z
  .array(z.object({ priceSet: amount }).nullable())
  .transform((lines) => lines.filter((line) => line !== null));
const node = z.object({ id: z.string() });

export const lineItemSchema = z.object({
  id: z.string(),
  title: z.string(),
  vendor: z.string().nullish(),
  quantity: z.int(),
  currentQuantity: z.int(),
  isGiftCard: z.boolean(),
  product: node.nullish(),
  variant: node.nullish(),
  originalUnitPriceSet: amount,
  discountAllocations: allocations,
  taxLines,
});

export const shippingLineSchema = z.object({
  id: z.string().nullish(),
  originalPriceSet: amount,
  discountAllocations: allocations,
  taxLines,
});

export const orderSchema = z.object({
  id: z.string(),
  name: z.string(),
  currencyCode: z.string(),
  createdAt: z.string(),
  processedAt: z.string(),
  updatedAt: z.string(),
  cancelledAt: z.string().nullish(),
  test: z.boolean(),
  email: z.string().nullish(),
  sourceName: z.string().nullish(),
  taxesIncluded: z.boolean(),
  displayFinancialStatus: z.string().nullish(),
  displayFulfillmentStatus: z.string().nullish(),
  discountCodes: z.array(z.string()),
  customer: node.nullish(),
  totalTipReceivedSet: amount.nullish(),
});

export const refundSchema = z.object({
  id: z.string(),
  createdAt: z.string().nullish(),
  processedAt: z.string(),
  refundLineItems: z.object({
    nodes: z.array(z.object({ lineItem: node, quantity: z.int(), subtotalSet: amount, totalTaxSet: amount })),
  }),
  orderAdjustments: z.object({ nodes: z.array(z.object({ amountSet: amount })) }),
  refundShippingLines: z.object({ nodes: z.array(z.object({ subtotalAmountSet: amount, taxAmountSet: amount })) }),
});

export type OrderParts = {
  readonly order: z.infer<typeof orderSchema>;
  readonly lines: readonly z.infer<typeof lineItemSchema>[];
  readonly shippingLines: readonly z.infer<typeof shippingLineSchema>[];
  readonly refunds: readonly z.infer<typeof refundSchema>[];
};

/** The same snapshot that a webhook of this state would give, or why it cannot be read or makes no sense. */
export const snapshotOf = (
  parts: OrderParts,
  hashEmail: (email: string) => string,
): Result<OrderSnapshot, UnreadableOrder> => sensible(() => toSnapshot(parts, hashEmail));

const toSnapshot = (
  { order, lines, shippingLines, refunds }: OrderParts,
  hashEmail: (email: string) => string,
): OrderSnapshot => {
  const money = (set: z.infer<typeof amount>): number => minorOf(set.shopMoney.amount, order.currencyCode);
  const shares = (list: z.infer<typeof allocations>): readonly DiscountShare[] =>
    list.map(({ allocatedAmountSet, discountApplication }) => ({
      code: discountApplication.code ?? null,
      amountMinor: money(allocatedAmountSet),
    }));
  const tax = (list: z.infer<typeof taxLines>): number => list.reduce((sum, { priceSet }) => sum + money(priceSet), 0);
  const tip = order.totalTipReceivedSet == null ? 0 : money(order.totalTipReceivedSet);
  return {
    orderId: idOf(order.id),
    name: order.name,
    currency: order.currencyCode,
    instant: momentOf(order.processedAt),
    createdAt: momentOf(order.createdAt),
    updatedAt: momentOf(order.updatedAt),
    cancelledAt: order.cancelledAt == null ? null : momentOf(order.cancelledAt),
    test: order.test,
    customerId: order.customer == null ? null : idOf(order.customer.id),
    emailHash: order.email == null || order.email.trim() === '' ? null : hashEmail(order.email),
    channel: order.sourceName ?? null,
    financialStatus: financialStatusOf(order.displayFinancialStatus ?? null),
    fulfillmentStatus: fulfilmentOf(order.displayFulfillmentStatus ?? null),
    taxesIncluded: order.taxesIncluded,
    discountCodes: order.discountCodes,
    lines: lines
      .map((line): OrderLine => ({
        lineId: asId(idOf(line.id)),
        productId: line.product == null ? null : idOf(line.product.id),
        variantId: line.variant == null ? null : idOf(line.variant.id),
        title: line.title,
        vendor: line.vendor ?? null,
        quantity: line.quantity,
        currentQuantity: line.currentQuantity,
        listMinor: money(line.originalUnitPriceSet) * line.quantity,
        discounts: shares(line.discountAllocations),
        taxMinor: tax(line.taxLines),
        giftCard: line.isGiftCard,
        // The API does not mark a tip's line: it is the one without a product that costs what was tipped.
        tip:
          tip > 0 &&
          line.product == null &&
          line.variant == null &&
          money(line.originalUnitPriceSet) * line.quantity === tip,
      }))
      .sort(byLineId),
    shipping: {
      listMinor: shippingLines.reduce((sum, line) => sum + money(line.originalPriceSet), 0),
      discounts: shippingLines.flatMap((line) => shares(line.discountAllocations)),
      taxMinor: shippingLines.reduce((sum, line) => sum + tax(line.taxLines), 0),
    },
    refunds: refunds
      .map((refund) => refundOf(refund, money))
      .sort((a, b) => a.at - b.at || byLineId({ lineId: a.refundId }, { lineId: b.refundId })),
  };
};

const refundOf = (
  refund: z.infer<typeof refundSchema>,
  money: (set: z.infer<typeof amount>) => number,
): OrderRefund => ({
  refundId: idOf(refund.id),
  at: momentOf(refund.processedAt),
  lines: refund.refundLineItems.nodes
    .map((line) => ({
      lineId: idOf(line.lineItem.id),
      quantity: line.quantity,
      subtotalMinor: money(line.subtotalSet),
      taxMinor: money(line.totalTaxSet),
    }))
    .sort(byLineId),
  shippingMinor: refund.refundShippingLines.nodes.reduce((sum, line) => sum + money(line.subtotalAmountSet), 0),
  shippingTaxMinor: refund.refundShippingLines.nodes.reduce((sum, line) => sum + money(line.taxAmountSet), 0),
  adjustmentMinor: refund.orderAdjustments.nodes.reduce((sum, one) => sum + money(one.amountSet), 0),
});

const minorOf = (text: string, currency: string): number => {
  const minor = parseMoney(text, currency);
  if (!minor.ok) throw new Unreadable(`An amount of the order cannot be read as ${currency}: ${minor.error.kind}.`);
  return minor.value;
};

export const momentOf = (text: string) => instant(Date.parse(text));

export const fulfilmentOf = (status: string | null): OrderSnapshot['fulfillmentStatus'] => {
  if (status === 'FULFILLED') return 'fulfilled';
  return status === 'PARTIALLY_FULFILLED' ? 'partial' : 'none';
};
