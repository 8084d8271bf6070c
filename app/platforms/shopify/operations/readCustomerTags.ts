import { z } from 'zod';
import type { PlatformId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { gidOf, idOf } from '../gid';

export const operation = `#graphql
  query FidelioReadCustomerTags($ids: [ID!]!) {
    nodes(ids: $ids) { __typename ... on Customer { id tags } }
  }`;

const answer = z.object({
  nodes: z.array(
    z
      .object({ id: z.string(), tags: z.array(z.string()) })
      .partial()
      .nullable(),
  ),
});
const askedAtOnce = 250;

/** The tags of customers by customer id. Customers that are gone are left out. */
export const readCustomerTags = async (
  client: AdminClient,
  customerIds: readonly PlatformId[],
): Promise<Result<ReadonlyMap<PlatformId, readonly string[]>, PlatformFailure>> => {
  const tags = new Map<PlatformId, readonly string[]>();
  for (let from = 0; from < customerIds.length; from += askedAtOnce) {
    const ids = customerIds.slice(from, from + askedAtOnce).map((id) => gidOf('Customer', id));
    const read = await client.ask(operation, { ids }, answer);
    if (!read.ok) return read;
    for (const node of read.value.nodes) if (node?.id !== undefined) tags.set(idOf(node.id), node.tags ?? []);
  }
  return ok(tags);
};
