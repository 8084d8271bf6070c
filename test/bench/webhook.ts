import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { idToken } from 'test/devstore/admin-api/auth';
import { buildApp, launch } from 'test/devstore/process/launch';
import { placeOrder } from 'test/devstore/checkout/orders';
import { createMerchant } from 'test/devstore/storefront/shopper';
import { findOrMakeCustomer } from 'test/devstore/storefront/storefront';
import { sign } from 'test/devstore/webhooks/webhooks';
import { createServerDatabase } from 'test/support/database';
import type { Row } from './run';

const perSecond = 500;

/**
 * How long the built app's web process takes to answer webhooks that come at a steady rate (the worker is another
 * process).
 */
export const benchWebhook = async (seconds: number): Promise<Row> => {
  buildApp();
  const server = process.env.TEST_DATABASE_URL === undefined ? null : await createServerDatabase();
  const launched = await launch({
    folder: join(process.cwd(), '.data', 'bench'),
    customers: 3,
    port: 0,
    logLevel: 'silent',
    worker: 'off',
    ...(server === null ? {} : { databaseUrl: server.url }),
  });
  const { store } = launched;
  await createMerchant(store, idToken).submit('/app/start', 'routes/app.start', {
    language: 'it',
    point: 'punto',
    points: 'punti',
  });
  const [product] = store.products;
  if (product === undefined) throw new Error('The shop is empty.');
  const bodies = Array.from({ length: 200 }, (_, index) => {
    const email = `bench${index}@example.com`;
    const customer = findOrMakeCustomer(store, email);
    return JSON.stringify(
      placeOrder(store, {
        lines: [{ product, quantity: 1 }],
        customer,
        email,
        shippingMinor: 0,
        discounts: [],
        at: new Date(),
      }),
    );
  });
  const times: number[] = [];
  let failed = 0;
  const send = async (body: string): Promise<void> => {
    const start = performance.now();
    const response = await fetch(`${launched.directUrl()}/webhooks/orders`, {
      method: 'POST',
      body,
      headers: {
        'x-shopify-topic': 'orders/paid',
        'x-shopify-hmac-sha256': sign(store.app.apiSecret, body),
        'x-shopify-shop-domain': store.shop.domain,
        'x-shopify-api-version': '2026-10',
        'x-shopify-webhook-id': randomUUID(),
      },
    });
    await response.arrayBuffer();
    times.push(performance.now() - start);
    if (response.status !== 200) failed += 1;
  };
  const rate = server === null ? 100 : perSecond;
  const run = async (forSeconds: number): Promise<void> => {
    const waiting: Promise<void>[] = [];
    const start = performance.now();
    for (let index = 0; index < forSeconds * rate; index += 1) {
      const due = start + (index / rate) * 1000;
      if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      waiting.push(send(bodies[index % bodies.length] ?? ''));
    }
    await Promise.all(waiting);
  };
  await run(2);
  times.length = 0;
  await run(seconds);
  await launched.stop();
  await server?.drop();
  const sorted = times.sort((a, b) => a - b);
  const quantile = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
  return {
    what: `webhook answer at ${rate} /s, web process, sender and database on the same cores`,
    value: `p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms, ${failed} failed`,
    must: server === null ? 'no budget when embedded' : 'must p99 ≤ 50 ms',
  };
};
