import { z } from 'zod';
import type { ProductFacts } from '~/core/earning/conditions/condition';
import type { PlatformId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { gidOf, idOf } from '../gid';

export const operation = `#graphql
  query FidelioReadProducts($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Product {
        id
        productType
        tags
        collections(first: 100) { nodes { id } }
        variants(first: 100) { nodes { id price compareAtPrice } }
      }
    }
  }`;

const product = z.object({
  id: z.string(),
  productType: z.string(),
  tags: z.array(z.string()),
  collections: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
  variants: z.object({
    nodes: z.array(z.object({ id: z.string(), price: z.string(), compareAtPrice: z.string().nullish() })),
  }),
});
const answer = z.object({ nodes: z.array(product.partial().nullable()) });

// What one question may cost at Shopify limits how many products it can be about.
const askedAtOnce = 20;

/** What rules may ask of products. Products that are gone are left out. */
export const readProducts = async (
  client: AdminClient,
  productIds: readonly PlatformId[],
): Promise<Result<ReadonlyMap<string, ProductFacts>, PlatformFailure>> => {
  const found = new Map<string, ProductFacts>();
  for (let from = 0; from < productIds.length; from += askedAtOnce) {
    const ids = productIds.slice(from, from + askedAtOnce).map((id) => gidOf('Product', id));
    const read = await client.ask(operation, { ids }, answer);
    if (!read.ok) return read;
    for (const node of read.value.nodes) {
      const known = product.safeParse(node);
      if (known.success) found.set(idOf(known.data.id), factsOf(known.data));
    }
  }
  return ok(found);
};

const factsOf = ({ productType, tags, collections, variants }: z.infer<typeof product>): ProductFacts => ({
  type: productType === '' ? null : productType,
  tags,
  collections: collections.nodes.map(({ id }) => idOf(id)),
  saleVariants: variants.nodes
    .filter(({ price, compareAtPrice }) => compareAtPrice != null && Number(compareAtPrice) > Number(price))
    .map(({ id }) => idOf(id)),
});
