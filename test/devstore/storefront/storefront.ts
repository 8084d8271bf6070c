import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { creditOf } from '../admin-api/storeCredit';
import { cartJson, cartOf, setLine, addLine } from '../checkout/cart';
import { minor, newNumber, nowOf, timeText, type Customer, type Devstore, type Product } from '../process/state';
import { themeFolder } from './liquidShop';
import { pictureOf } from './pictures';
import { extensionFolder, renderPage, renderSections, shopLocales } from './theme';
import { productDrop, type PageData } from './themeData';
import { collections, findVariant } from '../admin-api/catalogue';
import { addAccountPages } from '../extensions/accountPages';
import { addFrames } from '../extensions/frame';
import { addCheckout } from './checkoutPages';
import { customerOf, visitorOf, type Handler, type Show, type Visitor, type With } from './visitor';

/** The shop as a shopper sees it: products, cart, checkout, account, and the app behind its proxy. */
export const addStorefront = (app: Express, store: Devstore): void => {
  const with_ =
    (handler: Handler) =>
    (request: Request, response: Response, next: NextFunction): void => {
      Promise.resolve(handler(request, response, visitorOf(store, request, response))).catch(next);
    };
  const show: Show = async (request, response, visitor, template, page = {}) => {
    const wanted = shopLocales.find((locale) => locale === request.query.locale);
    if (wanted !== undefined) visitor.session.locale = wanted;
    response.set('cache-control', 'no-store');
    const { section_id: one, sections: many } = request.query;
    const data = dataOf(store, visitor, request.path, page);
    if (typeof one === 'string') {
      const html = (await renderSections(store, template, data, [one]))[one] ?? null;
      return void (html === null ? response.status(404).send('') : response.send(html));
    }
    if (typeof many === 'string')
      return void response.json(await renderSections(store, template, data, many.split(',')));
    response.send(await renderPage(store, template, data));
  };

  app.use('/extensions/loyalty-storefront/assets', express.static(join(extensionFolder, 'assets')));
  // As themes have it: a file of its own, which the page waits for.
  app.get('/theme.css', (_request, response) => response.sendFile(join(themeFolder, 'theme.css')));
  app.get(
    '/devstore/pictures/:name.svg',
    (request, response) =>
      void response
        .type('svg')
        .set('cache-control', 'public, max-age=3600')
        .send(pictureOf(store.products.find(({ handle }) => handle === request.params.name))),
  );
  app.get(
    '/',
    with_((request, response, visitor) => show(request, response, visitor, 'index')),
  );
  addCatalogue(app, store, with_, show);
  app.get(
    '/cart',
    with_((request, response, visitor) => show(request, response, visitor, 'cart')),
  );
  addCartApi(app, store, with_);
  addAccount(app, store, with_, show);
  addCheckout(app, store, with_, show);
  addFrames(app, store, with_);
  addAccountPages(app, store, with_);
  const { prefix, subpath } = store.app.proxy;
  app.all(
    `/${prefix}/${subpath}/*`,
    express.raw({ type: () => true, limit: '1mb' }),
    with_((request, response, visitor) => forwardToApp(store, request, response, visitor)),
  );
};

/** What a page is painted with for this visitor now. */
const dataOf = (store: Devstore, visitor: Visitor, path: string, page: Record<string, unknown> = {}): PageData => {
  const customer = customerOf(store, visitor);
  const cart = cartJson(store, cartOf(store, visitor.session.cartToken), customer);
  return { locale: visitor.session.locale, path, customer, cart, page };
};

/** Products, collections, the search and the page of the program. */
const addCatalogue = (app: Express, store: Devstore, with_: With, show: Show): void => {
  const drops = (isIn: (product: Product) => boolean) =>
    store.products.filter(isIn).map((product) => productDrop(store, product));
  app.get(
    '/products/:handle',
    with_((request, response, visitor) => {
      const product = store.products.find(({ handle }) => handle === request.params.handle);
      if (product === undefined) return void response.status(404).send('Not found');
      return show(request, response, visitor, 'product', { product: productDrop(store, product) });
    }),
  );
  app.get(
    '/collections/:handle',
    with_((request, response, visitor) => {
      const wanted = request.params.handle;
      const known = collections.find(([handle]) => handle === wanted);
      if (known === undefined && wanted !== 'all') return void response.status(404).send('Not found');
      const products = drops(({ collection }) => wanted === 'all' || collection === wanted);
      return show(request, response, visitor, 'collection', { collection: { title: known?.[1] ?? null, products } });
    }),
  );
  app.get(
    '/search',
    with_((request, response, visitor) => {
      const terms = typeof request.query.q === 'string' ? request.query.q.trim() : '';
      const isFound = ({ title, description }: Product): boolean =>
        terms !== '' && `${title} ${description}`.toLowerCase().includes(terms.toLowerCase());
      return show(request, response, visitor, 'search', { search: { terms, results: drops(isFound) } });
    }),
  );
  app.get(
    '/pages/loyalty',
    with_((request, response, visitor) => show(request, response, visitor, 'loyalty')),
  );
};

const addSchema = z.object({
  id: z.coerce.number().int(),
  quantity: z.coerce.number().int().min(1).max(100).default(1),
  properties: z.record(z.string(), z.string()).optional(),
});
const addManySchema = z.object({ items: z.array(addSchema).min(1) });
const changeSchema = z.object({ id: z.coerce.string(), quantity: z.coerce.number().int().min(0).max(100) });
const updateSchema = z.object({ discount: z.string().optional() });
const sectionsSchema = z.object({
  sections: z.union([z.string().transform((text) => text.split(',')), z.array(z.string())]),
  sections_url: z.string().startsWith('/').default('/'),
});

/** The Ajax cart API, as far as themes and the app's blocks use it. */
const addCartApi = (app: Express, store: Devstore, with_: With): void => {
  const body = [express.json(), express.urlencoded({ extended: false })];
  // Bundled section rendering: sections of a page, painted for the cart as it is after the change.
  const answer = async (request: Request, response: Response, visitor: Visitor): Promise<void> => {
    if (!request.path.endsWith('.js')) return void response.redirect('/cart');
    const cart = cartJson(store, cartOf(store, visitor.session.cartToken), customerOf(store, visitor));
    const asked = sectionsSchema.safeParse(request.body);
    const painted = asked.success
      ? {
          sections: await renderSections(
            store,
            pageOf(asked.data.sections_url),
            dataOf(store, visitor, asked.data.sections_url),
            asked.data.sections,
          ),
        }
      : {};
    response.set('cache-control', 'no-store').json({ ...cart, ...painted });
  };
  app.get('/cart.js', with_(answer));
  app.post(
    ['/cart/add', '/cart/add.js'],
    ...body,
    with_((request, response, visitor) => {
      const wish = z.union([addManySchema, addSchema]).safeParse(request.body);
      const items = !wish.success ? [] : 'items' in wish.data ? wish.data.items : [wish.data];
      const refuse = (description: string) =>
        void response.status(422).json({ status: 422, message: 'Cart Error', description });
      const isKnown = (id: number): boolean => findVariant(store, id) !== undefined;
      if (items.length === 0 || !items.every(({ id }) => isKnown(id))) return refuse('Cannot find variant');
      if (items.some(({ id }) => store.soldOut.has(id))) return refuse('The product is already sold out.');
      for (const item of items) addLine(cartOf(store, visitor.session.cartToken), item);
      return answer(request, response, visitor);
    }),
  );
  app.post(
    ['/cart/change', '/cart/change.js'],
    ...body,
    with_((request, response, visitor) => {
      const wish = changeSchema.safeParse(request.body);
      if (!wish.success) return void response.status(422).json({ status: 422, message: 'Cart Error' });
      setLine(cartOf(store, visitor.session.cartToken), wish.data.id, wish.data.quantity);
      return answer(request, response, visitor);
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
      return answer(request, response, visitor);
    }),
  );
  // A permalink makes a cart of its own: what was in it before is gone.
  app.get(
    /^\/cart\/(\d+):(\d+)$/,
    with_((request, response, visitor) => {
      const cart = cartOf(store, visitor.session.cartToken);
      const { discount, properties, storefront } = z
        .object({
          discount: z.string().default(''),
          properties: z.string().optional(),
          storefront: z.string().optional(),
        })
        .parse(request.query);
      const id = Number(request.params[0]);
      if (findVariant(store, id) === undefined) return void response.status(404).send('Not found');
      const own =
        properties === undefined
          ? undefined
          : z.record(z.string(), z.string()).parse(JSON.parse(Buffer.from(properties, 'base64url').toString()));
      cart.lines = [];
      if (!store.soldOut.has(id)) addLine(cart, { id, quantity: Number(request.params[1]), properties: own });
      cart.codes = discount.split(',').filter((code) => code !== '');
      response.redirect(storefront === 'true' ? '/cart' : '/checkout');
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

// What of the theme a path shows, as far as sections that show the cart depend on it.
const pageOf = (path: string): string => (path === '/cart' ? 'cart' : path === '/pages/loyalty' ? 'loyalty' : 'index');

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
  // The way to the new customer accounts, and back to where the shopper was.
  app.get('/customer_authentication/login', (request, response) =>
    response.redirect(`/account/login?${new URLSearchParams(request.query as Record<string, string>).toString()}`),
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
        credit: creditOf(store, customer.id),
        orders: orders.map((order) => ({
          name: order.name,
          url: `/orders/${order.id}`,
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
    verifiedEmail: true, // who signs in has proven it
    tags: [],
    createdAt: now,
    updatedAt: now,
  };
  store.customers.set(customer.id, customer);
  return customer;
};

/** The app proxy: parameters signed, customer named by the platform, cookies taken away both ways. */
const forwardToApp = async (store: Devstore, request: Request, response: Response, visitor: Visitor): Promise<void> => {
  const { prefix, subpath, url } = store.app.proxy;
  const path = request.path.slice(`/${prefix}/${subpath}`.length);
  const target = new URL(url + path, store.app.appUrl);
  for (const [name, value] of Object.entries(request.query))
    if (typeof value === 'string') target.searchParams.set(name, value);
  signProxy(store, target.searchParams, customerOf(store, visitor)?.id ?? null, nowOf(store).getTime());
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
  if (answer.headers.get('content-type')?.startsWith('application/liquid') === true) {
    const data = dataOf(store, visitor, request.path);
    return void response.type('html').send(await renderPage(store, 'app', data, {}, await answer.text()));
  }
  for (const name of ['content-type', 'cache-control', 'x-content-type-options', 'retry-after', 'allow']) {
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
