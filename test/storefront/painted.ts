import type { MemberSummary } from '~/core/storefront/summary';
import { defaultDocument } from '~/core/program/defaults';
import type { ProgramDocument } from '~/core/program/document';
import type { SoldVariant } from '~/core/rewards/quote';
import { programSummary } from '~/core/storefront/programSummary';
import { cartJson } from 'test/devstore/checkout/cart';
import { registrationFrom } from 'test/devstore/process/registration';
import { seedShop } from 'test/devstore/process/seed';
import { createDevstore, type Cart } from 'test/devstore/process/state';
import { renderPage } from 'test/devstore/storefront/theme';
import { nobody } from './nobody';

/** The local shop whose pages are painted as text, without a server and a browser. */
export const store = createDevstore(registrationFrom({ apiKey: 'k', apiSecret: 's', appUrl: 'http://localhost:1' }));
seedShop(store, { customers: 1, seed: 1 });
export const customer = [...store.customers.values()][0] ?? null;
export const product = (handle: string) => {
  const found = store.products.find((one) => one.handle === handle);
  if (found === undefined) throw new Error(`the shop has no ${handle}`);
  return found;
};

export const held = {
  redemption_id: 'r1',
  reward_id: 'five-off',
  code: 'HELD5',
  points: 100,
  amount_minor: 500,
  ends_at: '2027-01-01T00:00:00Z',
  last_day: '2026-12-31',
};

type Page = {
  readonly member?: Partial<MemberSummary>;
  /** The whole summary, as it was published. */
  readonly published?: object;
  readonly locale?: string;
  readonly cart?: Partial<Cart>;
  readonly document?: ProgramDocument;
  readonly template?: string;
  readonly guest?: boolean;
  /** What the shop said of the products that rewards give. */
  readonly sold?: readonly SoldVariant[];
};

/** The text of a page as a visitor reads it, tags taken away. */
export const page = async ({
  sold = [],
  member = {},
  published,
  locale = 'it',
  cart = {},
  document = defaultDocument('EUR', 'Europe/Rome'),
  template = 'cart',
  guest = false,
}: Page) => {
  store.metafields.set('gid://shopify/AppInstallation/1|loyalty|program', {
    type: 'json',
    value: JSON.stringify(programSummary(document, 1, 'EUR', new Map(sold.map((one) => [one.variantId, one])))),
  });
  for (const key of ['published', 'earns', 'rewards'])
    store.metafields.set(`gid://shopify/AppInstallation/1|loyalty|${key}`, { type: 'boolean', value: 'true' });
  store.metafields.set(`gid://shopify/Customer/${customer?.id ?? 0}|$app|loyalty`, {
    type: 'json',
    value: JSON.stringify(published ?? { ...nobody, ...member }),
  });
  const who = guest ? null : customer;
  const filled: Cart = {
    token: 't',
    lines: [{ variantId: product('cesto-regalo').variantId, quantity: 1 }],
    codes: [],
    ...cart,
  };
  const html = await renderPage(store, template, {
    locale,
    path: '/cart',
    customer: who,
    cart: cartJson(store, filled, who),
    page: { orders: [] },
  });
  const text = html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#8239;/g, '\u202f')
    .replace(/&#39;/g, '’')
    .replace(/[ \n\u00a0]+/g, ' ');
  return { html, text };
};

export const discount = (
  code: string,
  part: Partial<{ amountMinor: number; orderDiscounts: boolean; variantId: number }> = {},
): void => {
  store.discounts.set(store.discounts.size + 1, {
    id: store.discounts.size + 1,
    code,
    title: code,
    amountMinor: part.amountMinor ?? 500,
    percentage: null,
    shipping: null,
    items: part.variantId === undefined ? null : { of: 'variant', ids: [part.variantId] },
    buys: null,
    active: true,
    startsAt: '2020-01-01T00:00:00Z',
    endsAt: null,
    usageLimit: null,
    uses: 0,
    customerIds: [],
    minimumMinor: null,
    combinesWith: { orderDiscounts: part.orderDiscounts ?? false, productDiscounts: true, shippingDiscounts: true },
    appliesOncePerCustomer: false,
    tags: [],
  });
};
