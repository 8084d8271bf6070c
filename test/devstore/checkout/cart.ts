import { createHash } from 'node:crypto';
import { collectionOf, findVariant } from '../admin-api/catalogue';
import { classOf, discountLines, isFor } from './discountLines';
import { nowOf, type Cart, type Customer, type Devstore, type Discount, type Product } from '../process/state';

export type CartLine = {
  readonly product: Product;
  readonly quantity: number;
  readonly properties?: Readonly<Record<string, string>>;
};

export const linesOf = (store: Devstore, cart: Cart): readonly CartLine[] =>
  cart.lines.flatMap(({ variantId, quantity, properties = {} }) => {
    const product = findVariant(store, variantId);
    return product === undefined ? [] : [{ product, quantity, properties }];
  });

export const subtotalOf = (lines: readonly CartLine[]): number =>
  lines.reduce((sum, { product, quantity }) => sum + product.priceMinor * quantity, 0);

/** Why a code does not apply to this cart and customer; null when it does. As strict as Shopify's checkout. */
export const whyNot = (
  store: Devstore,
  discount: Discount | undefined,
  customer: Customer | null,
  lines: readonly CartLine[],
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
  return whyNotItems(discount, lines);
};

/** Why a code does not apply to these lines; null when it does. Only the lines that it is for count for its minimum. */
const whyNotItems = (discount: Discount, lines: readonly CartLine[]): string | null => {
  const { minimumMinor, buys } = discount;
  const own = lines.filter(({ product }) => isFor(discount, product));
  if (discount.items !== null && own.length === 0) return 'This discount code is not valid for the items in your cart';
  if (minimumMinor !== null && subtotalOf(own) < minimumMinor)
    return 'Add items to reach the minimum of this discount code';
  if (buys === null) return null;
  const isBought = ({ product }: CartLine): boolean => buys.collections.includes(collectionOf(product.collection));
  // The unit that is free buys nothing.
  const free = own.find(isBought)?.product.priceMinor ?? 0;
  return subtotalOf(lines.filter(isBought)) - free < buys.amountMinor
    ? 'Add items to qualify for this discount code'
    : null;
};

const findDiscount = (store: Devstore, code: string): Discount | undefined =>
  [...store.discounts.values()].find((one) => one.code.toUpperCase() === code.toUpperCase());

const permits = ({ combinesWith }: Discount, other: Discount): boolean => combinesWith[`${classOf(other)}Discounts`];

/** Two codes go together if each says so of the other's class; never two of the shipping. */
const goTogether = (one: Discount, other: Discount): boolean =>
  !(one.shipping !== null && other.shipping !== null) && permits(one, other) && permits(other, one);

/** Why a code does not go with those that apply already; null when it does. A line takes one discount of products. */
const whyNotWith = (
  store: Devstore,
  discount: Discount,
  applied: readonly Discount[],
  lines: readonly CartLine[],
): string | null => {
  const others = applied.filter((one) => classOf(one) === 'product');
  const isLeftOut = (): boolean =>
    (discountLines(store, lines, [...others, discount]).at(-1) ?? []).every((off) => off === 0);
  return applied.some((one) => !goTogether(one, discount)) ||
    (classOf(discount) === 'product' && others.length > 0 && isLeftOut())
    ? 'This discount code cannot be combined with another'
    : null;
};

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

const mostCodes = 5;

/** An order takes so many codes of products or of the order, whatever they say of each other. */
const whyNotMore = ({ shipping }: Discount, applied: readonly Discount[]): string | null =>
  shipping === null && applied.filter((other) => other.shipping === null).length >= mostCodes
    ? 'An order takes no more discount codes'
    : null;

/** Which codes of a cart apply; at the checkout, where shipping has a rate, more is known. */
export const appliedCodes = (
  store: Devstore,
  cart: Cart,
  customer: Customer | null,
  rateMinor: number | null = null,
): readonly AppliedCode[] => {
  const lines = linesOf(store, cart);
  const applied: Discount[] = [];
  return cart.codes.map((code) => {
    const discount = findDiscount(store, code);
    const reason =
      whyNot(store, discount, customer, lines) ??
      (discount === undefined
        ? null
        : (whyNotMore(discount, applied) ??
          whyNotWith(store, discount, applied, lines) ??
          (rateMinor === null ? null : whyNotShipping(discount, rateMinor))));
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
  const applied = codes.flatMap(({ discount }) => discount ?? []);
  const perDiscount = discountLines(store, lines, applied);
  const off = perDiscount.flat().reduce((sum, part) => sum + part, 0);
  const subtotal = subtotalOf(lines);
  const allocationsOf = (line: number) =>
    applied.flatMap((discount, index) => {
      const amount = perDiscount[index]?.[line] ?? 0;
      if (classOf(discount) !== 'product' || amount === 0) return [];
      return [{ amount, discount_application: { title: discount.code, type: 'discount_code' } }];
    });
  const offLine = (line: number): number => allocationsOf(line).reduce((sum, { amount }) => sum + amount, 0);
  const offLines = lines.reduce((sum, _, index) => sum + offLine(index), 0);
  return {
    token: cart.token,
    currency: store.shop.currency,
    item_count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    items: lines.map(({ product, quantity, properties }, index) => ({
      id: product.variantId,
      variant_id: product.variantId,
      product_id: product.id,
      title: product.variantTitle === undefined ? product.title : `${product.title} - ${product.variantTitle}`,
      handle: product.handle,
      quantity,
      price: product.priceMinor,
      line_price: product.priceMinor * quantity,
      final_line_price: product.priceMinor * quantity - offLine(index),
      line_level_discount_allocations: allocationsOf(index),
      properties,
      url: `/products/${product.handle}`,
      image: `/devstore/pictures/${product.handle}.svg`,
      vendor: product.vendor,
      key: keyOf(product.variantId, properties),
    })),
    items_subtotal_price: subtotal - offLines,
    total_discount: off,
    original_total_price: subtotal,
    total_price: subtotal - off,
    cart_level_discount_applications: applied.flatMap((discount, index) =>
      // What comes off the shipping is known at the checkout only; what comes off products stands at their lines.
      classOf(discount) !== 'order'
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

/** What names a line of the cart: its variant, and a digest of its properties. */
const keyOf = (variantId: number, properties: Readonly<Record<string, string>> = {}): string =>
  `${variantId}:${createHash('sha256').update(JSON.stringify(properties)).digest('hex').slice(0, 32)}`;

/** Sets the units of the line with this key, or of all lines of this variant. */
export const setLine = (cart: Cart, id: string, quantity: number): void => {
  const isIt = ({ variantId, properties }: Cart['lines'][number]): boolean =>
    id === String(variantId) || id === keyOf(variantId, properties);
  const [line] = cart.lines.filter(isIt);
  cart.lines = cart.lines.flatMap((one) =>
    !isIt(one) ? [one] : one === line && quantity > 0 ? [{ ...one, quantity }] : [],
  );
};

/** Puts units into the cart; with other properties than those there they are a line of their own. */
export const addLine = (
  cart: Cart,
  {
    id,
    quantity,
    properties,
  }: { id: number; quantity: number; properties?: Readonly<Record<string, string>> | undefined },
): void => {
  const key = JSON.stringify(properties ?? {});
  const line = cart.lines.find((one) => one.variantId === id && JSON.stringify(one.properties ?? {}) === key);
  if (line === undefined) cart.lines = [...cart.lines, { variantId: id, quantity, ...(properties && { properties }) }];
  else line.quantity += quantity;
};
