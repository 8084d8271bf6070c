import { asId, type PlatformId } from '~/core/values/ids';
import type { RawMessage } from '~/platforms/message';
import { createAdminClient } from '~/platforms/shopify/adminClient';
import { shopify } from '~/platforms/shopify/module';
import { createShopifyPlatform } from '~/platforms/shopify/shopifyPlatform';
import { issueTokens } from 'test/devstore/admin-api/auth';
import { cardByCode } from 'test/devstore/admin-api/giftCards';
import { collectionOf } from 'test/devstore/admin-api/catalogue';
import { tagCustomer } from 'test/devstore/admin-api/tags';
import { cancelOrder, placeOrder, refundOrder } from 'test/devstore/checkout/orders';
import { registrationFrom } from 'test/devstore/process/registration';
import { seedShop } from 'test/devstore/process/seed';
import { startDevstore } from 'test/devstore/process/server';
import {
  createDevstore,
  newNumber,
  timeText,
  type Devstore,
  type Discount,
  type OrderPayload,
} from 'test/devstore/process/state';
import { findOrMakeCustomer } from 'test/devstore/storefront/storefront';
import { sign } from 'test/devstore/webhooks/webhooks';
import { keepsTheContract, type ShopUnderTest } from './contract';

const secret = 'secret';
const hashEmail = (email: string): string => `hash of ${email}`;
let messages = 0;

const messageOf = (store: Devstore, topic: string, payload: unknown): RawMessage => {
  const body = JSON.stringify(payload);
  const headers: Readonly<Record<string, string>> = {
    'x-shopify-topic': topic,
    'x-shopify-hmac-sha256': sign(secret, body),
    'x-shopify-shop-domain': store.shop.domain,
    'x-shopify-api-version': '2026-10',
    'x-shopify-webhook-id': `w${(messages += 1)}`,
  };
  return { header: (name) => headers[name] ?? null, body: Buffer.from(body) };
};

/** A request that nobody answers, until whoever asked gives up. */
const unanswered = (signal: AbortSignal | null | undefined): Promise<Response> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));

const open = async (): Promise<ShopUnderTest> => {
  const store = createDevstore(registrationFrom({ apiKey: 'key', apiSecret: secret, appUrl: 'http://localhost:1' }));
  seedShop(store, { customers: 2, seed: 7 });
  store.switches.loseEvery = 1; // nobody listens here
  const running = await startDevstore(store, () => new URL('http://localhost:1'));
  const token = issueTokens(store).access_token;
  let hangs = false;
  // One attempt a call: what a platform does about failures by itself is not the contract's.
  const client = createAdminClient({
    domain: store.shop.domain,
    fetch: (input, init) =>
      hangs
        ? unanswered(init?.signal)
        : fetch(String(input).replace(`https://${store.shop.domain}`, store.origin), init),
    accessToken: () => Promise.resolve(token),
    timeoutMs: 1_500,
    attemptsMax: 1,
  });
  const platform = createShopifyPlatform(client, hashEmail);
  // Reading Shopify's schema takes the local Shopify longer than we wait.
  while (!(await platform.readShop()).ok);
  const orderOf = (id: PlatformId): OrderPayload => {
    const order = store.orders.get(Number(id));
    if (order === undefined) throw new Error('no order');
    return order;
  };
  const tell = (order: OrderPayload) => ({
    orderId: asId<PlatformId>(String(order.id)),
    message: messageOf(store, 'orders/updated', order),
  });
  const discountOf = (code: string): Discount | undefined =>
    [...store.discounts.values()].find((one) => one.code === code);
  const [product] = store.products;
  if (product === undefined) throw new Error('no products');
  return {
    module: shopify,
    platform,
    keys: { secret, hashEmail },
    addCustomer: ({ email, emailVerified }) => {
      const customer = findOrMakeCustomer(store, email);
      customer.verifiedEmail = emailVerified;
      return asId<PlatformId>(String(customer.id));
    },
    mark: (id, marks) => {
      const customer = store.customers.get(Number(id));
      if (customer !== undefined) tagCustomer(store, customer, marks);
    },
    product: asId<PlatformId>(String(product.id)),
    collection: asId<PlatformId>(String(collectionOf(product.collection))),
    variant: asId<PlatformId>(String(product.variantId)),
    buy: ({ customerId, code, at }) => {
      const customer = store.customers.get(Number(customerId)) ?? null;
      const discount = code === undefined ? undefined : discountOf(code);
      return tell(
        placeOrder(store, {
          lines: [{ product, quantity: 2 }],
          customer,
          email: customer?.email ?? '',
          shippingMinor: 590,
          discounts: discount === undefined ? [] : [discount],
          at: new Date(at),
        }),
      );
    },
    refundUnit: (id) => {
      const order = orderOf(id);
      refundOrder(store, order.id, { lines: [{ lineId: order.line_items[0]?.id ?? 0, quantity: 1 }] });
      return tell(order);
    },
    refundMoney: (id) => {
      refundOrder(store, orderOf(id).id, { lines: [], moneyMinor: 300 });
      return tell(orderOf(id));
    },
    cancel: (id) => tell(cancelOrder(store, Number(id))),
    makeForeignCode: (code) => {
      const [made] = store.discounts.values();
      if (made === undefined) throw new Error('no code was made yet');
      const id = newNumber(store);
      store.discounts.set(id, { ...made, id, code, title: 'Summer sale', startsAt: timeText(new Date()) });
    },
    sellOut: (id) => void store.soldOut.add(Number(id)),
    deleteCode: (code) => void store.discounts.delete(discountOf(code)?.id ?? 0),
    countCodes: () => store.discounts.size,
    offers: () =>
      [...store.automatics.values()]
        .map(({ id, minimumMinor, maxRateMinor, segmentIds }) => ({
          ...{ id, minimumSubtotalMinor: minimumMinor, maxRateMinor },
          mark: /'(.+)'/.exec(store.segments.get(segmentIds[0] ?? 0)?.query ?? '')?.[1] ?? '',
        }))
        .sort((a, b) => a.mark.localeCompare(b.mark)),
    limitCredit: (minor) => void (store.giving.storeCreditLimitMinor = minor),
    countCards: () => store.giftCards.size,
    cardOf: (code) => {
      const card = cardByCode(store, code);
      if (card === undefined) return null;
      const customerId = card.customerId === null ? null : asId<PlatformId>(String(card.customerId));
      return { amountMinor: card.initialMinor, customerId, lastDay: card.expiresOn };
    },
    publishedTo: (id) =>
      JSON.parse(store.metafields.get(`gid://shopify/Customer/${id}|$app|loyalty`)?.value ?? 'null') as unknown,
    fail: (how) => {
      hangs = how === 'time_out';
      Object.assign(store.faults, {
        serverError: how === 'server_error' ? 999 : 0,
        loseAnswer: how === 'lost' ? 1 : 0,
      });
    },
    nonsense: messageOf(store, 'orders/updated', { id: 'none' }),
    ofNoInterest: messageOf(store, 'themes/publish', { id: 1 }),
    close: () => running.close(),
  };
};

keepsTheContract('Shopify', open);
