import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import type { AppRegistration } from './state';

const tomlSchema = z.object({
  access_scopes: z.object({ scopes: z.string(), optional_scopes: z.array(z.string()).default([]) }),
  webhooks: z.object({
    api_version: z.string(),
    subscriptions: z.array(
      z.object({
        topics: z.array(z.string()).default([]),
        compliance_topics: z.array(z.string()).default([]),
        uri: z.string(),
      }),
    ),
  }),
  app_proxy: z.object({ url: z.string(), prefix: z.string(), subpath: z.string() }),
});

/** What the app may ask a merchant for later. */
export const optionalScopes = (): readonly string[] => readToml().access_scopes.optional_scopes;

const readToml = (): z.infer<typeof tomlSchema> =>
  tomlSchema.parse(parse(readFileSync(join(process.cwd(), 'shopify.app.toml'), 'utf8')));

/**
 * What the app's own shopify.app.toml registers, as a deployment would. The merchant of this shop granted all that is
 * optional but to hear of merged customers, and Shopify's support gift cards.
 */
export const registrationFrom = (
  identity: Pick<AppRegistration, 'apiKey' | 'apiSecret' | 'appUrl'>,
): AppRegistration => {
  const toml = readToml();
  return {
    ...identity,
    scopes: [
      ...toml.access_scopes.scopes.split(','),
      ...toml.access_scopes.optional_scopes.filter((scope) => scope !== 'read_customer_merge'),
    ],
    proxy: toml.app_proxy,
    webhooks: toml.webhooks.subscriptions.flatMap(({ topics, compliance_topics, uri }) =>
      [...topics, ...compliance_topics].map((topic) => ({ topic, uri })),
    ),
  };
};
