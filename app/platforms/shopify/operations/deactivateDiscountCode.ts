import { z } from 'zod';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import { refusedBy, userErrors, type AdminClient } from '../adminClient';

export const operation = `#graphql
  mutation FidelioDeactivateDiscountCode($id: ID!) {
    discountCodeDeactivate(id: $id) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

const answer = z.object({
  discountCodeDeactivate: z.object({ codeDiscountNode: z.object({ id: z.string() }).nullish(), userErrors }).nullable(),
});

/** Switches a code off. One that is off or deleted already counts as switched off. */
export const deactivateDiscountCode = async (
  client: AdminClient,
  reference: string,
): Promise<Result<null, PlatformFailure>> => {
  const off = await client.ask(operation, { id: reference }, answer);
  if (!off.ok) return off;
  const errors = off.value.discountCodeDeactivate?.userErrors ?? [];
  const gone = errors.every(({ code, message }) => code === 'INVALID' || /does not exist|not found/i.test(message));
  return errors.length === 0 || gone ? ok(null) : refuse(refusedBy(errors));
};
