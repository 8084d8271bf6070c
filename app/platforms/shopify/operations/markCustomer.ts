import { z } from 'zod';
import type { PlatformId } from '~/core/values/ids';
import { ok, refuse, type Result } from '~/core/values/result';
import type { Marks, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { gidOf } from '../gid';

export const operation = `#graphql
  mutation FidelioMarkCustomer($id: ID!, $add: [String!]!, $remove: [String!]!, $adds: Boolean!, $removes: Boolean!) {
    tagsRemove(id: $id, tags: $remove) @include(if: $removes) { userErrors { field message } }
    tagsAdd(id: $id, tags: $add) @include(if: $adds) { userErrors { field message } }
  }`;

const changed = z.object({ userErrors: z.array(z.object({ message: z.string() })) }).nullish();
const answer = z.object({ tagsAdd: changed, tagsRemove: changed });

/** Marks are tags here: some are given, others taken away; what is so already is a success. */
export const markCustomer = async (
  client: AdminClient,
  customerId: PlatformId,
  { add, remove }: Marks,
): Promise<Result<null, PlatformFailure>> => {
  if (add.length + remove.length === 0) return ok(null);
  const variables = {
    id: gidOf('Customer', customerId),
    add,
    remove,
    adds: add.length > 0,
    removes: remove.length > 0,
  };
  const done = await client.ask(operation, variables, answer);
  if (!done.ok) return done;
  const reasons = [done.value.tagsRemove, done.value.tagsAdd].flatMap(
    (one) => one?.userErrors.map(({ message }) => message) ?? [],
  );
  return reasons.length > 0 ? refuse({ kind: 'refused', reasons }) : ok(null);
};
