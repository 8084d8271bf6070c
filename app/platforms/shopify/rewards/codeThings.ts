import type { CodeGrant } from '~/core/rewards/grants';
import { idsOf } from '~/core/rewards/lines';
import { asId, type PlatformId } from '~/core/values/ids';
import { gidOf, isShopifyId } from '../gid';
import type { DiscountCode } from '../operations/readDiscountCode';

/** Those of some ids that can be Shopify's. */
export const shopifyIds = (ids: readonly string[]): PlatformId[] => ids.filter(isShopifyId).map(asId<PlatformId>);

type Thing = 'ProductVariant' | 'Product' | 'Collection';

const namedBy = (grant: CodeGrant): { readonly type: Thing; readonly ids: readonly string[] } | null => {
  if (grant.kind === 'free_product') return { type: 'ProductVariant', ids: [grant.variantId] };
  if (grant.kind === 'free_shipping' || grant.lines === undefined) return null;
  return { type: grant.lines.kind === 'product' ? 'Product' : 'Collection', ids: idsOf(grant.lines) };
};

/** The things that a code takes something off, by their global ids; null: the order. Ids of others are left out. */
export const thingsOf = (grant: CodeGrant): readonly string[] | null => {
  const named = namedBy(grant);
  return named && shopifyIds(named.ids).map((id) => gidOf(named.type, id));
};

/** The same as Shopify is told it (`DiscountItemsInput`). */
export const itemsOf = (grant: CodeGrant): Readonly<Record<string, unknown>> => {
  const gids = thingsOf(grant);
  switch (namedBy(grant)?.type) {
    case undefined:
      return { all: true };
    case 'ProductVariant':
      return { products: { productVariantsToAdd: gids } };
    case 'Product':
      return { products: { productsToAdd: gids } };
    case 'Collection':
      return { collections: { add: gids } };
  }
};

/** Whether a code of the shop takes something off the very things that a grant names, in whatever order. */
export const isForThings = ({ things }: DiscountCode, grant: CodeGrant): boolean => {
  const named = thingsOf(grant);
  if (things === null || named === null) return things === named;
  return [...things].sort().join() === [...named].sort().join();
};
