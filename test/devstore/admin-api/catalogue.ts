import { decimal, type Devstore, type Product } from '../process/state';
import { connection, gid } from './nodes';

/** The shop's collections: their handles and titles. */
export const collections = [
  ['pantry', 'Dispensa'],
  ['home', 'Casa'],
  ['care', 'Cura di sé'],
  ['gifts', 'Regali'],
] as const;
const firstCollection = 800_000_001;
export const collectionOf = (handle: string): number =>
  firstCollection + collections.findIndex(([one]) => one === handle);

/** A product as each of its variants, the first one first. */
export const variantsOf = (product: Product): readonly Product[] => [
  product,
  ...(product.variants ?? []).map(({ variantId, title, priceMinor }) => ({
    ...product,
    ...{ variantId, priceMinor, variantTitle: title },
  })),
];

/** A product as one of its variants. */
export const findVariant = (store: Devstore, number: number): Product | undefined =>
  store.products.flatMap(variantsOf).find(({ variantId }) => variantId === number);

/** The collections of this shop, each with the products in it. */
const collectionsOf = (store: Devstore) =>
  collections.map(([handle, title]) => {
    const products = store.products.filter(({ collection }) => collection === handle);
    return { id: collectionOf(handle), handle, title, products };
  });

const imageOf = (store: Devstore, product: Product | undefined) =>
  product === undefined ? null : { url: `${store.origin}/devstore/pictures/${product.handle}.svg` };

/** What the picker of the admin's frame shows: products and collections, as App Bridge hands them on. */
export const resourcesOf = (store: Devstore) => ({
  product: store.products.map((product) => ({
    id: gid('Product', product.id),
    title: product.title,
    handle: product.handle,
    vendor: product.vendor,
    productType: product.collection,
    images: [{ id: gid('ImageSource', product.id), originalSrc: imageOf(store, product)?.url }],
    variants: variantsOf(product).map(({ variantId, priceMinor }) => ({
      id: gid('ProductVariant', variantId),
      price: decimal(priceMinor),
    })),
  })),
  variant: store.products.flatMap(variantsOf).map((product) => ({
    id: gid('ProductVariant', product.variantId),
    title: product.variantTitle ?? 'Default Title',
    displayName: `${product.title} - ${product.variantTitle ?? 'Default Title'}`,
    price: decimal(product.priceMinor),
    image: { id: gid('ImageSource', product.id), originalSrc: imageOf(store, product)?.url },
    product: { id: gid('Product', product.id) },
  })),
  collection: collectionsOf(store).map(({ id, handle, title, products }) => ({
    id: gid('Collection', id),
    title,
    handle,
    productsCount: products.length,
    image: { id: gid('ImageSource', id), originalSrc: imageOf(store, products[0])?.url },
  })),
});

export const productNode = (store: Devstore, product: Product) => ({
  __typename: 'Product',
  id: gid('Product', product.id),
  title: product.title,
  handle: product.handle,
  vendor: product.vendor,
  featuredMedia: { __typename: 'MediaImage', preview: { image: imageOf(store, product) } },
  productType: product.collection,
  tags: [product.collection],
  collections: (args: object) => connection([{ id: gid('Collection', collectionOf(product.collection)) }], args),
  variants: (args: object) =>
    connection(
      variantsOf(product).map(({ variantId, priceMinor }) => ({
        id: gid('ProductVariant', variantId),
        price: decimal(priceMinor),
        compareAtPrice: null,
      })),
      args,
    ),
});

/** null: there is no such variant (any more). */
export const variantNode = (store: Devstore, number: number) => {
  const product = findVariant(store, number);
  return product === undefined
    ? null
    : {
        __typename: 'ProductVariant',
        id: gid('ProductVariant', product.variantId),
        displayName: `${product.title} - ${product.variantTitle ?? 'Default Title'}`,
        price: decimal(product.priceMinor),
        availableForSale: !store.soldOut.has(product.variantId),
        image: null,
        product: productNode(store, product),
      };
};

/** null: there is no such collection (any more). */
export const collectionNode = (store: Devstore, number: number) => {
  const collection = collectionsOf(store).find(({ id }) => id === number);
  if (collection === undefined) return null;
  const { id, title, products } = collection;
  return { __typename: 'Collection', id: gid('Collection', id), title, image: imageOf(store, products[0]) };
};
