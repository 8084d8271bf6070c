import type { Devstore, DiscountItems } from '../process/state';
import { collectionNode, findVariant } from './catalogue';
import type { ItemsInput } from './inputs';
import { connection, gid, numberOf } from './nodes';

/** What Shopify does not take of an input. */
export type Wrong = { readonly field: string; readonly message: string; readonly code: string };

const kinds = {
  variant: {
    type: 'ProductVariant',
    name: 'Product variant',
    isKnown: (store, id) => findVariant(store, id) !== undefined,
  },
  product: { type: 'Product', name: 'Product', isKnown: (store, id) => store.products.some((one) => one.id === id) },
  collection: { type: 'Collection', name: 'Collection', isKnown: (store, id) => collectionNode(store, id) !== null },
} as const satisfies Record<
  DiscountItems['of'],
  {
    readonly type: string;
    readonly name: string;
    readonly isKnown: (store: Devstore, id: number) => boolean;
  }
>;

/** What a discount is for; null: it names nothing. Of the kinds of things it may name one only. */
export const itemsIn = (input: ItemsInput | undefined): DiscountItems | null => {
  const named = (
    [
      ['variant', input?.products?.productVariantsToAdd],
      ['product', input?.products?.productsToAdd],
      ['collection', input?.collections?.add],
    ] as const
  ).flatMap(([of, ids = []]) => (ids.length === 0 ? [] : [{ of, ids: ids.map((id) => numberOf(id, kinds[of].type)) }]));
  if (named.length > 1 || (named.length > 0 && input?.all === true))
    throw new Error('The devstore makes codes for everything, or for things of one kind.');
  return named[0] ?? null;
};

/** Why Shopify does not make a discount for these items; null when it does. Without any it has to be for everything. */
export const wrongItems = (store: Devstore, items: DiscountItems | null): Wrong | null => {
  const field = 'customerGets';
  if (items === null) return { field, message: "Items in 'customer get' can't be blank", code: 'BLANK' };
  const { name, isKnown } = kinds[items.of];
  return items.ids.every((id) => isKnown(store, id))
    ? null
    : { field, message: `${name} does not exist`, code: 'INVALID' };
};

/** What a discount is for, as it is read (`DiscountItems`). */
export const itemsNode = (items: DiscountItems | null) => {
  if (items === null) return { __typename: 'AllDiscountItems', allItems: true };
  const listOf = (of: DiscountItems['of']) => (args: object) =>
    connection(
      (items.of === of ? items.ids : []).map((id) => ({ id: gid(kinds[of].type, id) })),
      args,
    );
  return items.of === 'collection'
    ? { __typename: 'DiscountCollections', collections: listOf('collection') }
    : { __typename: 'DiscountProducts', productVariants: listOf('variant'), products: listOf('product') };
};
