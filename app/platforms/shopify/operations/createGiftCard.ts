import { z } from 'zod';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import { refusedBy, userErrors, type AdminClient } from '../adminClient';
import type { MadeCode } from '../rewards/madeCode';

export const operation = `#graphql
  mutation FidelioCreateGiftCard($input: GiftCardCreateInput!) {
    giftCardCreate(input: $input) {
      giftCard { id }
      userErrors { field message code }
    }
  }`;

const answer = z.object({
  giftCardCreate: z.object({ giftCard: z.object({ id: z.string() }).nullish(), userErrors }).nullable(),
});

/** Makes a gift card. Without an answer it is not asked again here: it may have been made. */
export const createGiftCard = async (
  client: AdminClient,
  input: Readonly<Record<string, unknown>>,
): Promise<Result<MadeCode, PlatformFailure>> => {
  const asked = await client.askOnce(operation, { input }, answer);
  if (!asked.ok) return asked;
  const { giftCard, userErrors: errors } = asked.value.giftCardCreate ?? { giftCard: null, userErrors: [] };
  if (giftCard != null) return ok({ kind: 'made', reference: giftCard.id });
  if (errors.some(({ code }) => code === 'TAKEN')) return ok({ kind: 'taken' });
  return refuse(errors.length > 0 ? refusedBy(errors) : { kind: 'unavailable', reason: 'no gift card and no reason' });
};
