import type { Api } from '@shopify/ui-extensions/pos.home.modal.render';
import type { SeenCart } from '../../shared/cart';

type TillCart = Api['cart']['current']['value'];

/** What the cart at the till comes to for the app. `subtotal` has discounts of lines off, and those of the cart. */
export const tillCart = (cart: TillCart, currency: string, minorPerUnit: number): SeenCart => {
  const minor = (amount: number): number => Math.round(amount * minorPerUnit);
  const remaining = minor(Number(cart.subtotal));
  const off = cart.cartDiscounts.reduce((sum, { amount }) => sum + minor(Number(amount)), 0);
  return {
    subtotalMinor: remaining + off,
    remainingMinor: Math.max(0, remaining),
    currency,
    discounts: [
      ...(cart.cartDiscounts.length > 0 ? (['order'] as const) : []),
      ...(cart.lineItems.some(({ discounts }) => discounts.length > 0) ? (['product'] as const) : []),
    ],
  };
};

/** Whether the cart at the till has a code. */
export const isInCart = (cart: TillCart, code: string): boolean =>
  cart.cartDiscounts.some(({ discountDescription: text = '' }) => text.toUpperCase().includes(code.toUpperCase()));

/** Puts a code into the cart. It is good for its customer only: the cart has to be theirs. */
export const applyCode = async ({ cart }: Api, customer: string, code: string): Promise<void> => {
  if (String(cart.current.value.customer?.id ?? '') !== customer) await cart.setCustomer({ id: Number(customer) });
  await cart.addCartCodeDiscount(code);
};
