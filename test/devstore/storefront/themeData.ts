import { collectionOf, collections, variantsOf } from '../admin-api/catalogue';
import type { cartJson } from '../checkout/cart';
import type { Customer, Devstore, Product } from '../process/state';
import { shopLocales } from './liquidShop';
import { themeWords } from './themeWords';

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

/** A product as Liquid has it. */
export const productDrop = (store: Devstore, product: Product) => {
  const variants = variantsOf(product).map((variant) => ({
    id: variant.variantId,
    title: variant.variantTitle ?? 'Default Title',
    price: variant.priceMinor,
    compare_at_price: null,
    available: !store.soldOut.has(variant.variantId),
  }));
  const chosen = variants.find(({ available }) => available) ?? variants[0];
  return {
    id: product.id,
    ...{ title: product.title, handle: product.handle, vendor: product.vendor, description: product.description },
    type: product.collection,
    tags: [product.collection],
    collections: [{ id: collectionOf(product.collection), handle: product.collection }],
    ...{ available: variants.some(({ available }) => available), variants },
    variants_count: variants.length,
    has_only_default_variant: variants.length === 1,
    option: product.option ?? '',
    price: Math.min(...variants.map(({ price }) => price)),
    price_varies: new Set(variants.map(({ price }) => price)).size > 1,
    selected_variant: null,
    selected_or_first_available_variant: chosen,
    url: `/products/${product.handle}`,
    picture: `/devstore/pictures/${product.handle}.svg`,
  };
};

const pageTypes: Readonly<Record<string, string>> = {
  account: 'customers/account',
  login: 'customers/login',
  loyalty: 'page',
};

const customerDrop = (store: Devstore, customer: Customer) => ({
  id: customer.id,
  first_name: customer.firstName,
  last_name: customer.lastName,
  name: `${customer.firstName} ${customer.lastName}`,
  email: customer.email,
  tags: customer.tags,
  // App-owned metafields are found in the bracket form only.
  metafields: { $app: { loyalty: metafieldOf(store, `gid://shopify/Customer/${customer.id}|$app|loyalty`) } },
});

/** The app's own data of the installation: only what is there can be read. */
const appMetafields = (store: Devstore) => {
  const prefix = 'gid://shopify/AppInstallation/1|loyalty|';
  const keys = [...store.metafields.keys()].filter((key) => key.startsWith(prefix));
  return Object.fromEntries(keys.map((key) => [key.slice(prefix.length), metafieldOf(store, key)]));
};

/** Liquid's global objects for a page. */
export const globalsOf = (store: Devstore, template: string, data: PageData): Record<string, unknown> => {
  const products = store.products.map((product) => productDrop(store, product));
  const byHandle = Object.fromEntries(products.map((product) => [product.handle, product]));
  const cart = data.cart;
  return {
    ...data.page,
    template,
    words: themeWords(data.locale),
    customer: data.customer === null ? null : customerDrop(store, data.customer),
    cart:
      cart === null
        ? null
        : {
            ...cart,
            currency: { iso_code: store.shop.currency },
            taxes_included: true,
            items: cart.items.map((item) => ({ ...item, product: byHandle[item.handle] })),
          },
    shop: {
      ...{ name: store.shop.name, permanent_domain: store.shop.domain, currency: store.shop.currency },
      taxes_included: true,
    },
    app: { metafields: { loyalty: appMetafields(store) } },
    request: {
      locale: { iso_code: data.locale },
      ...{ design_mode: false, path: data.path, page_type: pageTypes[template] ?? template },
    },
    routes: {
      ...{ root_url: '/', account_url: '/account', account_login_url: '/account/login' },
      ...{ cart_url: '/cart', cart_update_url: '/cart/update', all_products_collection_url: '/collections/all' },
      storefront_login_url: `/customer_authentication/login?return_to=${encodeURIComponent(data.path)}`,
    },
    locales: shopLocales,
    all_products: byHandle,
    collections: collections.map(([handle, title]) => ({ handle, title })),
    products,
  };
};
