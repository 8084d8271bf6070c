import { z } from 'zod';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import { refusedBy, userErrors, type AdminClient } from '../adminClient';

export const operation = `#graphql
  mutation FidelioSetMetafields($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      metafields { id }
      userErrors { field message code }
    }
  }`;

const answer = z.object({ metafieldsSet: z.object({ userErrors }).nullable() });

export type Metafield = {
  readonly ownerId: string;
  readonly namespace: string;
  readonly key: string;
  /** Kept as JSON; a truth is a boolean of its own, because conditions of theme blocks read nothing else. */
  readonly value: unknown;
};

const typeOf = ({ value }: Metafield): 'boolean' | 'json' => (typeof value === 'boolean' ? 'boolean' : 'json');

/** Writes metafields, all or none. */
export const setMetafields = async (
  client: AdminClient,
  metafields: readonly Metafield[],
): Promise<Result<null, PlatformFailure>> => {
  const input = metafields.map((one) => ({ ...one, type: typeOf(one), value: JSON.stringify(one.value) }));
  const written = await client.ask(operation, { metafields: input }, answer);
  if (!written.ok) return written;
  const errors = written.value.metafieldsSet?.userErrors ?? [];
  return errors.length === 0 ? ok(null) : refuse(refusedBy(errors));
};
