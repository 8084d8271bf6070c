import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { appliedCodes, cartJson, cartOf, linesOf, setLine, subtotalOf } from '../checkout/cart';
import { placeOrder } from '../checkout/orders';
import {
  minor,
  newNumber,
  newToken,
  nowOf,
  timeText,
  type Cart,
  type Customer,
  type Devstore,
  type OrderPayload,
} from '../process/state';
import { extensionFolder, renderPage, shopLocales } from './theme';
import { sendWebhooks } from '../webhooks/webhooks';

const shippingMinor = 590;

type Visitor = {
  readonly id: string;
  readonly session: { customerId: number | null; cartToken: string; locale: string };
};

const visitorOf = (store: Devstore, request: Request, response: Response): Visitor => {
  const cookie = /(?:^|;\s*)_devstore=([0-9a-f]+)/.exec(request.get('cookie') ?? '')?.[1];
  const known = cookie === undefined ? undefined : store.sessions.get(cookie);
  if (cookie !== undefined && known !== undefined) return { id: cookie, session: known };
  const id = newToken();
  const session = { customerId: null, cartToken: newToken(), locale: 'it' };
  store.sessions.set(id, session);
  response.cookie('_devstore', id, { httpOnly: true, sameSite: 'lax' });
  return { id, session };
};

const customerOf = (store: Devstore, visitor: Visitor): Customer | null =>
  visitor.session.customerId === null ? null : (store.customers.get(visitor.session.customerId) ?? null);

type Handler = (request: Request, response: Response, visitor: Visitor) => Promise<void> | void;

/** The shop as a shopper sees it: products, cart, checkout, account, and the app behind its proxy. */
export const addStorefront = (app: Express, store: Devstore): void => {
  const with_ =
    (handler: Handler) =>
    (request: Request, response: Response, next: NextFunction): void => {
      Promise.resolve(handler(request, response, visitorOf(store, request, response))).catch(next);
    };
  const show = async (
    request: Request,
    response: Response,
    visitor: Visitor,
    template: string,
    page: Record<string, unknown> = {},
  ): Promise<void> => {
    const wanted = shopLocales.find((locale) => locale === request.query.locale);
    if (wanted !== undefined) visitor.session.locale = wanted;
    const customer = customerOf(store, visitor);
    const cart = cartJson(store, cartOf(store, visitor.session.cartToken), customer);
    response
      .set('cache-control', 'no-store')
      .send(
        await renderPage(store, template, { locale: visitor.session.locale, path: request.path, customer, cart, page }),
      );
  };

  app.use('/extensions/loyalty-storefront/assets', express.static(join(extensionFolder, 'assets')));
  app.get(
    '/devstore/pictures/:name.svg',
    (request, response) => void response.type('svg').send(pictureOf(store, request.params.name)),
  );
  app.get(
    '/',
    with_((request, response, visitor) => show(request, response, visitor, 'index')),
  );
  app.get(
    '/products/:handle',
    with_((request, response, visitor) => {
      const product = store.products.find(({ handle }) => handle === request.params.handle);
      if (product === undefined) return void response.status(404).send('Not found');
      return show(request, response, visitor, 'product', { product: { ...product, price: product.priceMinor } });
    }),
  );
  app.get(
    '/cart',
    with_((request, response, visitor) => show(request, response, visitor, 'cart')),
  );
  addCartApi(app, store, with_);
  addAccount(app, store, with_, show);
  addCheckout(app, store, with_, show);
  const { prefix, subpath } = store.app.proxy;
  app.all(
    `/${prefix}/${subpath}/*`,
    express.raw({ type: () => true, limit: '1mb' }),
    with_((request, response, visitor) => forwardToApp(store, request, response, visitor)),
  );
};

type With = (handler: Handler) => (request: Request, response: Response, next: NextFunction) => void;
type Show = (
  request: Request,
  response: Response,
  visitor: Visitor,
  template: string,
  page?: Record<string, unknown>,
) => Promise<void>;

const addSchema = z.object({
  id: z.coerce.number().int(),
  quantity: z.coerce.number().int().min(1).max(100).default(1),
});
const changeSchema = z.object({ id: z.coerce.number().int(), quantity: z.coerce.number().int().min(0).max(100) });
const updateSchema = z.object({ discount: z.string().optional() });

/** The Ajax cart API, as far as themes and the app's blocks use it. */
const addCartApi = (app: Express, store: Devstore, with_: With): void => {
  const body = [express.json(), express.urlencoded({ extended: false })];
  const answer = (request: Request, response: Response, visitor: Visitor): void => {
    if (!request.path.endsWith('.js')) return void response.redirect('/cart');
    response
      .set('cache-control', 'no-store')
      .json(cartJson(store, cartOf(store, visitor.session.cartToken), customerOf(store, visitor)));
  };
  app.get('/cart.js', with_(answer));
  app.post(
    ['/cart/add', '/cart/add.js'],
    ...body,
    with_((request, response, visitor) => {
      const wish = addSchema.safeParse(request.body);
      const product = wish.success ? store.products.find(({ variantId }) => variantId === wish.data.id) : undefined;
      if (!wish.success || product === undefined)
        return void response
          .status(422)
          .json({ status: 422, message: 'Cart Error', description: 'Cannot find variant' });
      const cart = cartOf(store, visitor.session.cartToken);
      const before = cart.lines.find(({ variantId }) => variantId === product.variantId)?.quantity ?? 0;
      setLine(cart, product.variantId, before + wish.data.quantity);
      answer(request, response, visitor);
    }),
  );
  app.post(
    ['/cart/change', '/cart/change.js'],
    ...body,
    with_((request, response, visitor) => {
      const wish = changeSchema.safeParse(request.body);
      if (!wish.success) return void response.status(422).json({ status: 422, message: 'Cart Error' });
      setLine(cartOf(store, visitor.session.cartToken), wish.data.id, wish.data.quantity);
      answer(request, response, visitor);
    }),
  );
  app.post(
    ['/cart/update', '/cart/update.js'],
    ...body,
    with_((request, response, visitor) => {
      const wish = updateSchema.safeParse(request.body);
      if (!wish.success) return void response.status(422).json({ status: 422, message: 'Cart Error' });
      // `discount` replaces all codes of the cart.
      if (wish.data.discount !== undefined)
        cartOf(store, visitor.session.cartToken).codes = [
          ...new Set(
            wish.data.discount
              .split(',')
              .map((code) => code.trim())
              .filter((code) => code !== ''),
          ),
        ];
      answer(request, response, visitor);
    }),
  );
  app.get(
    '/discount/:code',
    with_((request, response, visitor) => {
      const cart = cartOf(store, visitor.session.cartToken);
      cart.codes = [...new Set([...cart.codes, request.params.code ?? ''])];
      response.redirect(
        typeof request.query.redirect === 'string' && request.query.redirect.startsWith('/')
          ? request.query.redirect
          : '/',
      );
    }),
  );
};

const addAccount = (app: Express, store: Devstore, with_: With, show: Show): void => {
  app.get(
    '/account/login',
    with_((request, response, visitor) => show(request, response, visitor, 'login')),
  );
  app.post(
    '/account/login',
    express.urlencoded({ extended: false }),
    with_((request, response, visitor) => {
      const email = z.object({ email: z.email() }).safeParse(request.body);
      if (!email.success) return void response.redirect('/account/login');
      visitor.session.customerId = findOrMakeCustomer(store, email.data.email).id;
      const { return_to: back } = request.query;
      response.redirect(typeof back === 'string' && back.startsWith('/') ? back : '/account');
    }),
  );
  app.get(
    '/account/logout',
    with_((_, response, visitor) => {
      visitor.session.customerId = null;
      response.redirect('/');
    }),
  );
  app.get(
    '/account',
    with_((request, response, visitor) => {
      const customer = customerOf(store, visitor);
      if (customer === null) return void response.redirect('/account/login');
      const orders = [...store.orders.values()]
        .filter((order) => order.customer?.id === customer.id)
        .sort((a, b) => b.id - a.id)
        .slice(0, 10);
      return show(request, response, visitor, 'account', {
        orders: orders.map((order) => ({
          name: order.name,
          date: order.processed_at.slice(0, 10),
          total: minor(String(order.total_price)),
          status: order.financial_status,
        })),
      });
    }),
  );
};

export const findOrMakeCustomer = (store: Devstore, email: string): Customer => {
  const known = [...store.customers.values()].find((one) => one.email.toLowerCase() === email.toLowerCase());
  if (known !== undefined) return known;
  const [first = 'Nuovo', last = 'Cliente'] = (email.split('@')[0] ?? '')
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  const now = timeText(nowOf(store));
  const customer: Customer = {
    id: newNumber(store),
    firstName: first,
    lastName: last,
    email,
    tags: [],
    createdAt: now,
    updatedAt: now,
  };
  store.customers.set(customer.id, customer);
  return customer;
};

// From 80.00 on the shop pays the courier itself.
const shippingOf = (store: Devstore, cart: Cart): number =>
  subtotalOf(linesOf(store, cart)) >= 8000 ? 0 : shippingMinor;

const addCheckout = (app: Express, store: Devstore, with_: With, show: Show): void => {
  app.get(
    '/checkout',
    with_((request, response, visitor) => {
      const cart = cartOf(store, visitor.session.cartToken);
      if (cart.lines.length === 0) return void response.redirect('/cart');
      const rate = shippingOf(store, cart);
      const codes = appliedCodes(store, cart, customerOf(store, visitor), rate);
      const refused = codes.filter(({ applicable }) => !applicable);
      const freed = codes.find(({ discount }) => (discount?.shipping ?? null) !== null);
      return show(request, response, visitor, 'checkout', {
        refused,
        shipping: { paid: freed === undefined ? rate : 0, code: freed?.code ?? null },
      });
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
        at: nowOf(store),
      });
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
        order: { name: order.name, total: minor(String(order.total_price)), codes: order.discount_codes },
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

/** The app proxy: parameters signed, customer named by the platform, cookies taken away both ways. */
const forwardToApp = async (store: Devstore, request: Request, response: Response, visitor: Visitor): Promise<void> => {
  const { prefix, subpath, url } = store.app.proxy;
  const path = request.path.slice(`/${prefix}/${subpath}`.length);
  const target = new URL(url + path, store.app.appUrl);
  for (const [name, value] of Object.entries(request.query))
    if (typeof value === 'string') target.searchParams.set(name, value);
  signProxy(store, target.searchParams, customerOf(store, visitor)?.id ?? null);
  const headers = new Headers();
  for (const name of ['content-type', 'accept', 'accept-language', 'x-fidelio', 'user-agent']) {
    const value = request.get(name);
    if (value !== undefined) headers.set(name, value);
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const answer = await fetch(target, {
    method: request.method,
    headers,
    redirect: 'manual',
    ...(hasBody ? { body: new Uint8Array(request.body as Buffer) } : {}),
  });
  response.status(answer.status);
  for (const name of ['content-type', 'cache-control', 'x-content-type-options']) {
    const value = answer.headers.get(name);
    if (value !== null) response.set(name, value);
  }
  response.send(Buffer.from(await answer.arrayBuffer()));
};

export const signProxy = (
  store: Pick<Devstore, 'shop' | 'app'>,
  parameters: URLSearchParams,
  customerId: number | null,
  at = Date.now(),
): void => {
  parameters.set('shop', store.shop.domain);
  parameters.set('logged_in_customer_id', customerId === null ? '' : String(customerId));
  parameters.set('path_prefix', `/${store.app.proxy.prefix}/${store.app.proxy.subpath}`);
  parameters.set('timestamp', String(Math.floor(at / 1000)));
  const text = [...new Set(parameters.keys())]
    .map((name) => `${name}=${parameters.getAll(name).join(',')}`)
    .sort((a, b) => (a < b ? -1 : 1))
    .join('');
  parameters.set('signature', createHmac('sha256', store.app.apiSecret).update(text).digest('hex'));
};

const pictureOf = (store: Devstore, handle: string): string => {
  const product = store.products.find((one) => one.handle === handle);
  const color = product?.color ?? '#ccc';
  const seed = [...handle].reduce((sum, char) => sum + char.charCodeAt(0), 0);
  const shapes = Array.from({ length: 3 }, (_, index) => {
    const r = 60 + ((seed * (index + 3)) % 70);
    return `<circle cx="${120 + ((seed * (index + 1) * 37) % 240)}" cy="${150 + ((seed * (index + 2) * 53) % 200)}" r="${r}" fill="#fff" opacity="${0.16 + index * 0.1}"/>`;
  }).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480"><rect width="480" height="480" fill="${color}"/>${shapes}<text x="240" y="262" text-anchor="middle" font-family="Georgia, serif" font-size="64" fill="#fff" opacity=".95">${(product?.title ?? '').slice(0, 1)}</text></svg>`;
};
