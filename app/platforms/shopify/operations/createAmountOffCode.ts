import { z } from 'zod';
import type { Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { codeMade, madeOf, type MadeCode } from '../rewards/madeCode';

export const operation = `#graphql
  mutation FidelioCreateAmountOffCode($discount: DiscountCodeBasicInput!) {
    discountCodeBasicCreate(basicCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

const answer = z.object({ discountCodeBasicCreate: codeMade });

/** Makes a code that takes something off the order, or off some lines of it. */
export const createAmountOffCode = async (
  client: AdminClient,
  discount: Readonly<Record<string, unknown>>,
): Promise<Result<MadeCode, PlatformFailure>> => {
  const made = await client.ask(operation, { discount }, answer);
  return made.ok ? madeOf(made.value.discountCodeBasicCreate) : made;
};
