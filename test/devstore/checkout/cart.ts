import { discountLines } from './orders';
import { nowOf, type Cart, type Customer, type Devstore, type Discount, type Product } from '../process/state';

export type CartLine = { readonly product: Product; readonly quantity: number };

export const linesOf = (store: Devstore, cart: Cart): readonly CartLine[] =>
  cart.lines.flatMap(({ variantId, quantity }) => {
    const product = store.products.find((one) => one.variantId === variantId);
    return product === undefined ? [] : [{ product, quantity }];
  });

export const subtotalOf = (lines: readonly CartLine[]): number =>
  lines.reduce((sum, { product, quantity }) => sum + product.priceMinor * quantity, 0);

/** Why a code does not apply to this cart and customer; null when it does. As strict as Shopify's checkout. */
export const whyNot = (
  store: Devstore,
  discount: Discount | undefined,
  customer: Customer | null,
  subtotalMinor: number,
): string | null => {
  if (discount === undefined) return 'Enter a valid discount code';
  const now = nowOf(store);
  if (!discount.active || (discount.endsAt !== null && new Date(discount.endsAt) <= now))
    return 'This discount code has ended';
  if (new Date(discount.startsAt) > now) return 'This discount code is not active yet';
  if (discount.usageLimit !== null && discount.uses >= discount.usageLimit)
    return 'This discount code has reached its usage limit';
  if (discount.customerIds.length > 0 && (customer === null || !discount.customerIds.includes(customer.id)))
    return 'This discount code is not available to you';
  if (discount.minimumMinor !== null && subtotalMinor < discount.minimumMinor)
    return 'Add items to reach the minimum of this discount code';
  return null;
};

const findDiscount = (store: Devstore, code: string): Discount | undefined =>
  [...store.discounts.values()].find((one) => one.code.toUpperCase() === code.toUpperCase());

type Class = 'order' | 'shipping';
const classOf = ({ shipping }: Discount): Class => (shipping === null ? 'order' : 'shipping');
const permits = ({ combinesWith }: Discount, other: Class): boolean =>
  other === 'order' ? combinesWith.orderDiscounts : combinesWith.shippingDiscounts;

/** Two codes go together if each says so of the other's class; two shipping codes never do. */
const goTogether = (one: Discount, other: Discount): boolean =>
  !(one.shipping !== null && other.shipping !== null) && permits(one, classOf(other)) && permits(other, classOf(one));

export type AppliedCode = {
  readonly code: string;
  readonly applicable: boolean;
  readonly reason: string | null;
  readonly discount: Discount | null;
};

/** Why a shipping code does not make this rate free; null when it does, or is none. Everybody here lives in Italy. */
export const whyNotShipping = ({ shipping }: Discount, rateMinor: number): string | null => {
  if (shipping === null) return null;
  if (shipping.maxRateMinor !== null && rateMinor > shipping.maxRateMinor)
    return 'This discount code does not apply to this shipping rate';
  return shipping.countries.length > 0 && !shipping.countries.includes('IT')
    ? 'This discount code does not apply to your country'
    : null;
};

/** Which codes of a cart apply; at the checkout, where shipping has a rate, more is known. */
export const appliedCodes = (
  store: Devstore,
  cart: Cart,
  customer: Customer | null,
  rateMinor: number | null = null,
): readonly AppliedCode[] => {
  const subtotal = subtotalOf(linesOf(store, cart));
  const applied: Discount[] = [];
  return cart.codes.map((code) => {
    const discount = findDiscount(store, code);
    const reason =
      whyNot(store, discount, customer, subtotal) ??
      (applied.some((other) => discount === undefined || !goTogether(other, discount))
        ? 'This discount code cannot be combined with another'
        : discount === undefined || rateMinor === null
          ? null
          : whyNotShipping(discount, rateMinor));
    if (reason === null && discount !== undefined) applied.push(discount);
    return {
      code: discount?.code ?? code,
      applicable: reason === null,
      reason,
      discount: reason === null ? (discount ?? null) : null,
    };
  });
};

/** The Ajax API's form of a cart. */
export const cartJson = (store: Devstore, cart: Cart, customer: Customer | null) => {
  const lines = linesOf(store, cart);
  const codes = appliedCodes(store, cart, customer);
  const perDiscount = discountLines(
    lines.map(({ product, quantity }) => product.priceMinor * quantity),
    codes.flatMap(({ discount }) => discount ?? []),
  );
  const off = perDiscount.flat().reduce((sum, part) => sum + part, 0);
  const subtotal = subtotalOf(lines);
  return {
    token: cart.token,
    currency: store.shop.currency,
    item_count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    items: lines.map(({ product, quantity }) => ({
      id: product.variantId,
      variant_id: product.variantId,
      product_id: product.id,
      title: product.title,
      handle: product.handle,
      quantity,
      price: product.priceMinor,
      line_price: product.priceMinor * quantity,
      final_line_price: product.priceMinor * quantity,
      url: `/products/${product.handle}`,
      image: `/devstore/pictures/${product.handle}.svg`,
      vendor: product.vendor,
      key: `${product.variantId}:1`,
    })),
    items_subtotal_price: subtotal,
    total_discount: off,
    original_total_price: subtotal,
    total_price: subtotal - off,
    cart_level_discount_applications: codes.flatMap(({ discount }, index) =>
      // What comes off the shipping is known at the checkout only.
      discount === null || discount.shipping !== null
        ? []
        : [
            {
              title: discount.code,
              type: 'discount_code',
              total_allocated_amount: (perDiscount[index] ?? []).reduce((sum, part) => sum + part, 0),
            },
          ],
    ),
    discount_codes: codes.map(({ code, applicable }) => ({ code, applicable })),
  };
};

export const cartOf = (store: Devstore, token: string): Cart => {
  let cart = store.carts.get(token);
  if (cart === undefined) {
    cart = { token, lines: [], codes: [] };
    store.carts.set(token, cart);
  }
  return cart;
};

export const setLine = (cart: Cart, variantId: number, quantity: number): void => {
  cart.lines = cart.lines.filter((line) => line.variantId !== variantId);
  if (quantity > 0) cart.lines = [...cart.lines, { variantId, quantity }];
};
