import { z } from 'zod';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import { refusedBy, userErrors, type AdminClient } from '../adminClient';
import { gidOf, idOf } from '../gid';

export const operation = `#graphql
  mutation FidelioDeleteShippingOffer($id: ID!) {
    discountAutomaticDelete(id: $id) { deletedAutomaticDiscountId userErrors { field message code } }
  }`;

const answer = z.object({ discountAutomaticDelete: z.object({ userErrors }).nullable() });

/** Takes an automatic discount away, by the id under which discounts of all kinds are listed. */
export const deleteShippingOffer = async (
  client: AdminClient,
  nodeId: string,
): Promise<Result<null, PlatformFailure>> => {
  const done = await client.ask(operation, { id: gidOf('DiscountAutomaticNode', idOf(nodeId)) }, answer);
  if (!done.ok) return done;
  const errors = done.value.discountAutomaticDelete?.userErrors ?? [];
  return errors.length > 0 ? refuse(refusedBy(errors)) : ok(null);
};
