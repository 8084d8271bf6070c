import { z } from 'zod';
import { ok, type Result } from '~/core/values/result';
import type { CustomerCard, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { customerCard, customerFields, customerSchema } from './customerFields';

export const operation = `#graphql
  query FidelioSearchCustomers($query: String!) {
    customers(first: 50, query: $query, sortKey: RELEVANCE) { nodes { ${customerFields} } }
  }`;

const answer = z.object({ customers: z.object({ nodes: z.array(customerSchema) }) });

// What has a meaning in Shopify's search syntax becomes a space: a name is searched for, never a query.
const plain = (text: string): string =>
  text
    .replace(/[:"'\\()<>*-]/g, ' ')
    .replace(/\b(AND|OR|NOT)\b/g, ' ')
    .trim();

/** Customers whose name, e-mail or phone matches, best first. */
export const searchCustomers = async (
  client: AdminClient,
  text: string,
): Promise<Result<readonly CustomerCard[], PlatformFailure>> => {
  const query = plain(text);
  if (query === '') return ok([]);
  const found = await client.ask(operation, { query }, answer);
  return found.ok ? ok(found.value.customers.nodes.map(customerCard)) : found;
};
