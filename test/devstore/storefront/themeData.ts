import type { cartJson } from '../checkout/cart';
import type { Customer, Devstore } from '../process/state';

/** What a page of the theme is rendered with. */
export type PageData = {
  readonly locale: string;
  readonly path: string;
  readonly customer: Customer | null;
  readonly cart: ReturnType<typeof cartJson> | null;
  readonly page: Record<string, unknown>;
};

/** A metafield as Liquid has it: `.value` is the parsed JSON. */
export const metafieldOf = (store: Devstore, key: string): { readonly value: unknown } | null => {
  const metafield = store.metafields.get(key);
  return metafield === undefined ? null : { value: JSON.parse(metafield.value) as unknown };
};
