import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import express, { type Express } from 'express';
import { z } from 'zod';
import { bundleOf, uiTargets, type UiTarget } from '../../../tools/extensions';
import { idToken, shopperToken } from '../admin-api/auth';
import { findVariant } from '../admin-api/catalogue';
import { addLine, appliedCodes, cartJson, cartOf, setLine } from '../checkout/cart';
import { minor, type Devstore, type OrderPayload } from '../process/state';
import { customerOf, type Visitor, type With } from '../storefront/visitor';
import type { FrameState } from './frameState';
import type { TextTree } from './host/i18n';

/**
 * The frames in which the app's own extensions run: the real scripts, made when they are first asked for, and around
 * them a page that gives them what Shopify's would.
 */
export const addFrames = (app: Express, store: Devstore, with_: With): void => {
  const targets = uiTargets(process.cwd());
  const scripts = new Map<string, string>();
  const once = (name: string, make: () => string): string => {
    const known = scripts.get(name) ?? make();
    scripts.set(name, known);
    return known;
  };
  const asked = (name: string | undefined): UiTarget | undefined => targets.find(({ target }) => target === name);

  app.get('/devstore/extensions/frame/:target', (request, response) => {
    if (asked(request.params.target) === undefined) return void response.status(404).send('No such target');
    response.set('cache-control', 'no-store').send(frameHtml(request.params.target));
  });
  app.get('/devstore/extensions/host.js', (_, response) => void response.type('js').send(once('host', hostScript)));
  app.get('/devstore/extensions/script/:target.js', (request, response) => {
    const target = asked(request.params.target);
    if (target === undefined) return void response.status(404).send('No such target');
    response.type('js').send(once(target.target, () => bundleOf(target)));
  });
  app.get(
    '/devstore/extensions/token/:target',
    with_((request, response, visitor) => {
      const isTill = request.params.target?.startsWith('pos.') === true;
      const token = isTill ? idToken(store) : shopperToken(store, visitor.session.customerId);
      response.set('cache-control', 'no-store').json({ token });
    }),
  );
  app.get(
    '/devstore/extensions/state/:target',
    with_((request, response, visitor) => {
      const target = asked(request.params.target);
      if (target === undefined) return void response.status(404).send('No such target');
      const order = typeof request.query.order === 'string' ? store.orders.get(Number(request.query.order)) : undefined;
      response.set('cache-control', 'no-store').json(stateOf(store, visitor, target, order));
    }),
  );
  app.post(
    '/devstore/extensions/lines',
    express.json(),
    with_((request, response, visitor) => {
      response.json(changeLines(store, visitor, lineSchema.parse(request.body)));
    }),
  );
  app.post(
    '/devstore/extensions/discount',
    express.json(),
    with_((request, response, visitor) => {
      const change = changeSchema.parse(request.body);
      response.json(
        change.type === 'addDiscountCode'
          ? addCode(store, visitor, change.code)
          : dropCode(store, visitor, change.code),
      );
    }),
  );
};

/** A change of the lines of a checkout, as `applyCartLinesChange` takes it. */
const lineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('addCartLine'),
    merchandiseId: z.string().regex(/^gid:\/\/shopify\/ProductVariant\/\d+$/),
    quantity: z.int().min(1),
    attributes: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
  }),
  z.object({ type: z.literal('removeCartLine'), id: z.string(), quantity: z.int().min(1) }),
]);

const changeLines = (store: Devstore, visitor: Visitor, change: z.infer<typeof lineSchema>) => {
  const cart = cartOf(store, visitor.session.cartToken);
  const refuse = (message: string) => ({ type: 'error', message });
  if (change.type === 'addCartLine') {
    const id = Number(change.merchandiseId.replace(/.*\//, ''));
    if (findVariant(store, id) === undefined) return refuse('Cannot find variant');
    if (store.soldOut.has(id)) return refuse('The product is already sold out.');
    const properties = Object.fromEntries(change.attributes.map(({ key, value }) => [key, value]));
    addLine(cart, { id, quantity: change.quantity, properties });
    return { type: 'success' };
  }
  const key = change.id.replace('gid://shopify/CartLine/', '');
  const line = cartJson(store, cart, customerOf(store, visitor)).items.find((item) => item.key === key);
  if (line === undefined) return refuse('Cannot find the line');
  setLine(cart, key, Math.max(0, line.quantity - change.quantity));
  return { type: 'success' };
};

/** Where a page of the local Shopify shows a target of ours. */
export const frameOf = (target: string, query = ''): string =>
  `<iframe class="extension" data-extension="${target}" title="Fidelio"
  src="/devstore/extensions/frame/${target}${query}"></iframe>`;

const frameHtml = (target: string): string => `<!doctype html><html lang="it" data-target="${target}"><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Fidelio</title>
<link rel="icon" href="data:,"><style>html{background:transparent}body{margin:0;padding:4px}</style></head><body></body>
<script src="/devstore/extensions/host.js"></script></html>`;

const hostScript = (): string =>
  buildSync({
    entryPoints: [join(process.cwd(), 'test', 'devstore', 'extensions', 'host', 'main.ts')],
    bundle: true,
    format: 'iife',
    charset: 'utf8',
    target: 'es2022',
    write: false,
  }).outputFiles[0]?.text ?? '';

const textsOf = (extension: string, locale: string): TextTree => {
  const file = locale === 'en' ? 'en.default.json' : `${locale}.json`;
  return JSON.parse(readFileSync(join(process.cwd(), 'extensions', extension, 'locales', file), 'utf8')) as TextTree;
};

const stateOf = (
  store: Devstore,
  visitor: Visitor,
  { extension }: UiTarget,
  order: OrderPayload | undefined,
): FrameState => {
  const { locale } = visitor.session;
  const { currency } = store.shop;
  const money = (cents: number) => ({ amount: cents / 100, currencyCode: currency });
  const off = (code: string, cents: number) => ({ discountedAmount: money(cents), code, type: 'code' as const });
  const cart = cartJson(store, cartOf(store, visitor.session.cartToken), customerOf(store, visitor));
  type Item = { readonly product_id: number | null; readonly variant_id: number | null; readonly title: string };
  const line = (id: string, item: Item, quantity: number, cents: number) => ({
    attributes: [] as readonly { key: string; value: string }[],
    id: `gid://shopify/CartLine/${id}`,
    quantity,
    merchandise: {
      type: 'variant' as const,
      id: `gid://shopify/ProductVariant/${item.variant_id ?? 0}`,
      title: item.title,
      product: { id: `gid://shopify/Product/${item.product_id ?? 0}` },
    },
    cost: { totalAmount: money(cents) },
    discountAllocations: [],
  });
  const ofCart = cart.items.map((item) => ({
    ...line(item.key, item, item.quantity, item.final_line_price),
    attributes: Object.entries(item.properties ?? {}).map(([key, value]) => ({ key, value })),
    discountAllocations: item.line_level_discount_allocations.map(({ amount, discount_application: { title } }) =>
      off(title, amount),
    ),
  }));
  const ofOrder = order?.line_items.map((item) =>
    line(String(item.id), item, item.quantity, minor(item.price) * item.quantity),
  );
  const offOrder = (order?.discount_codes ?? []).map(({ code, amount }) => off(code, minor(amount)));
  return {
    extension,
    locale,
    texts: textsOf(extension, locale),
    currency,
    appUrl: store.app.appUrl,
    canChangeCodes: true,
    canChangeLines: true,
    orderId: order === undefined ? null : `gid://shopify/Order/${order.id}`,
    lines: ofOrder ?? ofCart,
    allocations:
      order !== undefined
        ? offOrder
        : cart.cart_level_discount_applications.map(({ title, total_allocated_amount: cents }) => off(title, cents)),
    codes: cart.discount_codes.filter(({ applicable }) => applicable).map(({ code }) => ({ code })),
  };
};

const changeSchema = z.object({ type: z.enum(['addDiscountCode', 'removeDiscountCode']), code: z.string() });

const isSame = (a: string) => (b: string) => a.toUpperCase() === b.toUpperCase();

/** Adds a code as Shopify's checkout does: one that does not apply, or drives out another, is not taken. */
const addCode = (store: Devstore, visitor: Visitor, code: string) => {
  const cart = cartOf(store, visitor.session.cartToken);
  const before = cart.codes;
  cart.codes = [...before.filter((one) => !isSame(code)(one)), code];
  const refused = appliedCodes(store, cart, customerOf(store, visitor)).find(({ applicable }) => !applicable);
  if (refused === undefined) return { type: 'success' };
  cart.codes = before;
  return { type: 'error', message: refused.reason ?? '' };
};

const dropCode = (store: Devstore, visitor: Visitor, code: string) => {
  const cart = cartOf(store, visitor.session.cartToken);
  cart.codes = cart.codes.filter((one) => !isSame(code)(one));
  return { type: 'success' };
};
