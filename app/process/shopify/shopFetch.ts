import { environment } from '~/env.server';

/**
 * The only way to a shop. With SHOPIFY_DEVSTORE_URL, requests for `https://*.myshopify.com` go to that local
 * stand-in instead (the environment refuses the setting in production, but for the demo). No other code
 * of the app knows that it exists.
 */
export const shopFetch: typeof fetch = (input, init) => {
  const devstore = environment().SHOPIFY_DEVSTORE_URL;
  if (devstore === undefined) return fetch(input, init);
  const request = new Request(input, init);
  const address = new URL(request.url);
  if (!address.hostname.endsWith('.myshopify.com')) return fetch(request);
  const headers = new Headers(request.headers);
  headers.set('x-devstore-shop', address.hostname);
  const target = new URL(address.pathname + address.search, devstore);
  const body =
    request.method === 'GET' || request.method === 'HEAD' ? {} : { body: request.body, duplex: 'half' as const };
  return fetch(target, { method: request.method, headers, signal: request.signal, redirect: 'manual', ...body });
};
