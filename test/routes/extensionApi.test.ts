import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idToken, shopperToken, signedToken } from 'test/devstore/admin-api/auth';
import { findOrMakeCustomer } from 'test/devstore/storefront/storefront';
import { sendWebhooks } from 'test/devstore/webhooks/webhooks';
import { until } from 'test/devstore/storefront/shopper';
import { engines } from 'test/support/database';
import { openDoor, type Door } from 'test/support/door';

const slow = 120_000;

/** What the app answers extensions of checkout, customer account and counter, by their session tokens. */
describe.each(engines)('the API of extensions, on %s', (engine) => {
  let door: Door;
  beforeAll(async () => void (door = await openDoor(engine, 'extension-api')), slow);
  afterAll(() => door?.close(), slow);

  const store = () => door.launched.store;
  const send = (path: string, token: string | null, init: RequestInit = {}): Promise<Response> =>
    fetch(`${door.launched.directUrl()}/api/extension/${path}${path.includes('?') ? '&' : '?'}lang=it`, {
      ...init,
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...init.headers },
    });
  const post = (path: string, token: string | null, body: unknown): Promise<Response> =>
    send(path, token, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const jsonOf = async (answer: Response) => (await answer.json()) as Record<string, unknown>;
  const idOf = (email: string): number => findOrMakeCustomer(store(), email).id;
  const pointsOf = (order: { readonly id: unknown }, email: string) =>
    until(
      async () => jsonOf(await send(`order?order=${String(order.id)}`, shopperToken(store(), idOf(email)))),
      ({ state }) => state !== 'unknown',
      20_000,
    );
  const buy = async (email: string, times = 1): Promise<number> => {
    let points = 0;
    for (let time = 0; time < times; time++) {
      const order = door.buy(email);
      await sendWebhooks(store(), [['orders/paid', order]]);
      points += Number((await pointsOf(order, email)).points);
    }
    return points;
  };

  test('the token says who it is: a member sees the own points, a guest the program', async () => {
    const points = await buy('token@example.com');
    const mine = await send('summary', shopperToken(store(), idOf('token@example.com')));
    expect([mine.status, mine.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await jsonOf(mine)).toMatchObject({ member: { available: points }, program: { v: 1, currency: 'EUR' } });
    const guest = await jsonOf(await send('summary', shopperToken(store(), null)));
    expect(guest).toMatchObject({ member: null, program: { v: 1 } });
    for (const path of ['history', 'order?order=1']) {
      const answer = await send(path, shopperToken(store(), null));
      expect([path, answer.status, (await jsonOf(answer)).type]).toEqual([path, 401, 'urn:fidelio:problem:sign_in']);
    }
  });

  test('no token, and none that is forged, of another app or shop, past its time, before it, or without an end', async () => {
    const id = idOf('victim@example.com');
    const good = shopperToken(store(), id);
    const [head, body = '', signature = ''] = good.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, string | number>;
    const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const other = { ...claims, sub: 'gid://shopify/Customer/1' };
    const endless = Object.fromEntries(Object.entries(claims).filter(([name]) => name !== 'exp'));
    const now = Math.floor(Date.now() / 1000);
    const bad: Readonly<Record<string, string | null>> = {
      'no token': null,
      'no token at all': 'x',
      'a signature of nobody': `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
      'other claims under a good signature': `${head}.${encoded(other)}.${signature}`,
      'no signature': `${encoded({ alg: 'none', typ: 'JWT' })}.${body}.`,
      'another app': shopperToken(store(), id, { aud: 'another-app' }),
      'another shop': shopperToken(store(), id, { dest: 'somebody-else.myshopify.com' }),
      'no shop': shopperToken(store(), id, { dest: 'evil.example.com' }),
      'a shop in a shop': shopperToken(store(), id, { dest: `${store().shop.domain}.evil.example.com` }),
      'two shops': shopperToken(store(), id, { iss: 'https://somebody-else.myshopify.com/admin' }),
      'past its time': shopperToken(store(), id, { exp: now - 60 }),
      'before its time': shopperToken(store(), id, { nbf: now + 600 }),
      'no end': signedToken(store(), endless),
      'a member of staff': idToken(store()),
      'a thing that is no customer': shopperToken(store(), null, { sub: 'gid://shopify/Order/1' }),
    };
    expect((await send('summary', good)).status).toBe(200);
    for (const [name, token] of Object.entries(bad)) {
      const answer = await send('summary', token);
      const { detail, type } = await jsonOf(answer);
      expect([name, answer.status, type]).toEqual([name, 401, 'urn:fidelio:problem:bad_token']);
      expect(detail).toBe('La sessione è scaduta. Accedi di nuovo.');
    }
  });

  test('an order says what it brought to its buyer, and nothing to anybody else', async () => {
    const email = 'buyer@example.com';
    const order = door.buy(email);
    await sendWebhooks(store(), [['orders/paid', order]]);
    const said = await pointsOf(order, email);
    const points = Number(said.points);
    expect(points).toBeGreaterThan(0);
    expect(said).toEqual({
      points,
      state: 'available',
      availableOn: null,
      text: `Con questo ordine hai ricevuto ${points} punti.`,
    });
    const token = shopperToken(store(), idOf(email));
    const byGid = await send(`order?order=${encodeURIComponent(`gid://shopify/OrderIdentity/${order.id}`)}`, token);
    expect((await jsonOf(byGid)).points).toBe(points);
    await buy('other@example.com');
    const other = await send(`order?order=${order.id}`, shopperToken(store(), idOf('other@example.com')));
    expect(await jsonOf(other)).toEqual({ points: null, state: 'unknown', availableOn: null, text: null });
    for (const wrong of ['', 'gid://shopify/Order/', "1' or 1=1"]) {
      const answer = await send(`order?order=${encodeURIComponent(wrong)}`, token);
      expect([wrong, answer.status]).toEqual([wrong, 400]);
    }
  });

  test('points become a code once, whoever the body claims to be, and come back when it is given back', async () => {
    const email = 'redeem@example.com';
    const points = await buy(email, 2);
    const token = shopperToken(store(), idOf(email));
    const id = randomUUID();
    const wish = { id, reward: 'five-off', customer: '1', customerId: '1' };
    const first = await jsonOf(await post('redeem', token, wish));
    expect(first).toMatchObject({ redemption: { id, state: 'issued' }, balance: { available: points - 100 } });
    expect(await jsonOf(await post('redeem', token, wish))).toEqual(first);
    const stolen = await post('cancel', shopperToken(store(), idOf('thief@example.com')), { id });
    expect([stolen.status, (await jsonOf(stolen)).type]).toEqual([404, 'urn:fidelio:problem:unknown_redemption']);
    const cancelled = await post('cancel', token, { id });
    expect([cancelled.status, (await jsonOf(cancelled)).redemption]).toEqual([200, { id, state: 'cancelling' }]);
  });

  test('a body that is no JSON, and one that misses a field, changes nothing', async () => {
    const token = shopperToken(store(), idOf('redeem@example.com'));
    const form = await send('redeem', token, { method: 'POST', body: new URLSearchParams({ id: randomUUID() }) });
    expect([form.status, (await jsonOf(form)).detail]).toEqual([
      400,
      'Il contenuto deve essere JSON inviato da una pagina di questo negozio.',
    ]);
    const part = await post('redeem', token, { id: 'x', reward: 'five-off' });
    expect([part.status, (await jsonOf(part)).detail]).toEqual([400, 'Il campo id manca o non è valido.']);
    expect((await send('redeem', token)).status).toBe(405);
    expect((await post('summary', token, {})).status).toBe(405);
  });

  test('a worker of another origin may ask with a token, and only by the method that there is', async () => {
    const asked = await send('redeem', null, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://extensions.shopifycdn.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(asked.status).toBe(204);
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type',
    });
    expect(asked.headers.has('access-control-allow-credentials')).toBe(false);
    // A refusal, too, has to be readable there.
    const refused = await send('summary', null, { headers: { origin: 'https://extensions.shopifycdn.com' } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
  });

  test('whoever asks too often is told to wait, and a worker can read for how long', async () => {
    const token = shopperToken(store(), idOf('often@example.com'));
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => post('redeem', token, { id: randomUUID(), reward: 'five-off' })),
    );
    const waiting = answers.filter(({ status }) => status === 429);
    expect(waiting.length).toBeGreaterThanOrEqual(10);
    expect(Number(waiting[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(waiting[0]?.headers.get('access-control-expose-headers')).toBe('retry-after');
  });

  test('staff at the counter finds a customer by name, e-mail and number, and redeems for them', async () => {
    const email = 'marta.bancone@example.com';
    const points = await buy(email, 2);
    const customer = String(idOf(email));
    const staff = idToken(store());
    for (const q of ['bancone', email, customer, `gid://shopify/Customer/${customer}`]) {
      const { members } = await jsonOf(await send(`pos/find?q=${encodeURIComponent(q)}`, staff));
      expect([q, members]).toEqual([
        q,
        [{ customer, name: 'Marta Bancone', detail: email, available: points, tier: null }],
      ]);
    }
    const member = await jsonOf(await send(`pos/member?customer=${customer}`, staff));
    expect(member).toMatchObject({ customer, name: 'Marta Bancone', member: { available: points } });
    expect((member.rewards as readonly { id: string; refused: unknown }[])[0]).toMatchObject({
      id: 'five-off',
      refused: null,
    });
    const id = randomUUID();
    // What is said of the points is said to staff, not to the member.
    const poor = String(idOf('povero@example.com'));
    const refused = await post('pos/redeem', staff, { customer: poor, id: randomUUID(), reward: 'five-off' });
    expect((await jsonOf(refused)).detail).toBe('Il saldo è 0, ma questo premio costa 100.');
    const of = (await jsonOf(await send(`pos/member?customer=${poor}`, staff))).rewards;
    expect((of as readonly { refused: { reason: string } }[])[0]?.refused.reason).toMatch(/^Il saldo è 0/);
    const redeemed = await jsonOf(await post('pos/redeem', staff, { customer, id, reward: 'five-off' }));
    expect(redeemed).toMatchObject({ redemption: { id, state: 'issued' }, balance: { available: points - 100 } });
    expect((await post('pos/cancel', staff, { customer, id })).status).toBe(200);
  });

  test('only staff is answered at the counter', async () => {
    const customer = idOf('marta.bancone@example.com');
    const shoppers = [shopperToken(store(), customer), shopperToken(store(), null)];
    // A shopper's token whose subject looks like a user.
    const dressed = [
      shopperToken(store(), null, { sub: '78123456' }),
      shopperToken(store(), null, { sub: '78123456', iss: `https://${store().shop.domain}` }),
    ];
    for (const token of [...shoppers, ...dressed]) {
      for (const answer of [
        await send('pos/find?q=marta', token),
        await send(`pos/member?customer=${customer}`, token),
        await post('pos/redeem', token, { customer: String(customer), id: randomUUID(), reward: 'five-off' }),
      ]) {
        expect([answer.status, (await jsonOf(answer)).type]).toEqual([401, 'urn:fidelio:problem:bad_token']);
      }
    }
    const staff = idToken(store());
    const odd = ["pos/member?customer=1'", 'pos/member', 'pos/find?q=', `pos/find?q=${'x'.repeat(101)}`];
    for (const path of odd) expect([path, (await send(path, staff)).status]).toEqual([path, 400]);
    expect((await send('pos/member?customer=99999', staff)).status).toBe(404);
  });
});
