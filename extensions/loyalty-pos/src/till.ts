import type { Api } from '@shopify/ui-extensions/pos.home.modal.render';
import type { SeenCart } from '../../shared/cart';

type TillCart = Api['cart']['current']['value'];
type TillLine = TillCart['lineItems'][number];
type TillDiscount = TillCart['cartDiscounts'][number];

/** What a discount takes off so much: of one in percent the platform tells the percentage. */
const offOf = ({ amount, type }: TillDiscount, minor: number, minorPerUnit: number): number =>
  Math.round(type === 'Percentage' ? (minor * Number(amount)) / 100 : Number(amount) * minorPerUnit);

/** What the cart at the till comes to for the app. The platform's `subtotal` is that of the goods before discounts. */
export const tillCart = (cart: TillCart, currency: string, minorPerUnit: number): SeenCart => {
  const listed = Math.round(Number(cart.subtotal) * minorPerUnit);
  const offLine = ({ price = 0, quantity, discounts }: TillLine): number => {
    const line = Math.round(price * minorPerUnit) * quantity;
    return discounts.reduce((off, one) => off + offOf(one, line, minorPerUnit), 0);
  };
  const offLines = cart.lineItems.reduce((sum, line) => sum + offLine(line), 0);
  const subtotalMinor = Math.max(0, listed - offLines);
  const off = cart.cartDiscounts.reduce((sum, one) => sum + offOf(one, subtotalMinor, minorPerUnit), 0);
  return {
    subtotalMinor,
    remainingMinor: Math.max(0, subtotalMinor - off),
    currency,
    discounts: [
      ...(cart.cartDiscounts.length > 0 ? (['order'] as const) : []),
      ...(cart.lineItems.some(({ discounts }) => discounts.length > 0) ? (['product'] as const) : []),
    ],
    lines: cart.lineItems.map((line) => ({
      product: line.productId === undefined ? null : String(line.productId),
      amountMinor: Math.max(0, Math.round((line.price ?? 0) * minorPerUnit) * line.quantity - offLine(line)),
      discounted: line.discounts.length > 0,
    })),
  };
};

const names =
  (code: string) =>
  ({ discountDescription: text = '' }: TillDiscount): boolean =>
    text.toUpperCase().includes(code.toUpperCase());

/** Whether the cart at the till has a code: of the whole cart, or of a product in it. */
export const isInCart = ({ cartDiscounts, lineItems }: TillCart, code: string): boolean =>
  [...cartDiscounts, ...lineItems.flatMap(({ discounts }) => discounts)].some(names(code));

const ownLine = ({ lineItems }: TillCart, code: string) =>
  lineItems.find(({ properties }) => properties._fidelio === code);

/** Sees to it that a code's product is in the cart. false: staff, or the till, does not put it there. */
const bring = async ({ cart }: Api, variant: string, code: string): Promise<boolean> => {
  const { lineItems } = cart.current.value;
  if (lineItems.some(({ variantId }) => String(variantId) === variant)) return true;
  // Empty: it is out of stock, and staff does not sell it all the same.
  return (await cart.addLineItem(Number(variant), 1, { properties: { _fidelio: code } })) !== '';
};

/**
 * Puts a code into the cart, with its product if it has one. It is good for its customer only: the cart has to be
 * theirs. Throws when the till does not take it; the product that was brought is out again then.
 */
export const putIn = async (api: Api, customer: string, code: string, variant: string | null): Promise<void> => {
  const { cart } = api;
  if (String(cart.current.value.customer?.id ?? '') !== customer) await cart.setCustomer({ id: Number(customer) });
  if (variant !== null && !(await bring(api, variant, code))) throw new Error('the product is not in the cart');
  try {
    await cart.addCartCodeDiscount(code);
  } catch (error) {
    await takeProductOut(api, code);
    throw error;
  }
};

/** Takes the product that came with a code out of the cart. */
export const takeProductOut = async ({ cart }: Api, code: string): Promise<void> => {
  const line = ownLine(cart.current.value, code);
  if (line !== undefined) await cart.removeLineItem(line.uuid);
};

/**
 * Takes a code out of the cart. The platform removes "the" discount of the cart, and cannot be told which: false where
 * that might be another one, or where it is a discount of a product. Staff has to take it out then.
 */
export const takeCodeOut = async ({ cart }: Api, code: string): Promise<boolean> => {
  const { cartDiscounts } = cart.current.value;
  if (!isInCart(cart.current.value, code)) return true;
  const isAlone = cartDiscounts.length === 1 && cartDiscounts.every(names(code));
  if (isAlone) await cart.removeCartDiscount();
  return isAlone;
};
