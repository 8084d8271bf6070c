import { z } from 'zod';
import type { SoldVariant } from '~/core/rewards/quote';
import type { PlatformId } from '~/core/values/ids';
import { parseMoney } from '~/core/values/money';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { gidOf, idOf } from '../gid';

export const operation = `#graphql
  query FidelioReadVariants($ids: [ID!]!) {
    shop { currencyCode }
    nodes(ids: $ids) {
      __typename
      ... on ProductVariant { id price availableForSale product { id handle vendor } }
    }
  }`;

const variant = z.object({
  id: z.string(),
  price: z.string(),
  availableForSale: z.boolean(),
  product: z.object({ id: z.string(), handle: z.string(), vendor: z.string() }),
});
// A node of another kind has none of the fields.
const answer = z.object({
  shop: z.object({ currencyCode: z.string() }),
  nodes: z.array(variant.partial().nullable()),
});

// Shopify takes 250 ids at most.
const askedAtOnce = 100;

/** How variants of products are sold, in the shop's own currency. Those that are gone are left out. */
export const readVariants = async (
  client: AdminClient,
  variantIds: readonly PlatformId[],
): Promise<Result<ReadonlyMap<string, SoldVariant>, PlatformFailure>> => {
  const found = new Map<string, SoldVariant>();
  for (let from = 0; from < variantIds.length; from += askedAtOnce) {
    const ids = variantIds.slice(from, from + askedAtOnce).map((id) => gidOf('ProductVariant', id));
    const read = await client.ask(operation, { ids }, answer);
    if (!read.ok) return read;
    const { currencyCode: currency } = read.value.shop;
    for (const node of read.value.nodes) {
      const known = variant.safeParse(node);
      if (!known.success) continue;
      const price = parseMoney(known.data.price, currency);
      if (!price.ok) return refuse({ kind: 'unavailable', reason: 'a price of the shop cannot be read' });
      found.set(idOf(known.data.id), soldAs(known.data, price.value, currency));
    }
  }
  return ok(found);
};

const soldAs = (
  { id, product, availableForSale }: z.infer<typeof variant>,
  priceMinor: number,
  currency: string,
): SoldVariant => ({
  variantId: idOf(id),
  productId: idOf(product.id),
  vendor: product.vendor === '' ? null : product.vendor,
  handle: product.handle,
  priceMinor,
  currency,
  isAvailable: availableForSale,
});
