import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { request as send } from 'node:http';
import { join } from 'node:path';
import { idToken } from 'test/devstore/admin-api/auth';
import { launch, type Launched } from 'test/devstore/process/launch';
import { placeOrder } from 'test/devstore/checkout/orders';
import { createMerchant, createShopper, until } from 'test/devstore/storefront/shopper';
import type { OrderPayload } from 'test/devstore/process/state';
import { findOrMakeCustomer } from 'test/devstore/storefront/storefront';
import { sign } from 'test/devstore/webhooks/webhooks';
import { copyServerDatabase } from 'test/support/database';

/** A message that Health shows because it could not be read. */
export type Kept = {
  readonly id: string;
  readonly topic: string;
  readonly reason: string;
  readonly bytes: number;
  readonly canTry: boolean;
};

/** The built app beside the local Shopify, with a program, and somebody who sends it signed messages of every topic. */
export type Door = {
  readonly launched: Launched;
  readonly merchant: ReturnType<typeof createMerchant>;
  readonly headersOf: (topic: string, body: string) => Record<string, string>;
  readonly hook: (topic: string, body: string, more?: Readonly<Record<string, string>>) => Promise<Response>;
  /** Sends the head of a request and a part of its body, and never the rest: the status it gets all the same. */
  readonly begin: (
    path: string,
    headers: Readonly<Record<string, string | number>>,
    part: string,
  ) => Promise<number | undefined>;
  readonly kept: () => Promise<readonly Kept[]>;
  readonly buy: (email: string) => OrderPayload;
  /** What a customer has, once it is `points`, or after a while. */
  readonly available: (email: string, points: number) => Promise<number>;
  readonly close: () => Promise<void>;
};

/** The route of a topic, as the toml says it. */
export const pathOf = (topic: string): string => {
  const [kind = ''] = topic.split('/');
  return `/webhooks/${/redact|data_request/.test(topic) ? 'compliance' : kind === 'refunds' ? 'orders' : kind}`;
};

export const openDoor = async (engine: 'embedded' | 'server', name: string): Promise<Door> => {
  const folder = join(process.cwd(), '.data', `${name}-${engine}`);
  rmSync(folder, { recursive: true, force: true });
  const server = engine === 'server' ? await copyServerDatabase() : null;
  const launched = await launch({
    folder,
    customers: 3,
    port: 0,
    logLevel: 'silent',
    ...(server === null ? {} : { databaseUrl: server.url }),
  });
  const merchant = createMerchant(launched.store, idToken);
  await merchant.submit('/app/start', 'routes/app.start', { language: 'it', point: 'punto', points: 'punti' });
  const headersOf = (topic: string, body: string): Record<string, string> => ({
    'content-type': 'application/json',
    'x-shopify-topic': topic,
    'x-shopify-hmac-sha256': sign(launched.store.app.apiSecret, body),
    'x-shopify-shop-domain': launched.store.shop.domain,
    'x-shopify-api-version': '2026-10',
    'x-shopify-webhook-id': randomUUID(),
  });
  return {
    launched,
    merchant,
    headersOf,
    hook: (topic, body, more = {}) =>
      fetch(`${launched.directUrl()}${pathOf(topic)}`, {
        method: 'POST',
        headers: { ...headersOf(topic, body), ...more },
        body,
      }),
    begin: (path, headers, part) =>
      new Promise((resolve, reject) => {
        const asked = send(`${launched.directUrl()}${path}`, { method: 'POST', headers });
        asked.once('response', (answer) => {
          resolve(answer.statusCode);
          asked.destroy();
        });
        asked.once('error', reject);
        asked.write(part);
      }),
    kept: async () => (await merchant.data<{ unread: Kept[] }>('/app/health', 'routes/app.health')).unread,
    buy: (email) => {
      const product = launched.store.products.find(({ handle }) => handle === 'cesto-regalo');
      if (product === undefined) throw new Error('no basket');
      const customer = findOrMakeCustomer(launched.store, email);
      return placeOrder(launched.store, {
        lines: [{ product, quantity: 1 }],
        customer,
        email,
        shippingMinor: 0,
        discounts: [],
        at: new Date(),
      });
    },
    available: async (email, points) => {
      const shopper = createShopper(launched.store.origin);
      await shopper.signIn(email);
      return (await until(shopper.balance, (balance) => balance.available === points, 15_000)).available;
    },
    close: async () => {
      await launched.stop();
      await server?.drop();
    },
  };
};
