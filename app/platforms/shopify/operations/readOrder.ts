import { z } from 'zod';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { PlatformId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure, UnreadableOrder } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { gidOf } from '../gid';
import {
  lineItemFields,
  lineItemSchema,
  orderFields,
  orderSchema,
  refundSchema,
  shippingLineFields,
  shippingLineSchema,
  snapshotOf,
} from './orderFields';

export const operation = `#graphql
  query FidelioReadOrder($id: ID!, $linesAfter: String) {
    order(id: $id) {
      ${orderFields}
      lineItems(first: 50, after: $linesAfter) { pageInfo { hasNextPage endCursor } nodes { ${lineItemFields} } }
      shippingLines(first: 20) { nodes { ${shippingLineFields} } }
      refunds(first: 50) {
        id createdAt processedAt
        refundLineItems(first: 50) { nodes { lineItem { id } quantity subtotalSet { shopMoney { amount } }
          totalTaxSet { shopMoney { amount } } } }
        orderAdjustments(first: 20) { nodes { amountSet { shopMoney { amount } } } }
        refundShippingLines(first: 20) { nodes { subtotalAmountSet { shopMoney { amount } }
          taxAmountSet { shopMoney { amount } } } }
      }
    }
  }`;

const answer = z.object({
  order: orderSchema
    .extend({
      lineItems: z.object({
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
        nodes: z.array(lineItemSchema),
      }),
      shippingLines: z.object({ nodes: z.array(shippingLineSchema) }),
      refunds: z.array(refundSchema),
    })
    .nullable(),
});

/** Reads one order in its present state; null when it does not exist (any more). */
export const readOrder = async (
  client: AdminClient,
  orderId: PlatformId,
  hashEmail: (email: string) => string,
): Promise<Result<OrderSnapshot | null, PlatformFailure | UnreadableOrder>> => {
  const lines: z.infer<typeof lineItemSchema>[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Result<z.infer<typeof answer>, PlatformFailure> = await client.ask(
      operation,
      { id: gidOf('Order', orderId), linesAfter: after },
      answer,
    );
    if (!page.ok) return page;
    const order: z.infer<typeof answer>['order'] = page.value.order;
    if (order === null) return ok(null);
    lines.push(...order.lineItems.nodes);
    if (!order.lineItems.pageInfo.hasNextPage) {
      return snapshotOf({ order, lines, shippingLines: order.shippingLines.nodes, refunds: order.refunds }, hashEmail);
    }
    after = order.lineItems.pageInfo.endCursor ?? null;
  }
};
