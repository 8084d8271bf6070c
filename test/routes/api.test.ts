import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiSchemas, entriesAnswer, membersAnswer } from '~/http/api/openapi';
import { idToken } from 'test/devstore/admin-api/auth';
import { launch, type Launched } from 'test/devstore/process/launch';
import { placeOrder } from 'test/devstore/checkout/orders';
import { createMerchant, until } from 'test/devstore/storefront/shopper';
import { findOrMakeCustomer } from 'test/devstore/storefront/storefront';
import { sendWebhooks } from 'test/devstore/webhooks/webhooks';

type Keys = {
  readonly keys: readonly {
    readonly id: string;
    readonly name: string;
    readonly hint: string;
    readonly usedAt: number | null;
  }[];
};

describe('the API', () => {
  const email = 'api@example.com';
  let launched: Launched;
  let merchant: ReturnType<typeof createMerchant>;
  let key: string;
  let customerId: string;

  const settings = ['/app/settings', 'routes/app.settings'] as const;
  const issue = async (name: string) => {
    const answer = await merchant.submit(...settings, { intent: 'issue', wish: randomUUID(), name });
    return { status: answer.status, ...((await answer.json()) as { issued: string | null; refusal: string | null }) };
  };
  const ask = (
    path: string,
    headers: Readonly<Record<string, string>> = { authorization: `Bearer ${key}` },
    method = 'GET',
  ) => fetch(`${launched.appUrl}/api/v1${path}`, { method, headers });
  const memberId = async (): Promise<string> =>
    membersAnswer.parse(await (await ask(`/members?customer_id=${customerId}`)).json()).data[0]?.id ?? '';
  const buy = async (): Promise<void> => {
    const product = launched.store.products.find(({ handle }) => handle === 'cesto-regalo');
    if (product === undefined) throw new Error('no basket');
    const customer = findOrMakeCustomer(launched.store, email);
    customerId = String(customer.id);
    const order = placeOrder(launched.store, {
      lines: [{ product, quantity: 1 }],
      customer,
      email,
      shippingMinor: 0,
      discounts: [],
      at: new Date(),
    });
    await sendWebhooks(launched.store, [['orders/paid', order]]);
  };

  beforeAll(async () => {
    const folder = join(process.cwd(), '.data', 'api');
    rmSync(folder, { recursive: true, force: true });
    launched = await launch({ folder, customers: 3, port: 0, logLevel: 'silent' });
    merchant = createMerchant(launched.store, idToken);
    expect(
      (await merchant.submit('/app/start', 'routes/app.start', { language: 'it', point: 'punto', points: 'punti' }))
        .status,
    ).toBe(204);
    key = (await issue(' help desk ')).issued ?? '';
    await buy();
    await buy();
    await until(
      async () =>
        membersAnswer.parse(await (await ask(`/members?customer_id=${customerId}`)).json()).data[0]?.available,
      (available) => available === 178,
    );
  });
  afterAll(() => launched?.stop());

  test('a key is shown when it is made, known by its name and last characters afterwards, and ends when it is revoked', async () => {
    const { issued, refusal } = await issue('newsletter');
    expect([issued, refusal]).toEqual([expect.stringMatching(/^fid_[\w-]{54}$/), null]);
    const { keys } = await merchant.data<Keys>(...settings);
    expect(keys.map(({ name, hint }) => [name, hint])).toEqual([
      ['newsletter', issued?.slice(-4)],
      ['help desk', key.slice(-4)],
    ]);
    expect(JSON.stringify(keys)).not.toContain(issued);
    expect(keys.map(({ usedAt }) => usedAt === null)).toEqual([true, false]);
    const authorization = `Bearer ${issued ?? ''}`;
    expect((await ask('/members?customer_id=1', { authorization })).status).toBe(200);
    await merchant.submit(...settings, { intent: 'revoke', id: keys[0]?.id ?? '' });
    expect((await ask('/members?customer_id=1', { authorization })).status).toBe(401);
    expect((await merchant.data<Keys>(...settings)).keys.map(({ name }) => name)).toEqual(['help desk']);
  });
  test('a key needs a name, and a form that says nothing is refused', async () => {
    expect(await issue('  ')).toMatchObject({
      status: 422,
      issued: null,
      refusal: expect.stringMatching(/\.$/) as string,
    });
    expect((await merchant.submit(...settings, { intent: 'dance' })).status).toBe(422);
  });
  test('without a valid key the answer is 401, whatever is asked', async () => {
    const id = await memberId();
    for (const headers of [
      {},
      { authorization: 'Bearer no' },
      { authorization: `Basic ${key}` },
      { authorization: `Bearer ${key.slice(0, -4)}AAAA` },
    ]) {
      for (const path of ['/members?customer_id=1', `/members/${id}`, `/members/${id}/entries`]) {
        const answer = await ask(path, headers);
        expect([path, answer.status, answer.headers.get('www-authenticate')]).toEqual([path, 401, 'Bearer']);
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
        expect(apiSchemas.Problem.parse(await answer.json()).status).toBe(401);
      }
    }
  });
  test('a member is found by customer id, in one shop or in any, with balance and tier', async () => {
    const { shop } = launched.store;
    const expected = {
      customers: [{ shop: shop.domain, id: customerId }],
      available: 178,
      pending: 0,
      debt: 0,
      tier: null,
    };
    const named = await ask(`/members?customer_id=${customerId}&shop=${shop.domain}`);
    expect(named.headers.get('cache-control')).toBe('no-store');
    expect(membersAnswer.parse(await named.json()).data).toMatchObject([expected]);
    expect(
      membersAnswer.parse(await (await ask(`/members?customer_id=${customerId}&shop=other.myshopify.com`)).json()).data,
    ).toEqual([]);
    expect(apiSchemas.Member.parse(await (await ask(`/members/${await memberId()}`)).json())).toMatchObject(expected);
  });
  test('entries come in pages, the newest first, each with its reason and the words for it in the language asked for', async () => {
    const id = await memberId();
    const all = entriesAnswer.parse(await (await ask(`/members/${id}/entries?language=it`)).json());
    expect(all.data.map(({ kind, points }) => [kind, points])).toEqual([
      ['award', 89],
      ['award', 89],
    ]);
    expect(all.next).toBeNull();
    expect(all.data[0]?.why).toMatchObject({ kind: 'order', worth: 'points', total: 89, entitlement: 89 });
    expect(all.data[0]?.explanation.sentence).toMatch(/^Ordine #\d+ · 89 punti: 89,00\s€, 1 punto ogni 1,00\s€$/);
    const german = await ask(`/members/${id}/entries`, {
      authorization: `Bearer ${key}`,
      'accept-language': 'de-AT,de;q=0.9',
    });
    expect(entriesAnswer.parse(await german.json()).data[0]?.explanation.sentence).toMatch(/^Bestellung /);
    const first = entriesAnswer.parse(await (await ask(`/members/${id}/entries?limit=1&language=it`)).json());
    const second = entriesAnswer.parse(
      await (await ask(`/members/${id}/entries?limit=1&language=it&cursor=${first.next ?? ''}`)).json(),
    );
    expect([...first.data, ...second.data]).toEqual(all.data);
    expect(second.next).toBeNull();
  });
  test('what cannot be read or found is a problem with a sentence', async () => {
    const id = await memberId();
    for (const [path, status] of [
      ['/members', 400],
      ['/members?customer_id=a%20b', 400],
      ['/members/77', 404],
      ['/members/00000000-0000-7000-8000-000000000000', 404],
      ['/members/00000000-0000-7000-8000-000000000000/entries', 404],
      [`/members/${id}/entries?limit=0`, 400],
      [`/members/${id}/entries?limit=1000`, 400],
      [`/members/${id}/entries?cursor=5`, 400],
      ['/redemptions', 404],
    ] as const) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, status]);
      expect(apiSchemas.Problem.parse(await answer.json()).detail).toMatch(/^[A-Za-z].*\.$/);
    }
    expect((await ask('/members', undefined, 'POST')).status).toBeGreaterThanOrEqual(404);
  });
  test('the OpenAPI document names every address and needs no key', async () => {
    const answer = await ask('/openapi.json', {});
    const document = (await answer.json()) as {
      openapi: string;
      servers: { url: string }[];
      paths: Record<string, unknown>;
    };
    expect([answer.status, document.openapi]).toEqual([200, '3.1.0']);
    expect(document.servers[0]?.url).toMatch(/\/api\/v1$/);
    expect(Object.keys(document.paths)).toEqual(['/members', '/members/{id}', '/members/{id}/entries']);
  });
  test('more requests than are fair wait', async () => {
    let refused: readonly Response[] = [];
    // However slow the machine is: more than 20 a second for long enough.
    for (let round = 0; round < 10 && refused.length === 0; round += 1) {
      const answers = await Promise.all(Array.from({ length: 160 }, () => ask('/members?customer_id=1')));
      refused = answers.filter(({ status }) => status === 429);
    }
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
