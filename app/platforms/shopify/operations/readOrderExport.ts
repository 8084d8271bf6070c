import { z } from 'zod';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';

export const operation = `#graphql
  query FidelioReadOrderExport($id: ID!) {
    node(id: $id) {
      __typename
      ... on BulkOperation { status errorCode rootObjectCount url }
    }
  }`;

const answer = z.object({
  node: z
    .object({
      status: z.string(),
      errorCode: z.string().nullish(),
      rootObjectCount: z.union([z.string(), z.number()]).transform(Number),
      url: z.string().nullish(),
    })
    .nullable(),
});

/** State of a file of all orders that Shopify prepares. */
export type OrderExport =
  | { readonly kind: 'running'; readonly objects: number }
  | { readonly kind: 'ready'; readonly url: string | null; readonly objects: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** How far the platform is with the file. A file of a shop without orders has no address. */
export const readOrderExport = async (
  client: AdminClient,
  exportId: string,
): Promise<Result<OrderExport, PlatformFailure>> => {
  const read = await client.ask(operation, { id: exportId }, answer);
  if (!read.ok) return read;
  const { node } = read.value;
  if (node === null) return ok({ kind: 'failed', reason: 'the platform does not know this export' });
  const objects = node.rootObjectCount;
  if (node.status === 'COMPLETED') return ok({ kind: 'ready', url: node.url ?? null, objects });
  if (node.status === 'CREATED' || node.status === 'RUNNING') return ok({ kind: 'running', objects });
  return ok({ kind: 'failed', reason: node.errorCode ?? node.status });
};
