import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { idToken } from 'test/devstore/admin-api/auth';
import { browserAgent, createShopper } from 'test/devstore/storefront/shopper';
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

  test('the terms are a page of the shop in its language, and nothing in them is markup or Liquid', async () => {
    const { launched, merchant } = door;
    const shopper = createShopper(launched.store.origin);
    const none = await shopper.ask('/apps/loyalty/terms?lang=it');
    expect([none.status, ((await none.json()) as { type: string }).type]).toEqual([
      404,
      'urn:fidelio:problem:no_terms',
    ]);
    const page = await merchant.data<{ version: number; document: ProgramDocument }>(
      '/app/program',
      'routes/app.program',
    );
    const odd = 'Art. 1\nUn punto ogni euro.\n\nArt. 2 <script>alert(1)</script> {{ shop.name }}{% endraw %}';
    const terms = { en: 'x', de: 'x', fr: 'x', es: 'x', it: odd };
    const ask = (wish: object) =>
      fetch(`${launched.directUrl()}/app/program?index&_data=routes%2Fapp.program._index`, {
        method: 'POST',
        headers: {
          'user-agent': browserAgent,
          authorization: `Bearer ${idToken(launched.store)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(wish),
      });
    const document = { ...page.document, terms };
    await ask({ intent: 'save', document, basedOn: page.version, revision: null });
    expect((await ask({ intent: 'publish', revision: 1 })).status).toBe(200);
    const shown = await shopper.ask('/apps/loyalty/terms?lang=it');
    const html = await shown.text();
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    // In the shop's own theme.
    expect(html).toContain('shopify-section-header');
    expect(html).toContain(`<h1>Regolamento · ${page.document.names.program.it}</h1>`);
    expect(html).toContain('<p>Art. 1<br>Un punto ogni euro.</p>');
    expect(html).toContain('<p>Art. 2 &#60;script&#62;alert(1)&#60;/script&#62; &#123;&#123; shop.name &#125;&#125;');
    expect(html).not.toContain('<script>alert');
  });
});
