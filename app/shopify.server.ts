import '@shopify/shopify-app-remix/adapters/node';
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from '@shopify/shopify-app-remix/server';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { environment } from './env.server';
import { log } from './process/log';
import { createSessionStorage } from './process/shopify/sessions';
import { services } from './process/services';
import { shopFetch } from './process/shopify/shopFetch';

const env = environment();

/** Managed install and token exchange; offline tokens expire and are refreshed (see `process/shopify/accessToken`). */
const shopify = shopifyApp({
  apiKey: env.SHOPIFY_API_KEY,
  apiSecretKey: env.SHOPIFY_API_SECRET,
  apiVersion: ApiVersion.October26,
  appUrl: env.SHOPIFY_APP_URL,
  authPathPrefix: '/auth',
  sessionStorage: createSessionStorage(services),
  distribution: AppDistribution.AppStore,
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  logger: {
    level: LogSeverity.Warning,
    log: (severity, message) => Promise.resolve(log[severity === LogSeverity.Error ? 'error' : 'warn'](message)),
  },
  ...(env.SCOPES === undefined ? {} : { scopes: env.SCOPES.split(',') }),
});

setAbstractFetchFunc(shopFetch);

export const { authenticate, addDocumentResponseHeaders, login } = shopify;
