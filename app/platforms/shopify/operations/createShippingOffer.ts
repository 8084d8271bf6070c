import { z } from 'zod';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import { refusedBy, userErrors, type AdminClient } from '../adminClient';

export const operation = `#graphql
  mutation FidelioCreateShippingOffer($offer: DiscountAutomaticFreeShippingInput!) {
    discountAutomaticFreeShippingCreate(freeShippingAutomaticDiscount: $offer) {
      automaticDiscountNode { id }
      userErrors { field message code }
    }
  }`;

const answer = z.object({
  discountAutomaticFreeShippingCreate: z
    .object({ automaticDiscountNode: z.object({ id: z.string() }).nullish(), userErrors })
    .nullable(),
});

/** Makes an automatic discount that takes the shipping off. */
export const createShippingOffer = async (
  client: AdminClient,
  offer: Readonly<Record<string, unknown>>,
): Promise<Result<null, PlatformFailure>> => {
  const made = await client.ask(operation, { offer }, answer);
  if (!made.ok) return made;
  const errors = made.value.discountAutomaticFreeShippingCreate?.userErrors ?? [];
  return errors.length > 0 ? refuse(refusedBy(errors)) : ok(null);
};
