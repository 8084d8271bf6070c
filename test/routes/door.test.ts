import { createHmac, randomUUID } from 'node:crypto';
import { request as send, type ClientRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from 'test/devstore/storefront/shopper';
import { signProxy } from 'test/devstore/storefront/storefront';
import { engines } from 'test/support/database';
import { openDoor, pathOf, type Door } from 'test/support/door';

describe.each(engines)('what comes to the door (%s)', (engine) => {
  let door: Door;
  beforeAll(async () => void (door = await openDoor(engine, 'door')));
  afterAll(() => door?.close());

  const hook: Door['hook'] = (...asked) => door.hook(...asked);
  const base = (): string => door.launched.directUrl();
  const topics = [
    'orders/paid',
    'refunds/create',
    'customers/update',
    'products/update',
    'app/scopes_update',
    'shop/redact',
  ];

  describe('a webhook', () => {
    test('without a signature is 401 on every route, before anything of it is read', async () => {
      for (const topic of topics) {
        for (const signature of [undefined, '']) {
          const { 'x-shopify-hmac-sha256': right, ...headers } = door.headersOf(topic, '{}');
          expect(right).toBeDefined();
          const given = {
            ...headers,
            ...(signature === undefined ? {} : { 'x-shopify-hmac-sha256': signature }),
            'content-length': 1_000_000,
          };
          // It says that more is coming and never sends it.
          const status = await door.begin(pathOf(topic), given, '{');
          expect([topic, signature, status]).toEqual([topic, signature, 401]);
        }
      }
    });
    test('has one spelling of its signature, and one signature', async () => {
      const good = door.headersOf('orders/paid', '{}')['x-shopify-hmac-sha256'] ?? '';
      for (const given of [
        `${good}AAAA`,
        `${good}, wrong`,
        good.replace('=', ''),
        ` ${good.slice(0, 10)} ${good.slice(10)}`,
        good.toLowerCase(),
      ]) {
        expect([given, (await hook('orders/paid', '{}', { 'x-shopify-hmac-sha256': given })).status]).toEqual([
          given,
          401,
        ]);
      }
    });
    test('of six characters that look like an escape earns its points', async () => {
      const order = { ...door.buy('escape@example.com'), note: 'gift code \\u0000' };
      expect((await hook('orders/paid', JSON.stringify(order))).status).toBe(200);
      const titled = { ...door.buy('half@example.com'), name: '#\\u0000u0000 \ud83d' };
      titled.line_items.forEach((line) => Object.assign(line, { title: 'x\ud83d\u0000', vendor: '\udc00' }));
      expect((await hook('orders/paid', JSON.stringify(titled))).status).toBe(200);
      expect([await door.available('escape@example.com', 89), await door.available('half@example.com', 89)]).toEqual([
        89, 89,
      ]);
    });
    test('that cannot be read is kept whatever its topic and whatever is wrong, and nothing of it answers 5xx', async () => {
      const deep = '['.repeat(100_000) + ']'.repeat(100_000);
      for (const topic of topics) {
        for (const [body, sentence] of [
          ['{"id": 1', 'The body is not valid JSON.'],
          [deep, 'The body is nested more than 64 levels deep.'],
        ] as const) {
          const answer = await hook(topic, body);
          expect([topic, answer.status, await answer.json()]).toEqual([topic, 400, { error: sentence }]);
          expect((await door.kept())[0]).toMatchObject({ topic, reason: sentence, bytes: body.length, canTry: true });
        }
      }
      expect((await hook('app/scopes_update', '{"current": 5}')).status).toBe(422);
      expect((await door.kept())[0]).toMatchObject({
        topic: 'app/scopes_update',
        reason: 'The message does not list the current scopes.',
      });
      expect((await hook('app/scopes_update', JSON.stringify({ current: ['\ud800', 'a\u0000'] }))).status).toBe(200);
    });
    test('of an order that makes no sense is refused in words and kept; nothing is booked', async () => {
      const order = door.buy('senseless@example.com');
      const line = order.line_items[0];
      if (line === undefined) throw new Error('no line');
      const money = (amount: string) => ({
        shop_money: { amount, currency_code: 'EUR' },
        presentment_money: { amount, currency_code: 'EUR' },
      });
      const future = new Date(Date.now() + 3 * 86_400_000).toISOString();
      for (const [wrong, words] of [
        [
          {
            line_items: [
              { ...line, discount_allocations: [{ amount_set: money('-100.00'), discount_application_index: 0 }] },
            ],
          },
          /negative discount/,
        ],
        [{ line_items: [line, line] }, /twice/],
        [{ processed_at: '0000-01-01T00:00:00Z' }, /impossible year/],
        [{ updated_at: future }, /more than a day ahead/],
        [{ line_items: [{ ...line, price_set: money('90071992547409.91') }] }, /more money than can be counted/],
        [{ line_items: [{ ...line, quantity: 5_000_000 }] }, /impossible number of units/],
      ] as const) {
        const answer = await hook('orders/paid', JSON.stringify({ ...order, ...wrong }));
        expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([
          422,
          expect.stringMatching(words),
        ]);
        expect((await door.kept())[0]?.reason).toMatch(words);
      }
      expect(await door.available('senseless@example.com', 0)).toBe(0);
    });
    test('that was kept and can be read by now is read again', async () => {
      const order = door.buy('again@example.com');
      const later = new Date(Date.now() + 86_400_000 + 2_000).toISOString();
      expect((await hook('orders/paid', JSON.stringify({ ...order, updated_at: later }))).status).toBe(422);
      const [first] = await door.kept();
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      await door.merchant.submit('/app/health', 'routes/app.health', { intent: 'read', id: first?.id ?? '' });
      expect(await door.available('again@example.com', 89)).toBe(89);
      expect((await door.kept()).some(({ id }) => id === first?.id)).toBe(false);
    });
    test('that never ends is given up after a while', async () => {
      const status = await door.begin(
        '/webhooks/orders',
        { ...door.headersOf('orders/paid', '{}'), 'content-length': 1000 },
        '{',
      );
      expect(status).toBe(408);
    }, 20_000);
    test('finds no room while too many bytes of others are on their way, and is told to come again', async () => {
      // Five that never end leave less than a megabyte of the 24 that all may have together.
      const sender = (megabytes: number) =>
        new Promise<ClientRequest>((resolve) => {
          const headers = { ...door.headersOf('orders/paid', '{}'), 'content-length': megabytes * 1024 * 1024 };
          const asked = send(`${base()}/webhooks/orders`, { method: 'POST', headers });
          asked.on('error', () => undefined);
          asked.write(Buffer.alloc(megabytes * 1024 * 1024 - 10, 32), () => resolve(asked));
        });
      const body = `{"id": 5, "note": "${'x'.repeat(1_000_000)}"}`;
      const crowded = async (): Promise<Response> => {
        const senders = await Promise.all([5, 5, 5, 5, 3.5].map(sender));
        const answer = await hook('products/update', body);
        for (const one of senders) one.destroy();
        return answer;
      };
      // A busy machine may read the last of them after ours: then they meet again.
      const busy = await until(crowded, ({ status }) => status === 503, 30_000);
      expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '5']);
      const alone = await until(
        () => hook('products/update', body),
        ({ status }) => status === 200,
        10_000,
      );
      expect(alone.status).toBe(200);
    });
  });

  describe('requests that nobody sends by accident', () => {
    const raw = (text: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(base());
        const socket = connect(Number(port), hostname, () => socket.write(text));
        let answer = '';
        socket.on('data', (part: Buffer) => (answer += part.toString()));
        socket.on('error', reject);
        socket.on('close', () => resolve(answer));
      });
    test('a host that is none, a method that pages do not have: a sentence', async () => {
      for (const [head, status] of [
        ['GET /healthz HTTP/1.1\r\nHost: a b', 400],
        ['GET /healthz HTTP/1.1\r\nHost: [', 400],
        ['TRACE /healthz HTTP/1.1\r\nHost: x', 405],
      ] as const) {
        expect([head, await raw(`${head}\r\nConnection: close\r\n\r\n`)]).toEqual([
          head,
          expect.stringMatching(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*"error":"[A-Z].*\\."`)),
        ]);
      }
    });
    test('the other method than an address has: 405 and a sentence', async () => {
      const ask = (method: string, path: string): Promise<Response> => fetch(`${base()}${path}`, { method });
      const webhooks = ['orders', 'customers', 'products', 'app', 'compliance'].map(
        (name) => ['GET', `/webhooks/${name}`] as const,
      );
      const api = [
        '/api/v1/members',
        `/api/v1/members/${randomUUID()}`,
        `/api/v1/members/${randomUUID()}/entries`,
        '/api/v1/openapi.json',
      ];
      for (const [method, path] of [
        ...webhooks,
        ['GET', '/proxy/redeem'],
        ['GET', '/proxy/cancel'],
        ['POST', '/proxy/balance'],
        ['POST', '/proxy/history'],
        ...api.map((one) => ['POST', one] as const),
      ] as const) {
        const answer = await ask(method, path);
        const text = await answer.text();
        expect([path, answer.status, answer.headers.get('allow')]).toEqual([
          path,
          405,
          method === 'GET' ? 'POST' : 'GET',
        ]);
        expect(text).toMatch(/This is a (GET|POST) request|A webhook is a POST request/);
      }
    });
    test('a signed shop parameter that no shop has', async () => {
      for (const shop of ['x\u0000', '\ud800', 'a b']) {
        const parameters = new URLSearchParams();
        signProxy(door.launched.store, parameters, 1, Date.now());
        parameters.set('shop', shop);
        parameters.delete('signature');
        const message = [...parameters]
          .map(([name, value]) => `${name}=${value}`)
          .sort()
          .join('');
        parameters.set(
          'signature',
          createHmac('sha256', door.launched.store.app.apiSecret).update(message).digest('hex'),
        );
        expect((await fetch(`${base()}/proxy/balance?${parameters.toString()}`)).status).toBe(404);
      }
    });
  });
});
