import { z } from 'zod';
import type { PlatformId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure, ShopThing, ThingKind } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { gidOf, idOf } from '../gid';

export const operation = `#graphql
  query FidelioReadThings($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Product { id title featuredMedia { preview { image { url(transform: { maxWidth: 80 }) } } } }
      ... on ProductVariant {
        id
        title: displayName
        image { url(transform: { maxWidth: 80 }) }
        product { featuredMedia { preview { image { url(transform: { maxWidth: 80 }) } } } }
      }
      ... on Collection { id title image { url(transform: { maxWidth: 80 }) } }
    }
  }`;

const image = z.object({ url: z.string() }).nullish();
const featuredMedia = z.object({ preview: z.object({ image }).nullish() }).nullish();
const thing = z.object({
  id: z.string(),
  title: z.string(),
  image,
  featuredMedia,
  product: z.object({ featuredMedia }).nullish(),
});
// A node of another kind has none of the fields.
const answer = z.object({ nodes: z.array(thing.partial().nullable()) });

// Shopify takes 250 ids at most.
const askedAtOnce = 100;
const types = {
  product: 'Product',
  collection: 'Collection',
  variant: 'ProductVariant',
} as const satisfies Record<ThingKind, string>;

/** Titles and small pictures of products, collections or variants. Those that are gone are left out. */
export const readThings = async (
  client: AdminClient,
  kind: ThingKind,
  ids: readonly PlatformId[],
): Promise<Result<readonly ShopThing[], PlatformFailure>> => {
  const found: ShopThing[] = [];
  for (let from = 0; from < ids.length; from += askedAtOnce) {
    const asked = ids.slice(from, from + askedAtOnce).map((id) => gidOf(types[kind], id));
    const read = await client.ask(operation, { ids: asked }, answer);
    if (!read.ok) return read;
    for (const node of read.value.nodes) {
      const known = thing.safeParse(node);
      if (known.success) found.push(thingOf(known.data));
    }
  }
  return ok(found);
};

const thingOf = ({ id, title, image: own, featuredMedia: of, product }: z.infer<typeof thing>): ShopThing => ({
  id: idOf(id),
  title: title.replace(/ - Default Title$/, ''),
  picture: (own ?? (of ?? product?.featuredMedia)?.preview?.image)?.url ?? null,
});
