import type { PlatformId } from '~/core/values/ids';

// Shopify's own script takes such an address out of the app's frame.
const placeIn = (part: 'orders' | 'customers', id: PlatformId): string =>
  `shopify://admin/${part}/${encodeURIComponent(id)}`;

/** Where Shopify's admin shows an order. */
export const orderInShopify = (orderId: PlatformId): string => placeIn('orders', orderId);

/** Where Shopify's admin shows a customer. */
export const customerInShopify = (customerId: PlatformId): string => placeIn('customers', customerId);
