import { z } from 'zod';
import { isoOf, type Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import { refusedBy, userErrors, type AdminClient } from '../adminClient';
import { lineItemFields, orderFields, shippingLineFields } from './orderFields';

export const operation = `#graphql
  mutation FidelioStartOrderExport($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: true) {
      bulkOperation { id status }
      userErrors { field message }
    }
  }`;

/**
 * The query of the export. A bulk query may not hold a connection inside a list: refunded orders are read one by one.
 */
export const exportQuery = (since: Instant | null): string => `
  {
    orders${since === null ? '' : `(query: "processed_at:>='${isoOf(since)}'")`} {
      edges { node {
        ${orderFields}
        refunds { id }
        lineItems { edges { node { ${lineItemFields} } } }
        shippingLines { edges { node { ${shippingLineFields} } } }
      } }
    }
  }`;

const answer = z.object({
  bulkOperationRunQuery: z.object({ bulkOperation: z.object({ id: z.string() }).nullish(), userErrors }).nullable(),
});

/** Asks the platform to prepare a file of the shop's orders. Answers the export's id. */
export const startOrderExport = async (
  client: AdminClient,
  since: Instant | null,
): Promise<Result<string, PlatformFailure>> => {
  const started = await client.ask(operation, { query: exportQuery(since) }, answer);
  if (!started.ok) return started;
  const { bulkOperation, userErrors: errors } = started.value.bulkOperationRunQuery ?? {
    bulkOperation: null,
    userErrors: [],
  };
  return bulkOperation == null ? refuse(refusedBy(errors)) : ok(bulkOperation.id);
};
