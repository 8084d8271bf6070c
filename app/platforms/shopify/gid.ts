import { asId, type PlatformId } from '~/core/values/ids';

/** Shopify's global ids, such as `gid://shopify/Customer/42`. */
export const gidOf = (type: string, id: PlatformId): string => `gid://shopify/${type}/${id}`;

/** The number at the end of a global id. Throws when there is none: it comes from Shopify, never from outside. */
export const idOf = (gid: string): PlatformId => {
  const digits = /\/(\d{1,20})(?:\?.*)?$/.exec(gid)?.[1];
  if (digits === undefined) throw new Error('A global id without a number.');
  return asId<PlatformId>(digits);
};
