import { shopifyLibrary } from './library';

/**
 * What Shopify says in a session token (ID token) that it signed for this app, by the library's own check of signature,
 * audience and time; null: it is no such token, or is past its time.
 */
export const openSessionToken = async (token: string): Promise<unknown> => {
  try {
    return await shopifyLibrary().session.decodeSessionToken(token);
  } catch {
    return null;
  }
};
