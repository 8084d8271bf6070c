import '@shopify/shopify-api/adapters/node';
import { ApiVersion, shopifyApi, type Shopify } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { environment } from '~/env.server';
import { shopFetch } from './shopFetch';

let opened: Shopify | null = null;

/** Shopify's own library for what needs no request of a page: tokens. */
export const shopifyLibrary = (): Shopify => {
  // Whoever loads the rest of the library sets its own way out again.
  setAbstractFetchFunc(shopFetch);
  return (opened ??= open());
};

const open = (): Shopify => {
  const { SHOPIFY_API_KEY: apiKey, SHOPIFY_API_SECRET: apiSecretKey, SHOPIFY_APP_URL: appUrl } = environment();
  return shopifyApi({
    apiKey,
    apiSecretKey,
    apiVersion: ApiVersion.October26,
    hostName: new URL(appUrl).host,
    isEmbeddedApp: true,
  });
};
