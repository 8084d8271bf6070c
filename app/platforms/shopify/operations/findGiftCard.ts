import { z } from 'zod';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { shopifyMoney } from '../money';

// Shopify shows the end of a code only; its search knows the whole, but may find others beside it.
export const operation = `#graphql
  query FidelioFindGiftCard($code: String!) {
    giftCards(first: 10, query: $code) {
      nodes { id lastCharacters note customer { id } initialValue { amount currencyCode } }
    }
  }`;

const giftCard = z.object({
  id: z.string(),
  lastCharacters: z.string(),
  note: z.string().nullable(),
  customer: z.object({ id: z.string() }).nullable(),
  initialValue: shopifyMoney,
});
const answer = z.object({ giftCards: z.object({ nodes: z.array(giftCard) }) });

export type FoundGiftCard = z.infer<typeof giftCard>;

/** The gift card with a code; null: the shop finds none (yet, right after it was made). */
export const findGiftCard = async (
  client: AdminClient,
  code: string,
): Promise<Result<FoundGiftCard | null, PlatformFailure>> => {
  const found = await client.ask(operation, { code }, answer);
  if (!found.ok) return found;
  const end = (text: string): string => text.slice(-4).toUpperCase();
  return ok(found.value.giftCards.nodes.find(({ lastCharacters }) => end(lastCharacters) === end(code)) ?? null);
};
