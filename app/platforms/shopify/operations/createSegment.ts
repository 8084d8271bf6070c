import { z } from 'zod';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import { refusedBy, userErrors, type AdminClient } from '../adminClient';

export const operation = `#graphql
  mutation FidelioCreateSegment($name: String!, $query: String!) {
    segmentCreate(name: $name, query: $query) {
      segment { id }
      userErrors { field message }
    }
  }`;

const answer = z.object({
  segmentCreate: z.object({ segment: z.object({ id: z.string() }).nullish(), userErrors }).nullable(),
});

/** Makes a group of customers by a query, which Shopify keeps up to date by itself; its id. */
export const createSegment = async (
  client: AdminClient,
  name: string,
  query: string,
): Promise<Result<string, PlatformFailure>> => {
  const made = await client.ask(operation, { name, query }, answer);
  if (!made.ok) return made;
  const { segment, userErrors: errors } = made.value.segmentCreate ?? { segment: null, userErrors: [] };
  return segment == null ? refuse(refusedBy(errors)) : ok(segment.id);
};
