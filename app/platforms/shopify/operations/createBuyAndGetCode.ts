import { z } from 'zod';
import type { Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { codeMade, madeOf, type MadeCode } from '../rewards/madeCode';

export const operation = `#graphql
  mutation FidelioCreateBuyAndGetCode($discount: DiscountCodeBxgyInput!) {
    discountCodeBxgyCreate(bxgyCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

const answer = z.object({ discountCodeBxgyCreate: codeMade });

/** Makes a code that takes something off one product for whoever buys enough of others. */
export const createBuyAndGetCode = async (
  client: AdminClient,
  discount: Readonly<Record<string, unknown>>,
): Promise<Result<MadeCode, PlatformFailure>> => {
  const made = await client.ask(operation, { discount }, answer);
  return made.ok ? madeOf(made.value.discountCodeBxgyCreate) : made;
};
