import type { Session } from '@shopify/shopify-api';
import { shopifyLibrary } from './library';

/**
 * A new offline session of a shop for its refresh token, by the library's own function. Throws when Shopify refuses the
 * token, or cannot be reached.
 */
export const refreshSession = async (domain: string, refreshToken: string): Promise<Session> =>
  (await shopifyLibrary().auth.refreshToken({ shop: domain, refreshToken })).session;
