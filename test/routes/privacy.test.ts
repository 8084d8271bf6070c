import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idToken } from 'test/devstore/admin-api/auth';
import { launch, type Launched } from 'test/devstore/process/launch';
import { placeOrder } from 'test/devstore/checkout/orders';
import { createMerchant, createShopper, until } from 'test/devstore/storefront/shopper';
import { findOrMakeCustomer } from 'test/devstore/storefront/storefront';
import { sendWebhooks, sign } from 'test/devstore/webhooks/webhooks';
import { copyServerDatabase, engines } from 'test/support/database';

describe.each(engines)('requests in the name of the law by HTTP (%s)', (engine) => {
  let launched: Launched;
  let merchant: ReturnType<typeof createMerchant>;
  let drop: (() => Promise<void>) | null = null;
  let databaseUrl: string | null = null;
  const folder = join(process.cwd(), '.data', `privacy-${engine}`);

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    const server = engine === 'server' ? await copyServerDatabase() : null;
    drop = server?.drop ?? null;
    databaseUrl = server?.url ?? null;
    launched = await launch({
      folder,
      customers: 1,
      port: 0,
      logLevel: 'silent',
      ...(server === null ? {} : { databaseUrl: server.url }),
    });
    merchant = createMerchant(launched.store, idToken);
    expect(
      (await merchant.submit('/app/start', 'routes/app.start', { language: 'it', point: 'punto', points: 'punti' }))
        .status,
    ).toBe(204);
  });
  afterAll(async () => {
    await launched?.stop();
    await drop?.();
  });

  const ask = (topic: string, part: Record<string, unknown>, webhookId: string = randomUUID()): Promise<Response> => {
    const body = JSON.stringify({ shop_id: 1, shop_domain: launched.store.shop.domain, ...part });
    const headers = {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-hmac-sha256': sign(launched.store.app.apiSecret, body),
      'x-shopify-shop-domain': launched.store.shop.domain,
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': webhookId,
    };
    return fetch(`${launched.appUrl}/webhooks/compliance`, { method: 'POST', headers, body });
  };

  test('a customer’s requests are kept before they are acknowledged, shown, and carried out', async () => {
    type Health = {
      privacy: {
        id: string;
        kind: string;
        state: string;
        problem: string | null;
        dueAt: number;
        receivedAt: number;
        hasFile: boolean;
      }[];
    };
    const requests = async () => (await merchant.data<Health>('/app/health', 'routes/app.health')).privacy;
    const email = 'erased@example.com';
    const customer = { id: findOrMakeCustomer(launched.store, email).id, email, phone: null };
    const product = launched.store.products.find(({ handle }) => handle === 'cesto-regalo');
    if (product === undefined) throw new Error('no basket');
    const bought = {
      lines: [{ product, quantity: 2 }],
      customer: findOrMakeCustomer(launched.store, email),
      email,
      shippingMinor: 0,
      discounts: [],
      at: new Date(),
    };
    await sendWebhooks(launched.store, [['orders/paid', placeOrder(launched.store, bought)]]);
    const shopper = createShopper(launched.store.origin);
    await shopper.signIn(email);
    await until(shopper.balance, ({ available }) => available === 178);
    const newest = requests;
    expect((await ask('customers/data_request', { customer, orders_requested: [] })).status).toBe(200);
    const [asked] = await until(newest, ([one]) => one?.state === 'ready');
    expect([asked?.kind, asked?.problem, (asked?.dueAt ?? 0) - (asked?.receivedAt ?? 0)]).toEqual([
      'data_request',
      null,
      30 * 86_400_000,
    ]);
    const file = await merchant.ask(`/app/privacy/${asked?.id}`);
    expect([file.status, file.headers.get('content-disposition')]).toEqual([
      200,
      `attachment; filename="customer-${customer.id}-data.json"`,
    ]);
    expect(await file.json()).toMatchObject({
      customerId: String(customer.id),
      data: { orders: [{}], entries: [{ points: 178 }] },
    });
    expect((await newest())[0]?.state).toBe('done');
    for (const webhookId of ['redact-once', 'redact-once']) {
      expect((await ask('customers/redact', { customer, orders_to_redact: [] }, webhookId)).status).toBe(200);
    }
    const [redacted] = await until(newest, ([one]) => one?.kind === 'customer_redact' && one.state === 'done', 60_000);
    expect([redacted?.problem, (await newest()).length]).toEqual([null, 2]);
    expect((await shopper.balance()).available).toBe(0);
    expect((await merchant.ask(`/app/privacy/${asked?.id}`)).status).toBe(404);
    // The app is installed in this shop: its own erasure waits, and so does what nobody understands.
    expect((await ask('shop/redact', {})).status).toBe(200);
    await until(newest, (all) => all.some(({ kind, problem }) => kind === 'shop_redact' && problem === 'installed'));
    expect((await ask('customers/redact', { customer, shop_domain: 'another.myshopify.com' })).status).toBe(200);
    expect((await newest()).some(({ problem }) => problem === 'unreadable')).toBe(true);
  });

  test('the operator lists, runs and closes requests by a command', async () => {
    const run = (...words: readonly string[]): { readonly code: number | null; readonly said: string } => {
      const { apiKey, apiSecret, appUrl } = launched.store.app;
      const told = spawnSync(process.execPath, ['build/main.js', 'privacy', ...words], {
        encoding: 'utf8',
        env: {
          ...process.env,
          NODE_ENV: 'production',
          SHOPIFY_API_KEY: apiKey,
          SHOPIFY_API_SECRET: apiSecret,
          SHOPIFY_APP_URL: appUrl,
          DATA_DIR: folder,
          DATABASE_URL: databaseUrl ?? '',
          ENCRYPTION_KEY: readFileSync(join(folder, 'encryption.key'), 'utf8'),
        },
      });
      return { code: told.status, said: `${told.stdout}${told.stderr}` };
    };
    expect((await ask('customers/redact', { customer: 'nobody' })).status).toBe(200);
    if (databaseUrl === null) {
      // The embedded database has one owner: the running app.
      expect(run('list')).toMatchObject({ code: 1, said: expect.stringContaining('is in use by process') as string });
      return;
    }
    const line =
      run('list')
        .said.split('\n')
        .filter((text) => text.includes('unreadable'))
        .at(-1) ?? '';
    const [id = ''] = line.split(' ');
    expect(run('show', id)).toMatchObject({ code: 0, said: expect.stringContaining('"nobody"') as string });
    expect(run('run', id)).toMatchObject({ code: 0, said: expect.stringContaining(`${id} unreadable`) as string });
    expect(run('close', id)).toEqual({ code: 0, said: 'Closed.\n' });
    expect(run('close', id).said).toBe('There is no such open request.\n');
    expect(run('show', id).said).toContain('what it asked is forgotten');
    expect(run('run', 'all').code).toBe(0);
    expect(run('erase', 'everybody')).toMatchObject({
      code: 1,
      said: expect.stringContaining('npm run privacy -- list') as string,
    });
  });
});
