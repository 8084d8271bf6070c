import { z } from 'zod';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure, ShopFacts } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';

export const operation = `#graphql
  query FidelioReadShop {
    shop { name currencyCode ianaTimezone }
  }`;

const answer = z.object({ shop: z.object({ name: z.string(), currencyCode: z.string(), ianaTimezone: z.string() }) });

// A checkout that was begun with a code may end this long after the code did.
const codeHoldMinutes = 60;

export const readShop = async (client: AdminClient): Promise<Result<ShopFacts, PlatformFailure>> => {
  const read = await client.ask(operation, {}, answer);
  if (!read.ok) return read;
  const { name, currencyCode, ianaTimezone } = read.value.shop;
  return ok({ name, currency: currencyCode, timeZone: ianaTimezone, codeHoldMinutes });
};
