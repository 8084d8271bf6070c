import { createHmac, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idToken } from 'test/devstore/admin-api/auth';
import { launch, type Launched } from 'test/devstore/process/launch';
import { placeOrder } from 'test/devstore/checkout/orders';
import { browserAgent, createMerchant, createShopper, until } from 'test/devstore/storefront/shopper';
import type { OrderPayload } from 'test/devstore/process/state';
import { findOrMakeCustomer, signProxy } from 'test/devstore/storefront/storefront';
import { sendWebhooks, sign } from 'test/devstore/webhooks/webhooks';
import { copyServerDatabase, engines } from 'test/support/database';

describe.each(engines)('the app by HTTP (%s)', (engine) => {
  let launched: Launched;
  let merchant: ReturnType<typeof createMerchant>;
  let drop: (() => Promise<void>) | null = null;

  beforeAll(async () => {
    const folder = join(process.cwd(), '.data', `http-${engine}`);
    rmSync(folder, { recursive: true, force: true });
    const server = engine === 'server' ? await copyServerDatabase() : null;
    drop = server?.drop ?? null;
    launched = await launch({
      folder,
      customers: 3,
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

  const hook = (
    body: string,
    part: {
      readonly path?: string;
      readonly topic?: string;
      readonly headers?: Readonly<Record<string, string | null>>;
    } = {},
  ): Promise<Response> => {
    const headers: Record<string, string | null> = {
      'content-type': 'application/json',
      'x-shopify-topic': part.topic ?? 'orders/paid',
      'x-shopify-hmac-sha256': sign(launched.store.app.apiSecret, body),
      'x-shopify-shop-domain': launched.store.shop.domain,
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': randomUUID(),
      ...part.headers,
    };
    const sent = Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    );
    return fetch(`${launched.appUrl}${part.path ?? '/webhooks/orders'}`, { method: 'POST', headers: sent, body });
  };
  const buy = (email: string, units = 1): OrderPayload => {
    const product = launched.store.products.find(({ handle }) => handle === 'cesto-regalo');
    if (product === undefined) throw new Error('no basket');
    const customer = findOrMakeCustomer(launched.store, email);
    return placeOrder(launched.store, {
      lines: [{ product, quantity: units }],
      customer,
      email,
      shippingMinor: 0,
      discounts: [],
      at: new Date(),
    });
  };
  const shopperOf = async (email: string) => {
    const shopper = createShopper(launched.store.origin);
    await shopper.signIn(email);
    return shopper;
  };

  describe('webhooks', () => {
    const paths = [
      '/webhooks/orders',
      '/webhooks/customers',
      '/webhooks/products',
      '/webhooks/app',
      '/webhooks/compliance',
    ];
    test('a wrong signature is 401 on every route, the compliance topics included', async () => {
      for (const path of paths)
        expect([
          path,
          (await hook('{}', { path, headers: { 'x-shopify-hmac-sha256': sign('other', '{}') } })).status,
        ]).toEqual([path, 401]);
    });
    test('a missing header is 400, another method 405', async () => {
      for (const name of [
        'x-shopify-topic',
        'x-shopify-shop-domain',
        'x-shopify-webhook-id',
        'x-shopify-api-version',
      ]) {
        expect([name, (await hook('{}', { headers: { [name]: null } })).status]).toEqual([name, 400]);
      }
      expect((await fetch(`${launched.appUrl}/webhooks/orders`, { method: 'PUT', body: '{}' })).status).toBe(405);
    });
    test('a body over the limit is 413, before anything is computed', async () => {
      expect((await hook(`"${'x'.repeat(5 * 1024 * 1024 + 10)}"`)).status).toBe(413);
    });
    test('malformed JSON and money are refused with one sentence and nothing is written', async () => {
      const order = buy('malformed@example.com');
      const bad = [
        ['{"id": 1', 400],
        ['{}', 422],
        [JSON.stringify({ ...order, currency: 'USD' }), 422],
        [JSON.stringify(order).replaceAll('"89.00"', '"89,00"'), 422],
        [JSON.stringify(order).replaceAll('"89.00"', '"89.005"'), 422],
        [JSON.stringify({ ...order, updated_at: 'yesterday' }), 422],
      ] as const;
      for (const [body, status] of bad) {
        const answer = await hook(body);
        expect(answer.status).toBe(status);
        const { error } = (await answer.json()) as { error: string };
        expect(error).toMatch(/^[A-Z].*\.$/);
        expect(error).not.toContain('malformed@example.com');
      }
      expect((await (await shopperOf('malformed@example.com')).balance()).available).toBe(0);
    });
    test('customers, products and the compliance topics are answered 200; what names nobody is refused', async () => {
      for (const [path, topic, body, status] of [
        [
          '/webhooks/customers',
          'customers/update',
          '{"id": 5, "email": "nobody@example.com", "verified_email": true}',
          200,
        ],
        ['/webhooks/customers', 'customers/merge', '{}', 422],
        ['/webhooks/products', 'products/update', '{"id": 5}', 200],
        ['/webhooks/products', 'products/update', '{}', 422],
        ['/webhooks/compliance', 'shop/redact', '{}', 200],
        ['/webhooks/compliance', 'shop/other', '{}', 422],
      ] as const) {
        expect([topic, body, (await hook(body, { path, topic })).status]).toEqual([topic, body, status]);
      }
    });
    test('what could not be read is kept for Health, once however often it comes', async () => {
      type Health = { unread: { id: string; topic: string; reason: string }[] };
      const kept = async () =>
        (await merchant.data<Health>('/app/health', 'routes/app.health')).unread.filter(
          ({ topic }) => topic === 'customers/merge',
        );
      const before = (await kept()).length;
      const headers = { 'x-shopify-webhook-id': 'the-same' };
      for (let n = 0; n < 3; n += 1)
        await hook('{"note": "of nobody"}', { path: '/webhooks/customers', topic: 'customers/merge', headers });
      const after = await kept();
      expect(after.length).toBe(before + 1);
      expect(after[0]?.reason).toBe('The message does not name the two customers.');
    });
    test('one order in five orders of arrival, each message three times, is one award', async () => {
      for (const round of [0, 1, 2, 3, 4]) {
        const email = `arrival${round}@example.com`;
        const order = buy(email, 2);
        const events = ['orders/create', 'orders/paid', 'orders/updated'].map((topic) => [topic, order] as const);
        const rotated = [...events.slice(round % 3), ...events.slice(0, round % 3)];
        launched.store.switches.duplicate = 2;
        await sendWebhooks(launched.store, round > 2 ? rotated.reverse() : rotated);
        launched.store.switches.duplicate = 0;
        const shopper = await shopperOf(email);
        expect((await until(shopper.balance, ({ available }) => available >= 178)).available).toBe(178);
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
      const list = await merchant.data<{ members: { memberId: string }[] }>(
        '/app/members?q=arrival',
        'routes/app.members._index',
      );
      expect(list.members).toHaveLength(5);
      for (const { memberId } of list.members) {
        expect(
          (await merchant.data<{ entries: unknown[] }>(`/app/members/${memberId}`, 'routes/app.members.$id')).entries,
        ).toHaveLength(1);
      }
    });
  });

  describe('the app proxy', () => {
    const signed = (
      customerId: number | null,
      at = Date.now(),
      extra: Readonly<Record<string, string>> = {},
    ): URLSearchParams => {
      const parameters = new URLSearchParams(extra);
      signProxy(launched.store, parameters, customerId, at);
      return parameters;
    };
    const ask = (parameters: URLSearchParams | string, path = '/proxy/balance'): Promise<Response> =>
      fetch(`${launched.appUrl}${path}?${parameters.toString()}`);

    test('forged, unsigned, repeated and old requests are 400', async () => {
      const good = signed(1);
      expect((await ask(good)).status).toBe(200);
      const forged = new URLSearchParams(good);
      forged.set('logged_in_customer_id', '2');
      const old = signed(1, Date.now() - 200_000);
      expect(
        await Promise.all(
          [ask(forged), ask(''), ask(`${good.toString()}&shop=x`), ask(old), ask(signed(1, Date.now() + 200_000))].map(
            async (answer) => (await answer).status,
          ),
        ),
      ).toEqual([400, 400, 400, 400, 400]);
    });
    test('parameters are sorted by their bytes, as the platform does', async () => {
      expect((await ask(signed(1, Date.now(), { a_b: '1', 'a-b': '2', aB: '3', ab: '4' }))).status).toBe(200);
    });
    test('a guest is asked to sign in, in the language of the page', async () => {
      const answer = await ask(signed(null, Date.now(), { lang: 'it' }));
      expect([answer.status, await answer.json()]).toEqual([
        401,
        {
          ...{ type: 'urn:fidelio:problem:sign_in', title: 'Unauthorized', status: 401 },
          detail: 'Prima accedi al tuo account.',
        },
      ]);
    });
    test('answers about a person may not be kept', async () => {
      for (const path of ['/proxy/balance', '/proxy/history'])
        expect((await ask(signed(1), path)).headers.get('cache-control')).toBe('no-store');
    });
    test('the history is only for who is signed in, and only the own one', async () => {
      expect((await ask(signed(null), '/proxy/history')).status).toBe(401);
      expect((await ask('', '/proxy/history')).status).toBe(400);
      expect(await (await ask(signed(4711), '/proxy/history')).json()).toEqual({
        entries: [],
        next: null,
        returning: null,
      });
      expect((await ask(signed(4711, Date.now(), { before: 'x' }), '/proxy/history')).status).toBe(200);
    });
  });

  describe('redeeming', () => {
    const member = async (email: string) => {
      const order = buy(email, 2);
      await sendWebhooks(launched.store, [['orders/paid', order]]);
      const shopper = await shopperOf(email);
      await until(shopper.balance, ({ available }) => available === 178);
      return shopper;
    };

    test('who the body claims to be is ignored', async () => {
      const [rich, poor] = [await member('rich@example.com'), await shopperOf('poor@example.com')];
      const answer = await poor.redeem({
        id: randomUUID(),
        reward: 'five-off',
        customerId: findOrMakeCustomer(launched.store, 'rich@example.com').id,
        logged_in_customer_id: '1',
      });
      expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
        409,
        'urn:fidelio:problem:not_enough_points',
      ]);
      expect((await rich.balance()).available).toBe(178);
    });
    test('bad wishes are 4xx with a sentence', async () => {
      const shopper = await member('wishes@example.com');
      const id = randomUUID();
      const bodies = [
        {},
        { id: 'x', reward: 'five-off' },
        { id, reward: 'five-off', points: -1 },
        { id, reward: 'five-off', points: 1.5 },
        { id, reward: 5 },
      ];
      for (const body of bodies) expect((await shopper.redeem(body)).status).toBe(400);
      const other = await shopper.ask('/apps/loyalty/redeem', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id, reward: 'five-off' }),
      });
      expect(other.status).toBe(400); // without the header that only a page of the shop can send
      expect((await shopper.balance()).available).toBe(178);
    });
    test('a discount that the shop refuses gives the points back at once, in words of ours', async () => {
      const shopper = await member('refused@example.com');
      launched.store.faults.refuseDiscount = 'This shop makes no more discounts.';
      const answer = await shopper.redeem({ id: randomUUID(), reward: 'five-off' });
      launched.store.faults.refuseDiscount = null;
      expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
        409,
        'The shop could not make a code. Your balance is as it was before.',
      ]);
      expect((await shopper.balance()).available).toBe(178);
    });
    test('throttling, a server error, a lost answer, a refused token: it goes on, with no second code', async () => {
      const shopper = await member('faults@example.com');
      for (const fault of ['throttle', 'serverError', 'loseAnswer', 'refuseToken'] as const) {
        const before = launched.store.discounts.size;
        launched.store.faults[fault] = 1;
        const answer = await shopper.redeem({ id: randomUUID(), reward: 'as-you-like', points: 20 });
        expect([fault, answer.status, launched.store.discounts.size - before]).toEqual([fault, 200, 1]);
      }
      expect((await shopper.balance()).available).toBe(178 - 80);
    });
    test('a token that is refused for many at once is renewed once', async () => {
      const shoppers = await Promise.all([1, 2, 3, 4, 5].map((number) => member(`token${number}@example.com`)));
      await until(
        () => Promise.resolve(launched.store.metafields.size),
        () => false,
        1_500,
      ); // let the summaries go out first
      launched.store.accessTokens.clear();
      const answers = await Promise.all(
        shoppers.map((shopper) => shopper.redeem({ id: randomUUID(), reward: 'as-you-like', points: 20 })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect(launched.store.accessTokens.size).toBe(1);
    });
    test('200 clicks at once spend no more than there is; most are told to wait, none fails', async () => {
      const shopper = await member('clicks@example.com');
      const answers = await Promise.all(
        Array.from({ length: 200 }, () => shopper.redeem({ id: randomUUID(), reward: 'as-you-like', points: 60 })),
      );
      const codes = answers.reduce<Record<number, number>>(
        (sum, { status }) => ({ ...sum, [status]: (sum[status] ?? 0) + 1 }),
        {},
      );
      expect([codes[200], (codes[409] ?? 0) + (codes[429] ?? 0)]).toEqual([2, 198]);
      expect(codes[429]).toBeGreaterThan(150);
      expect((await shopper.balance()).available).toBe(178 - 120);
    });
    test('kill -9 between hold and confirm: after a restart the redemption is settled, once', async () => {
      const shopper = await member('killed@example.com');
      const before = launched.store.discounts.size;
      launched.store.faults.serverError = 1_000;
      const pending = shopper.redeem({ id: randomUUID(), reward: 'five-off' }).catch(() => null);
      await until(
        () => shopper.balance().catch(() => ({ available: -1 })),
        ({ available }) => available === 78,
      );
      await launched.kill();
      await pending;
      launched.store.faults.serverError = 0;
      await launched.restart();
      await until(
        () => Promise.resolve(launched.store.discounts.size),
        (size) => size === before + 1,
        45_000,
      );
      const painted = await until(
        async () =>
          (await (await shopper.ask('/apps/loyalty/balance')).json()) as {
            codes: unknown[];
            balance: { available: number };
          },
        ({ codes }) => codes.length === 1,
      );
      expect([painted.codes.length, painted.balance.available, launched.store.discounts.size - before]).toEqual([
        1, 78, 1,
      ]);
    });
  });

  describe('the admin', () => {
    const expired = (): string => {
      const [head, body] = idToken(launched.store, -60).split('.');
      const signature = createHmac('sha256', launched.store.app.apiSecret).update(`${head}.${body}`);
      return `${head}.${body}.${signature.digest('base64url')}`;
    };
    const loaders = [
      ['/app', 'routes/app'],
      ['/app', 'routes/app._index'],
      ['/app/start', 'routes/app.start'],
      ['/app/start/next', 'routes/app.start_.next'],
      ['/app/program', 'routes/app.program'],
      ['/app/program', 'routes/app.program._index'],
      ['/app/program/versions', 'routes/app.program.versions'],
      ['/app/program/review', 'routes/app.program.review'],
      ['/app/members', 'routes/app.members._index'],
      [`/app/members/${randomUUID()}`, 'routes/app.members.$id'],
      ['/app/members/import', 'routes/app.members.import'],
      ['/app/export/everything', 'routes/app.export.$name'],
      ['/app/things?product=1', 'routes/app.things'],
      ['/app/sold?variant=1', 'routes/app.sold'],
      ['/app/words', 'routes/app.words'],
      ['/app/program/tiers', 'routes/app.program.tiers'],
      ['/app/health', 'routes/app.health'],
      ['/app/donations', 'routes/app.donations._index'],
      ['/app/donations.csv', 'routes/app.donations[.]csv'],
      ['/app/fulfilment', 'routes/app.fulfilment._index'],
      ['/app/fulfilment.csv', 'routes/app.fulfilment[.]csv'],
      ['/app/codes/pool', 'routes/app.codes.$pool'],
      [`/app/privacy/${randomUUID()}`, 'routes/app.privacy.$id'],
    ] as const;
    const actions = [
      ['/app?index', 'routes/app._index'],
      ['/app/start', 'routes/app.start'],
      ['/app/fulfilment?index', 'routes/app.fulfilment._index'],
      ['/app/codes/pool', 'routes/app.codes.$pool'],
      ['/app/program?index', 'routes/app.program._index'],
      ['/app/program/earn', 'routes/app.program.earn'],
      ['/app/program/tiers', 'routes/app.program.tiers'],
      ['/app/program/rewards?index', 'routes/app.program.rewards._index'],
      ['/app/program/rewards/x', 'routes/app.program.rewards.$id'],
      ['/app/program/policies', 'routes/app.program.policies'],
      ['/app/program/names', 'routes/app.program.names'],
      ['/app/program/versions', 'routes/app.program.versions'],
      ['/app/program/review', 'routes/app.program.review'],
      ['/app/tier-sizes', 'routes/app.tier-sizes'],
      ['/app/members/import', 'routes/app.members.import'],
      [`/app/members/${randomUUID()}`, 'routes/app.members.$id'],
      ['/app/health', 'routes/app.health'],
    ] as const;
    const call = (path: string, route: string, method: string): Promise<Response> =>
      fetch(`${launched.appUrl}${path}${path.includes('?') ? '&' : '?'}_data=${encodeURIComponent(route)}`, {
        method,
        headers: { 'user-agent': browserAgent, authorization: `Bearer ${expired()}` },
        ...(method === 'POST' ? { body: new URLSearchParams({}) } : {}),
      });

    test('an expired session token is 401 with the retry header on every loader and action', async () => {
      for (const [method, list] of [
        ['GET', loaders],
        ['POST', actions],
      ] as const) {
        for (const [path, route] of list) {
          const answer = await call(path, route, method);
          expect([method, route, answer.status, answer.headers.get('x-shopify-retry-invalid-session-request')]).toEqual(
            [method, route, 401, '1'],
          );
        }
      }
    });
  });
});
