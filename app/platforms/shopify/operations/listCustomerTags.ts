import { z } from 'zod';
import { isoOf } from '~/core/values/instant';
import { ok, type Result } from '~/core/values/result';
import type { LabelBatch, OrderWindow, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { idOf } from '../gid';

export const operation = `#graphql
  query FidelioListCustomerTags($query: String!, $after: String) {
    customers(first: 250, after: $after, query: $query, sortKey: UPDATED_AT) {
      pageInfo { hasNextPage endCursor }
      nodes { id tags }
    }
  }`;

const answer = z.object({
  customers: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
    nodes: z.array(z.object({ id: z.string(), tags: z.array(z.string()) })),
  }),
});

/** One page of the customers updated in a window, with their tags: a change of tags is an update. */
export const listCustomerTags = async (
  client: AdminClient,
  { from, to }: OrderWindow,
  cursor: string | null,
): Promise<Result<LabelBatch, PlatformFailure>> => {
  const query = [...(from === null ? [] : [`updated_at:>='${isoOf(from)}'`]), `updated_at:<='${isoOf(to)}'`].join(
    ' AND ',
  );
  const read = await client.ask(operation, { query, after: cursor }, answer);
  if (!read.ok) return read;
  const { pageInfo, nodes } = read.value.customers;
  return ok({
    customers: nodes.map(({ id, tags }) => ({ customerId: idOf(id), labels: tags })),
    next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
  });
};
