import { z } from 'zod';
import type { PlatformId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import type { CustomerCard, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { gidOf } from '../gid';
import { customerCard, customerFields, customerSchema } from './customerFields';

export const operation = `#graphql
  query FidelioReadCustomers($ids: [ID!]!) {
    nodes(ids: $ids) { __typename ... on Customer { ${customerFields} } }
  }`;

// A node of another kind has none of the fields.
const node = z.union([customerSchema, z.object({ id: z.undefined() }), z.null()]);
const answer = z.object({ nodes: z.array(node) });

/** Names and addresses of customers, read live: we do not store them. Customers that are gone are left out. */
export const readCustomers = async (
  client: AdminClient,
  customerIds: readonly PlatformId[],
): Promise<Result<readonly CustomerCard[], PlatformFailure>> => {
  if (customerIds.length === 0) return ok([]);
  const read = await client.ask(operation, { ids: customerIds.map((id) => gidOf('Customer', id)) }, answer);
  if (!read.ok) return read;
  return ok(read.value.nodes.flatMap((node) => (node?.id === undefined ? [] : [customerCard(node)])));
};
