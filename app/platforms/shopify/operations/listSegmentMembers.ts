import { z } from 'zod';
import { ok, type Result } from '~/core/values/result';
import type { MarkedBatch, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { idOf } from '../gid';

export const operation = `#graphql
  query FidelioListSegmentMembers($query: String!, $after: String) {
    customerSegmentMembers(first: 250, after: $after, query: $query) {
      pageInfo { hasNextPage endCursor }
      edges { node { id } }
    }
  }`;

const answer = z.object({
  customerSegmentMembers: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
    edges: z.array(z.object({ node: z.object({ id: z.string() }) })),
  }),
});

/** How Shopify asks for the customers who carry a tag. */
export const carriersOf = (tag: string): string => `customer_tags CONTAINS '${tag}'`;

/** One page of the customers who carry a tag, as segments of customers see them: minutes after it was given. */
export const listSegmentMembers = async (
  client: AdminClient,
  tag: string,
  cursor: string | null,
): Promise<Result<MarkedBatch, PlatformFailure>> => {
  const read = await client.ask(operation, { query: carriersOf(tag), after: cursor }, answer);
  if (!read.ok) return read;
  const { pageInfo, edges } = read.value.customerSegmentMembers;
  return ok({
    customerIds: edges.map(({ node }) => idOf(node.id)),
    next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
  });
};
