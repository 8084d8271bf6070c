import { asId, type PlatformId } from '~/core/values/ids';
import { invariant } from '~/core/values/result';

/** Whether an id can be one of Shopify's: those are numbers, whatever ids of other platforms are. */
export const isShopifyId = (id: string): id is PlatformId => /^\d{1,20}$/.test(id);

/** Shopify's global ids, such as `gid://shopify/Customer/42`. Throws for an id that cannot be Shopify's. */
export const gidOf = (type: string, id: PlatformId): string => {
  invariant(isShopifyId(id), 'an id of Shopify is a number');
  return `gid://shopify/${type}/${id}`;
};

/** The number at the end of a global id. Throws when there is none: it comes from Shopify, never from outside. */
export const idOf = (gid: string): PlatformId => {
  const digits = /\/(\d{1,20})(?:\?.*)?$/.exec(gid)?.[1];
  if (digits === undefined) throw new Error('A global id without a number.');
  return asId<PlatformId>(digits);
};
