import { z } from 'zod';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import { refusedBy, userErrors, type AdminClient } from '../adminClient';

export const operation = `#graphql
  mutation FidelioSetMetafield($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      metafields { id }
      userErrors { field message code }
    }
  }`;

const answer = z.object({ metafieldsSet: z.object({ userErrors }).nullable() });

export type JsonMetafield = {
  readonly ownerId: string;
  readonly namespace: string;
  readonly key: string;
  readonly value: unknown;
};

/** Writes one JSON metafield. */
export const setMetafield = async (
  client: AdminClient,
  metafield: JsonMetafield,
): Promise<Result<null, PlatformFailure>> => {
  const input = { ...metafield, type: 'json', value: JSON.stringify(metafield.value) };
  const written = await client.ask(operation, { metafields: [input] }, answer);
  if (!written.ok) return written;
  const errors = written.value.metafieldsSet?.userErrors ?? [];
  return errors.length === 0 ? ok(null) : refuse(refusedBy(errors));
};
