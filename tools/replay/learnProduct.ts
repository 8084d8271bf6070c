import { asId, type PlatformId } from '~/core/values/ids';
import type { Store } from '~/db/stores';
import type { House } from './house';

/** What a message about a product says of it; collections are not in it, so those that are known stay. */
export const learnProduct = (house: House, store: Store, body: unknown): void => {
  const product = body as {
    id?: unknown;
    product_type?: unknown;
    tags?: unknown;
    collections?: unknown;
    variants?: readonly { id?: unknown; price?: unknown; compare_at_price?: unknown }[];
  };
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const shop = house.shopOf(store.domain);
  const id = asId<PlatformId>(text(product.id));
  shop.products.set(id, {
    type: text(product.product_type) === '' ? null : text(product.product_type),
    tags: (Array.isArray(product.tags) ? product.tags.map(text) : text(product.tags).split(','))
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    collections: Array.isArray(product.collections)
      ? product.collections.map(text)
      : (shop.products.get(id)?.collections ?? []),
    saleVariants: (product.variants ?? [])
      .filter(({ price, compare_at_price: compare }) => Number(text(compare)) > Number(text(price)))
      .map(({ id }) => text(id)),
  });
};
