import type { PlatformId } from '~/core/values/ids';

/** Where Shopify's admin shows an order. Its own script takes such an address out of the app's frame. */
export const orderInShopify = (orderId: PlatformId): string => `shopify://admin/orders/${encodeURIComponent(orderId)}`;
