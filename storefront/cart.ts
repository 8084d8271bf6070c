import { posted } from './app';
import { paint, sectionsOfCart } from './sections';

/** The cart as the shop's Ajax API tells it, as far as it is read here. */
export type Cart = {
  readonly items_subtotal_price: number;
  readonly total_price: number;
  readonly cart_level_discount_applications?: readonly unknown[];
  readonly discount_codes?: readonly { readonly code: string; readonly applicable?: boolean }[];
  readonly items?: readonly {
    readonly key: string;
    readonly variant_id: number;
    readonly product_id?: number | null;
    /** Less the discounts of the line itself. */
    readonly final_line_price: number;
    readonly properties?: Readonly<Record<string, string>> | null;
    readonly line_level_discount_allocations?: readonly unknown[];
  }[];
  readonly sections?: Readonly<Record<string, string | null>>;
};

declare global {
  // What the shop puts into every page.
  interface Window {
    Shopify?: { readonly routes?: { readonly root?: string } };
  }
}

const ask = async (path: string, body?: unknown): Promise<Cart> => {
  const init = body === undefined ? { headers: { accept: 'application/json' } } : posted(body);
  const response = await fetch((window.Shopify?.routes?.root ?? '/') + path, init);
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as Cart;
};

export const readCart = (): Promise<Cart> => ask('cart.js');

/** Which of the page's sections the answer shall bring, painted for the cart as it is then. */
const withSections = () => {
  const sections = sectionsOfCart();
  return sections.length === 0 ? {} : { sections, sections_url: location.pathname };
};

/** The codes that take something off now. */
export const appliedIn = (cart: Cart): readonly string[] =>
  (cart.discount_codes ?? []).filter(({ applicable }) => applicable !== false).map(({ code }) => code);

const isSame = (a: string) => (b: string) => a.toUpperCase() === b.toUpperCase();
const setCodes = (codes: readonly string[]): Promise<Cart> =>
  ask('cart/update.js', { discount: [...new Set(codes)].join(','), ...withSections() });

/** How adding a code ended, and whether the page shows the cart already. */
export type Applied = { readonly isIn: boolean; readonly isPainted: boolean };

/** Adds a code to those that the cart has. One that does not go with them is left out again. */
export const addCode = async (cart: Cart, code: string): Promise<Applied> => {
  const before = appliedIn(cart);
  let after = await setCodes([...before, code]);
  const now = appliedIn(after);
  const isIn = [...before, code].every((one) => now.some(isSame(one)));
  if (!isIn) after = await setCodes(before);
  return { isIn, isPainted: paint(after.sections) };
};

/** Takes a code out, and the product that came with it. Says whether the page shows the cart already. */
export const takeOut = async (code: string): Promise<boolean> => {
  const cart = await readCart();
  const line = cart.items?.find(({ properties }) => properties?._fidelio === code);
  if (line !== undefined) await ask('cart/change.js', { id: line.key, quantity: 0 });
  return paint((await setCodes(appliedIn(cart).filter((one) => !isSame(code)(one)))).sections);
};

/**
 * Sees to it that a code's product is in the cart. One is paid for, however many there are: none is added to it. false:
 * the shop refuses it.
 */
export const bring = async (cart: Cart, variant: string, code: string): Promise<boolean> => {
  if (cart.items?.some(({ variant_id: id }) => String(id) === variant)) return true;
  const items = [{ id: Number(variant), quantity: 1, properties: { _fidelio: code } }];
  return ask('cart/add.js', { items }).then(
    () => true,
    () => false,
  );
};

/** What the app is told of a cart: it may be another than the page was painted for. */
export const seen = (cart: Cart, minorPerUnit: number, currency: string | undefined) => {
  const minor = (hundredths: number): number => Math.round((hundredths * minorPerUnit) / 100);
  const lines = (cart.items ?? []).map((item) => ({
    product: item.product_id ? String(item.product_id) : null,
    amountMinor: minor(item.final_line_price),
    discounted: (item.line_level_discount_allocations ?? []).length > 0,
  }));
  return {
    subtotalMinor: minor(cart.items_subtotal_price),
    remainingMinor: minor(cart.total_price),
    currency,
    discounts: [
      ...((cart.cart_level_discount_applications ?? []).length > 0 ? ['order'] : []),
      ...(lines.some(({ discounted }) => discounted) ? ['product'] : []),
    ],
    lines,
  };
};
