import express, { type Express } from 'express';
import { z } from 'zod';
import { findVariant } from '../admin-api/catalogue';
import { addLine, appliedCodes, cartJson, linesOf, setLine } from '../checkout/cart';
import { placeOrder } from '../checkout/orders';
import { decimal, nowOf, type Cart, type Devstore } from '../process/state';
import type { TillState } from '../extensions/frameState';
import { announceOrder } from '../storefront/checkoutPages';
import { shopLocales } from '../storefront/theme';
import { visitorOf } from '../storefront/visitor';
import { tillPage } from './tillPage';

/** What is in the cart of the one till of this shop, and whose it is. */
type Till = { cart: Cart; customerId: number | null };

const actSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('add'),
    variant: z.number(),
    quantity: z.int().min(1).default(1),
    properties: z.record(z.string(), z.string()).optional(),
  }),
  z.object({ kind: z.literal('remove'), uuid: z.string() }),
  z.object({ kind: z.literal('customer'), id: z.number().nullable() }),
  z.object({ kind: z.literal('code'), code: z.string() }),
  z.object({ kind: z.literal('no cart discount') }),
  z.object({ kind: z.literal('remove code'), code: z.string() }),
  z.object({ kind: z.literal('clear') }),
]);

/** A till as staff of the shop uses it, with the app's extensions at their places. */
export const addTill = (app: Express, store: Devstore): void => {
  const empty = (): Till => ({ cart: { token: 'till', lines: [], codes: [] }, customerId: null });
  let till = empty();
  app.get('/pos', (request, response) => {
    const locale = shopLocales.find((one) => one === request.query.locale);
    if (locale !== undefined) visitorOf(store, request, response).session.locale = locale;
    response.set('cache-control', 'no-store').send(tillPage(store));
  });
  app.get('/pos/state', (_, response) => void response.set('cache-control', 'no-store').json(stateOf(store, till)));
  app.post('/pos/act', express.json(), (request, response) => {
    const act = actSchema.parse(request.body);
    if (act.kind === 'clear') till = empty();
    const refused = act.kind === 'clear' ? null : change(store, till, act);
    response.json(stateOf(store, till, refused));
  });
  app.post('/pos/sale', (_, response) => {
    const customer = customerOf(store, till);
    const lines = linesOf(store, till.cart);
    if (lines.length === 0) return void response.status(422).json({ message: 'The cart is empty.' });
    const discounts = appliedCodes(store, till.cart, customer).flatMap(({ discount }) => discount ?? []);
    const sale = { lines, customer, email: customer?.email ?? '', shippingMinor: 0, discounts, at: nowOf(store) };
    const order = placeOrder(store, sale);
    till = empty();
    void announceOrder(store, order);
    response.json({ id: order.id, name: order.name });
  });
};

const customerOf = (store: Devstore, { customerId }: Till) =>
  customerId === null ? null : (store.customers.get(customerId) ?? null);

/** Makes a change; answers why not, or null. */
const change = (
  store: Devstore,
  till: Till,
  act: Exclude<z.infer<typeof actSchema>, { kind: 'clear' }>,
): string | null => {
  switch (act.kind) {
    case 'add':
      if (findVariant(store, act.variant) === undefined) return 'Cannot find variant';
      if (store.soldOut.has(act.variant)) return 'The product is sold out';
      addLine(till.cart, { id: act.variant, quantity: act.quantity, properties: act.properties });
      return null;
    case 'remove':
      setLine(till.cart, act.uuid, 0);
      return null;
    case 'customer':
      till.customerId = act.id !== null && store.customers.has(act.id) ? act.id : null;
      return null;
    case 'no cart discount': {
      const { cart_level_discount_applications: ofCart } = cartJson(store, till.cart, customerOf(store, till));
      till.cart.codes = till.cart.codes.filter((code) => code !== ofCart.at(-1)?.title);
      return null;
    }
    case 'remove code':
      till.cart.codes = till.cart.codes.filter((code) => code !== act.code);
      return null;
    case 'code': {
      const before = till.cart.codes;
      till.cart.codes = [...new Set([...before, act.code])];
      const refused = appliedCodes(store, till.cart, customerOf(store, till)).find(({ applicable }) => !applicable);
      if (refused !== undefined) till.cart.codes = before;
      return refused?.reason ?? null;
    }
  }
};

const stateOf = (store: Devstore, till: Till, refused: string | null = null): TillState => {
  const cart = cartJson(store, till.cart, customerOf(store, till));
  const total = decimal(cart.total_price);
  return {
    refused,
    added: cart.items.at(-1)?.key ?? null,
    cart: {
      // Before discounts and taxes.
      subtotal: decimal(cart.original_total_price),
      taxTotal: '0.00',
      grandTotal: total,
      cartDiscounts: cart.cart_level_discount_applications.map(({ title, total_allocated_amount: cents }) => ({
        amount: cents / 100,
        type: 'Code',
        discountDescription: title,
      })),
      ...(till.customerId === null ? {} : { customer: { id: till.customerId } }),
      lineItems: cart.items.map((item) => ({
        uuid: item.key,
        productId: item.product_id,
        variantId: item.variant_id,
        properties: item.properties ?? {},
        title: item.title,
        quantity: item.quantity,
        price: item.price / 100,
        discounts: item.line_level_discount_allocations.map(({ amount, discount_application: { title } }) => ({
          amount: amount / 100,
          type: 'Code',
          discountDescription: title,
        })),
      })),
    },
  };
};
