import { z } from 'zod';
import { parseMoney } from '~/core/values/money';
import { ok, type Result } from '~/core/values/result';
import type { GivingTerms, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { shopifyMoney } from '../money';
import { missingScopes, readInstallation } from './readInstallation';

export const operation = `#graphql
  query FidelioReadGiftCardTerms {
    shop { features { giftCards } }
    giftCardConfiguration { issueLimit { amount currencyCode } }
  }`;

const answer = z.object({
  shop: z.object({ features: z.object({ giftCards: z.boolean() }) }),
  giftCardConfiguration: z.object({ issueLimit: shopifyMoney }),
});

/** Granted to an app by Shopify's support only. */
const scopes = ['read_gift_cards', 'write_gift_cards'];

/** Whether gift cards can be made in the shop, and up to which sum. */
export const readGiftCardTerms = async (client: AdminClient): Promise<Result<GivingTerms, PlatformFailure>> => {
  const installation = await readInstallation(client);
  if (!installation.ok) return installation;
  const missing = missingScopes(installation.value, scopes);
  if (missing.length > 0) return ok({ missingScopes: missing, isOn: null, limit: null });
  const read = await client.ask(operation, {}, answer);
  if (!read.ok) return read;
  const { amount, currencyCode: currency } = read.value.giftCardConfiguration.issueLimit;
  const most = parseMoney(amount, currency);
  return ok({
    missingScopes: [],
    isOn: read.value.shop.features.giftCards,
    limit: most.ok ? { amountMinor: most.value, currency } : null,
  });
};
