/**
 * An address of the shop that opens a cart with one unit of a variant and a code: Shopify's own form of it. It makes a
 * cart of its own, so that it is offered where there is none. `_fidelio` marks the product as the code's.
 */
export const cartWith = (shop: string, variant: string, code: string): string => {
  const properties = btoa(JSON.stringify({ _fidelio: code }))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  const asked = new URLSearchParams({ discount: code, properties, storefront: 'true' });
  return `https://${shop}/cart/${variant}:1?${asked.toString()}`;
};
