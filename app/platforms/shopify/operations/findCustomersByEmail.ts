import { z } from 'zod';
import type { PlatformId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { customerCard, customerFields, customerSchema } from './customerFields';

export const operation = `#graphql
  query FidelioFindCustomersByEmail($query: String!) {
    customers(first: 100, query: $query) { nodes { ${customerFields} } }
  }`;

const answer = z.object({ customers: z.object({ nodes: z.array(customerSchema) }) });
const askedAtOnce = 50;

/**
 * The customers whose verified addresses are exactly these (lower case). Shopify's search is wider than an equality:
 * what it finds is compared again.
 */
export const findCustomersByEmail = async (
  client: AdminClient,
  emails: readonly string[],
): Promise<Result<ReadonlyMap<string, PlatformId>, PlatformFailure>> => {
  const found = new Map<string, PlatformId>();
  // An address that could end the quotation is nobody's that we could ask for.
  const askable = [...new Set(emails)].filter((email) => !/["\\\s]/.test(email));
  for (let from = 0; from < askable.length; from += askedAtOnce) {
    const asked = askable.slice(from, from + askedAtOnce);
    const read = await client.ask(operation, { query: asked.map((email) => `email:"${email}"`).join(' OR ') }, answer);
    if (!read.ok) return read;
    for (const { customerId, email, emailVerified } of read.value.customers.nodes.map(customerCard)) {
      const address = email?.toLowerCase();
      if (emailVerified && address !== undefined && asked.includes(address)) found.set(address, customerId);
    }
  }
  return ok(found);
};
