import '@shopify/shopify-api/adapters/node';
import { ApiVersion, shopifyApi, type Session } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { environment } from '~/env.server';
import { shopFetch } from './shopFetch';

/**
 * A new offline session of a shop for its refresh token, by the library's own function. Throws when Shopify refuses the
 * token, or cannot be reached.
 */
export const refreshSession = async (domain: string, refreshToken: string): Promise<Session> => {
  const { SHOPIFY_API_KEY: apiKey, SHOPIFY_API_SECRET: apiSecretKey, SHOPIFY_APP_URL: appUrl } = environment();
  setAbstractFetchFunc(shopFetch);
  const api = shopifyApi({
    apiKey,
    apiSecretKey,
    apiVersion: ApiVersion.October26,
    hostName: new URL(appUrl).host,
    isEmbeddedApp: true,
  });
  const { session } = await api.auth.refreshToken({ shop: domain, refreshToken });
  return session;
};
