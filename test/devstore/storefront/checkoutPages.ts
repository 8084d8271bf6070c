import express, { type Express } from 'express';
import { z } from 'zod';
import { cardByCode } from '../admin-api/giftCards';
import { creditOf } from '../admin-api/storeCredit';
import { automaticShipping } from '../checkout/automatic';
import { appliedCodes, cartJson, cartOf, linesOf, subtotalOf } from '../checkout/cart';
import { placeOrder } from '../checkout/orders';
import { paymentsFor, takePayments, whyNotCard } from '../checkout/payments';
import { leastSum, minor, newToken, nowOf, type Cart, type Devstore, type OrderPayload } from '../process/state';
import { sendWebhooks } from '../webhooks/webhooks';
import { customerOf, type Show, type With } from './visitor';

const shippingMinor = 590;

// From 80.00 on the shop pays the courier itself.
const shippingOf = (store: Devstore, cart: Cart): number =>
  subtotalOf(linesOf(store, cart)) >= 8000 * leastSum(store.shop.currency)
    ? 0
    : shippingMinor * leastSum(store.shop.currency);

/** The checkout, where codes, gift cards and credit are taken, and the page of the order that comes of it. */
export const addCheckout = (app: Express, store: Devstore, with_: With, show: Show): void => {
  app.get(
    '/checkout',
    with_((request, response, visitor) => {
      const cart = cartOf(store, visitor.session.cartToken);
      if (cart.lines.length === 0) return void response.redirect('/cart');
      const rate = shippingOf(store, cart);
      const codes = appliedCodes(store, cart, customerOf(store, visitor), rate);
      const refused = codes.filter(({ applicable }) => !applicable);
      const automatic = automaticShipping(store, customerOf(store, visitor), linesOf(store, cart), rate);
      const freed = codes.find(({ discount }) => (discount?.shipping ?? null) !== null);
      const shippingPaid = freed === undefined && automatic === null ? rate : 0;
      const total = cartJson(store, cart, customerOf(store, visitor)).total_price + shippingPaid;
      const payments = paymentsFor(store, { cart, customerId: visitor.session.customerId }, total);
      return show(request, response, visitor, 'checkout', {
        refused,
        shipping: { paid: shippingPaid, code: freed?.code ?? automatic?.title ?? null },
        total,
        refusedCard: typeof request.query.card === 'string' ? request.query.card : null,
        cards: payments.flatMap((payment) =>
          payment.kind === 'gift_card'
            ? [{ end: store.giftCards.get(payment.giftCardId)?.code.slice(-4) ?? '', paid: payment.minor }]
            : [],
        ),
        credit: visitor.session.customerId === null ? 0 : creditOf(store, visitor.session.customerId),
        creditPaid: payments.find(({ kind }) => kind === 'store_credit')?.minor ?? 0,
        left: payments.reduce((sum, one) => sum - one.minor, total),
      });
    }),
  );
  app.post(
    '/checkout/store-credit',
    with_((_, response, visitor) => {
      const cart = cartOf(store, visitor.session.cartToken);
      cart.withCredit = cart.withCredit !== true;
      response.redirect('/checkout');
    }),
  );
  app.post(
    '/checkout/gift-card',
    express.urlencoded({ extended: false }),
    with_((request, response, visitor) => {
      const cart = cartOf(store, visitor.session.cartToken);
      const given = z.object({ card: z.string() }).safeParse(request.body);
      const card = given.success ? cardByCode(store, given.data.card) : undefined;
      const reason = whyNotCard(store, card);
      if (reason !== null || card === undefined)
        return void response.redirect(`/checkout?card=${encodeURIComponent(reason ?? '')}`);
      cart.giftCardIds = [...new Set([...(cart.giftCardIds ?? []), card.id])];
      response.redirect('/checkout');
    }),
  );
  app.post(
    '/checkout',
    express.urlencoded({ extended: false }),
    with_((request, response, visitor) => {
      const cart = cartOf(store, visitor.session.cartToken);
      const lines = linesOf(store, cart);
      const customer = customerOf(store, visitor);
      const given = z.object({ email: z.email().optional() }).safeParse(request.body);
      const email = customer?.email ?? (given.success ? given.data.email : undefined);
      if (lines.length === 0 || email === undefined) return void response.redirect('/checkout');
      const rate = shippingOf(store, cart);
      const codes = appliedCodes(store, cart, customer, rate);
      const discounts = codes.flatMap(({ discount }) => (discount === null ? [] : [discount]));
      const order = placeOrder(store, {
        lines,
        customer,
        email,
        shippingMinor: rate,
        discounts,
        automatic: automaticShipping(store, customer, lines, rate),
        at: nowOf(store),
      });
      takePayments(
        store,
        order,
        paymentsFor(store, { cart, customerId: visitor.session.customerId }, minor(String(order.total_price))),
      );
      visitor.session.cartToken = newToken();
      void announceOrder(store, order);
      response.redirect(`/orders/${order.id}`);
    }),
  );
  app.get(
    '/orders/:id',
    with_((request, response, visitor) => {
      const order = store.orders.get(Number(request.params.id));
      if (order === undefined) return void response.status(404).send('Not found');
      return show(request, response, visitor, 'thanks', {
        order: {
          ...{ id: order.id, name: order.name, total: minor(String(order.total_price)), codes: order.discount_codes },
          status: order.cancelled_at === null ? order.financial_status : 'cancelled',
          lines: order.line_items.map(({ title, quantity, price }) => ({
            title,
            quantity,
            total: minor(price) * quantity,
          })),
        },
      });
    }),
  );
};

/** What Shopify sends when an order is placed and paid. */
export const announceOrder = (store: Devstore, order: OrderPayload): Promise<void> =>
  sendWebhooks(store, [
    ['orders/create', order],
    ['orders/paid', order],
    ['orders/updated', order],
  ]);
