import { z } from 'zod';
import { isoOf } from '~/core/values/instant';
import { ok, type Result } from '~/core/values/result';
import type { OrderBatch, OrderWindow, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { idOf } from '../gid';
import { financialStatusOf } from '../orderPayload';
import { fulfilmentOf, momentOf } from './orderFields';

export const operation = `#graphql
  query FidelioListOrders($query: String!, $after: String) {
    orders(first: 50, after: $after, query: $query, sortKey: UPDATED_AT) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id updatedAt cancelledAt displayFinancialStatus displayFulfillmentStatus
        customer { id } refunds(first: 50) { id } subtotalLineItemsQuantity currentSubtotalLineItemsQuantity
      }
    }
  }`;

const answer = z.object({
  orders: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
    nodes: z.array(
      z.object({
        id: z.string(),
        updatedAt: z.string(),
        cancelledAt: z.string().nullish(),
        displayFinancialStatus: z.string().nullish(),
        displayFulfillmentStatus: z.string().nullish(),
        customer: z.object({ id: z.string() }).nullish(),
        refunds: z.array(z.object({ id: z.string() })),
        subtotalLineItemsQuantity: z.int(),
        currentSubtotalLineItemsQuantity: z.int(),
      }),
    ),
  }),
});

/** One page of the orders updated in a window: enough of each to see whether we know its newest state. */
export const listOrders = async (
  client: AdminClient,
  { from, to }: OrderWindow,
  cursor: string | null,
): Promise<Result<OrderBatch, PlatformFailure>> => {
  const query = [...(from === null ? [] : [`updated_at:>='${isoOf(from)}'`]), `updated_at:<='${isoOf(to)}'`].join(
    ' AND ',
  );
  const read = await client.ask(operation, { query, after: cursor }, answer);
  if (!read.ok) return read;
  const { pageInfo, nodes } = read.value.orders;
  return ok({
    orders: nodes.map((order) => ({
      orderId: idOf(order.id),
      updatedAt: momentOf(order.updatedAt),
      financialStatus: financialStatusOf(order.displayFinancialStatus ?? null),
      fulfillmentStatus: fulfilmentOf(order.displayFulfillmentStatus ?? null),
      customerId: order.customer == null ? null : idOf(order.customer.id),
      cancelled: order.cancelledAt != null,
      refunds: order.refunds.length,
      units: order.subtotalLineItemsQuantity,
      currentUnits: order.currentSubtotalLineItemsQuantity,
    })),
    next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
  });
};
