import { z } from 'zod';
import { ok, type Result } from '~/core/values/result';
import type { GivingTerms, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { missingScopes, readInstallation } from './readInstallation';

export const operation = `#graphql
  query FidelioReadStoreCreditTerms {
    storeCreditConfiguration { storeCreditEnabled }
  }`;

const answer = z.object({ storeCreditConfiguration: z.object({ storeCreditEnabled: z.boolean() }) });

/** The merchant grants them when the app asks. */
const scopes = [
  'read_store_credit_accounts',
  'read_store_credit_account_transactions',
  'write_store_credit_account_transactions',
];

/** Whether store credit can be given in the shop. */
export const readStoreCreditTerms = async (client: AdminClient): Promise<Result<GivingTerms, PlatformFailure>> => {
  const installation = await readInstallation(client);
  if (!installation.ok) return installation;
  const missing = missingScopes(installation.value, scopes);
  if (missing.length > 0) return ok({ missingScopes: missing, isOn: null, limit: null });
  const read = await client.ask(operation, {}, answer);
  if (!read.ok) return read;
  return ok({ missingScopes: [], isOn: read.value.storeCreditConfiguration.storeCreditEnabled, limit: null });
};
