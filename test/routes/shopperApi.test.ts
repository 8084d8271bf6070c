import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShopper } from 'test/devstore/storefront/shopper';
import { sendWebhooks } from 'test/devstore/webhooks/webhooks';
import { engines } from 'test/support/database';
import { openDoor, type Door } from 'test/support/door';

const slow = 120_000;

/** What the app answers pages of the shop that have no metafields, such as a headless shop's. */
describe.each(engines)('the shopper’s API, on %s', (engine) => {
  let door: Door;
  beforeAll(async () => void (door = await openDoor(engine, 'shopper-api')), slow);
  afterAll(() => door?.close(), slow);

  const visitor = async (email: string | null) => {
    const shopper = createShopper(door.launched.store.origin);
    if (email !== null) await shopper.signIn(email);
    const get = async (path: string) => {
      const answer = await shopper.ask(`/apps/loyalty/${path}?lang=it`);
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 200, 'no-store']);
      return (await answer.json()) as Record<string, unknown>;
    };
    return { get, quote: (body: unknown) => shopper.post('/apps/loyalty/quote?lang=it', body) };
  };
  const basket = () => {
    const found = door.launched.store.products.find(({ handle }) => handle === 'cesto-regalo');
    if (found === undefined) throw new Error('no basket');
    return { variant: String(found.variantId), priceMinor: found.priceMinor };
  };

  test('the summary is the program for everybody, and for a member the own part in it', async () => {
    const guest = await (await visitor(null)).get('summary');
    expect(guest).toMatchObject({ member: null, program: { v: 1, currency: 'EUR', earn: { points: 1 } } });
    const email = 'summary@example.com';
    await sendWebhooks(door.launched.store, [['orders/paid', door.buy(email)]]);
    const points = await door.available(email, Math.floor(basket().priceMinor / 100));
    const member = await (await visitor(email)).get('summary');
    expect(member).toMatchObject({ member: { available: points, codes: [] }, program: guest.program });
  });

  test('the rewards say in the language of the page why one cannot be taken', async () => {
    const email = 'poor@example.com';
    const { rewards } = (await (await visitor(email)).get('rewards')) as { rewards: Record<string, unknown>[] };
    expect(rewards[0]).toMatchObject({
      id: 'five-off',
      points: 100,
      refused: { kind: 'not_enough_points', reason: expect.stringContaining('100') as unknown },
    });
    await sendWebhooks(door.launched.store, [['orders/paid', door.buy(email)]]);
    await sendWebhooks(door.launched.store, [['orders/paid', door.buy(email)]]);
    await door.available(email, 2 * Math.floor(basket().priceMinor / 100));
    const richer = (await (await visitor(email)).get('rewards')) as { rewards: Record<string, unknown>[] };
    expect(richer.rewards[0]).toMatchObject({ id: 'five-off', refused: null });
  });

  test('a quote is what the order then earns, and changes nothing', async () => {
    const { variant, priceMinor } = basket();
    const shopper = await visitor('quote@example.com');
    const answer = await shopper.quote({ lines: [{ variant, quantity: 2 }] });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { points: Math.floor((2 * priceMinor) / 100), certainty: 'exact' },
    ]);
    const unknown = await shopper.quote({ lines: [{ variant: '1', quantity: 1 }] });
    expect(await unknown.json()).toEqual({ points: 0, certainty: 'exact' });
    const guest = await (await visitor(null)).quote({ lines: [{ variant, quantity: 1 }] });
    expect(await guest.json()).toEqual({ points: Math.floor(priceMinor / 100), certainty: 'exact' });
    expect((await (await visitor('quote@example.com')).get('summary')).member).toBeNull();
  });

  test('a quote that makes no sense is refused with the field', async () => {
    const { variant } = basket();
    const shopper = await visitor(null);
    const wrong = [
      [{}, 'lines'],
      [{ lines: [] }, 'lines'],
      [{ lines: [{ variant, quantity: 0 }] }, 'lines.0.quantity'],
      [{ lines: [{ variant: '../x', quantity: 1 }] }, 'lines.0.variant'],
      [{ lines: Array.from({ length: 51 }, () => ({ variant, quantity: 1 })) }, 'lines'],
    ] as const;
    for (const [body, field] of wrong) {
      const answer = await shopper.quote(body);
      const { detail } = (await answer.json()) as { detail: string };
      expect([answer.status, detail]).toEqual([400, `Il campo ${field} manca o non è valido.`]);
    }
  });
});
