import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { newTiers } from '~/core/tiers/newTiers';
import type { ProgramAnswer } from '~/http/shopify/programActions';
import type { ShopWords } from '~/views/shopWords';
import type { TierSizes } from '~/views/tierSizes';
import type { ProgramVersions } from '~/views/programVersions';
import { collectionOf } from 'test/devstore/admin-api/catalogue';
import { idToken } from 'test/devstore/admin-api/auth';
import { browserAgent } from 'test/devstore/storefront/shopper';
import { engines } from 'test/support/database';
import { openDoor, type Door } from 'test/support/door';

type Page = {
  readonly version: number;
  readonly document: ProgramDocument;
  readonly draft: {
    readonly revision: number;
    readonly basedOn: number;
    readonly document: ProgramDocument;
    readonly scheduledFor: number | null;
  } | null;
  readonly base: ProgramDocument | null;
  readonly stores: readonly object[];
  readonly here: string;
};

describe.each(engines)('a merchant changes the program (%s)', (engine) => {
  let door: Door;
  beforeAll(async () => void (door = await openDoor(engine, 'program')));
  afterAll(() => door?.close());

  const page = (): Promise<Page> => door.merchant.data<Page>('/app/program', 'routes/app.program');
  const ask = async (wish: object): Promise<ProgramAnswer & { readonly status: number }> => {
    const answer = await fetch(`${door.launched.directUrl()}/app/program?index&_data=routes%2Fapp.program._index`, {
      method: 'POST',
      headers: {
        'user-agent': browserAgent,
        authorization: `Bearer ${idToken(door.launched.store)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(wish),
    });
    return { ...((await answer.json()) as ProgramAnswer), status: answer.status };
  };
  const withRate = (document: ProgramDocument, points: number): ProgramDocument => ({
    ...document,
    earning: { ...document.earning, rates: [{ currency: 'EUR', points, amountMinor: 100 }] },
  });

  test('from the first save to publishing and back: every order earns by what was published', async () => {
    const before = await page();
    expect([before.version, before.draft]).toEqual([1, null]);
    const { domain, name } = door.launched.store.shop;
    expect(before.stores).toEqual([{ id: before.here, name, domain }]);
    const save = { intent: 'save', document: withRate(before.document, 3), basedOn: 1, revision: null };
    expect(await ask(save)).toMatchObject({ status: 200, revision: 1 });
    // A draft changes nothing for members.
    await door.hook('orders/paid', JSON.stringify(door.buy('draft@example.com')));
    expect(await door.available('draft@example.com', 89)).toBe(89);
    expect(await ask({ ...save, document: withRate(before.document, 4) })).toMatchObject({
      status: 409,
      refusal: 'draft_changed',
    });
    expect(await ask({ intent: 'publish', revision: 1 })).toMatchObject({ status: 200, version: 2 });
    expect(await ask({ intent: 'publish', revision: 1 })).toMatchObject({ status: 200, version: 2 });
    const after = await page();
    expect([after.version, after.draft, after.document.earning.rates[0]?.points]).toEqual([2, null, 3]);
    // Versions count from the beginning of their second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await door.hook('orders/paid', JSON.stringify(door.buy('published@example.com')));
    expect(await door.available('published@example.com', 267)).toBe(267);
    expect(await ask({ intent: 'restore', what: { kind: 'version', number: 2 ** 31 }, seen: null })).toMatchObject({
      status: 400,
    });
    expect(await ask({ intent: 'restore', what: { kind: 'version', number: 1 }, seen: null })).toMatchObject({
      status: 200,
    });
    const restored = await page();
    expect(restored.draft).toMatchObject({ basedOn: 2, document: before.document });
    type Review = { readonly effects: { readonly tiers: null; readonly codes: number } | null };
    const { effects } = await door.merchant.data<Review>('/app/program/review', 'routes/app.program.review');
    expect(effects).toMatchObject({ tiers: null, codes: 0 });
    expect(await ask({ intent: 'discard', revision: restored.draft?.revision })).toMatchObject({ status: 200 });
    const seen = await door.merchant.data<ProgramVersions>(
      '/app/program/versions?see=version-1',
      'routes/app.program.versions',
    );
    expect(seen.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(seen.seen).toEqual({ kind: 'version', number: 1, document: before.document });
    expect(seen.replaced.map(({ revision }) => revision)).toEqual([2]);
  });

  test('what the shop calls its things is read live; ids that cannot be any are refused', async () => {
    const { store } = door.launched;
    const read = (query: string): Promise<Response> =>
      fetch(`${door.launched.directUrl()}/app/things?${query}`, {
        headers: { 'user-agent': browserAgent, authorization: `Bearer ${idToken(store)}` },
      });
    const [product] = store.products;
    const collection = collectionOf(product?.collection ?? '');
    const [id, variant] = [product?.id ?? 0, product?.variantId ?? 0];
    const answer = await read(`product=${id},1&collection=${collection}&variant=${variant}`);
    const variantTitle = [product?.title, product?.variantTitle].filter((part) => part !== undefined).join(' - ');
    const picture = `${store.origin}/devstore/pictures/${product?.handle ?? ''}.svg`;
    expect(await answer.json()).toEqual({
      product: [{ id: String(product?.id), title: product?.title, picture }],
      collection: [{ id: '800000001', title: 'Dispensa', picture }],
      variant: [{ id: String(product?.variantId), title: variantTitle, picture }],
    });
    expect((await read('product=<1>')).status).toBe(400);
    expect((await read(`product=${Array.from({ length: 201 }, (_, id) => id).join(',')}`)).status).toBe(400);
  });

  test('what the calculator asks of variants is read live; those that are gone are left out', async () => {
    const { store } = door.launched;
    const read = (ids: string): Promise<Response> =>
      fetch(`${door.launched.directUrl()}/app/sold?variant=${ids}`, {
        headers: { 'user-agent': browserAgent, authorization: `Bearer ${idToken(store)}` },
      });
    const [product] = store.products;
    expect(await (await read(`${product?.variantId ?? 0},1`)).json()).toEqual([
      {
        variantId: String(product?.variantId),
        productId: String(product?.id),
        vendor: product?.vendor,
        priceMinor: product?.priceMinor,
        facts: {
          type: product?.collection,
          tags: [product?.collection],
          collections: [String(collectionOf(product?.collection ?? ''))],
          saleVariants: [],
        },
      },
    ]);
    expect(await (await read('')).json()).toEqual([]);
    expect((await read('<1>')).status).toBe(400);
    expect((await read(Array.from({ length: 21 }, (_, id) => id).join(','))).status).toBe(400);
  });

  test('members are counted by a draft that nobody saved; one with errors is not counted', async () => {
    const { document } = await page();
    const count = (draft: object): Promise<Response> =>
      fetch(`${door.launched.directUrl()}/app/tier-sizes`, {
        method: 'POST',
        headers: {
          'user-agent': browserAgent,
          authorization: `Bearer ${idToken(door.launched.store)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(draft),
      });
    const tiers = newTiers('EUR');
    const cheaper = {
      ...tiers,
      levels: tiers.levels.map((level, index) => ({ ...level, threshold: 5000 * (index + 1) })),
    };
    const before = Date.now();
    const sizes = (await (await count({ ...document, tiers: cheaper })).json()) as TierSizes;
    // Two baskets of 89.00 were bought above, one by each.
    expect(sizes).toMatchObject({ levels: { silver: 2, gold: 0 }, isEstimate: false });
    expect(sizes.at).toBeGreaterThanOrEqual(before);
    expect((await page()).draft).toBeNull();
    expect((await count({ ...document, tiers: { ...tiers, levels: [] } })).status).toBe(422);
  });

  test('what the shop uses as words is listed', async () => {
    const { store } = door.launched;
    const answer = await fetch(`${door.launched.directUrl()}/app/words`, {
      headers: { 'user-agent': browserAgent, authorization: `Bearer ${idToken(store)}` },
    });
    const words = (await answer.json()) as ShopWords;
    expect(words.product_type).toEqual(['care', 'gifts', 'home', 'pantry']);
    expect(words.vendor).toContain('Officina Lume');
  });

  test('a time is the wall clock of the program’s zone, and is taken off again', async () => {
    const { document, version } = await page();
    const saved = await ask({ intent: 'save', document: withRate(document, 5), basedOn: version, revision: null });
    const { revision } = saved;
    const year = new Date().getUTCFullYear();
    const day = `${year + 1}-01-15`;
    const soon = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
    expect(await ask({ intent: 'schedule', revision, day: '2020-01-01', time: '08:00' })).toMatchObject({
      status: 422,
      refusal: 'too_soon',
    });
    expect(await ask({ intent: 'schedule', revision, day: `${year + 3}-01-01`, time: '08:00' })).toMatchObject({
      status: 422,
      refusal: 'too_late',
    });
    expect((await ask({ intent: 'schedule', revision, day, time: '25:00' })).status).toBe(400);
    const planned = day > soon ? soon : day;
    expect(await ask({ intent: 'schedule', revision, day: planned, time: '08:00' })).toMatchObject({ status: 200 });
    const at = (await page()).draft?.scheduledFor ?? 0;
    expect(
      new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short', timeZone: document.timeZone }).format(at),
    ).toBe(`${planned} 08:00`);
    expect(await ask({ intent: 'save', document, basedOn: version, revision })).toMatchObject({
      status: 409,
      refusal: 'scheduled',
    });
    expect(await ask({ intent: 'unschedule', revision })).toMatchObject({ status: 200 });
    expect(await ask({ intent: 'discard', revision })).toMatchObject({ status: 200 });
  });

  test('a draft that another version overtook comes with the version on which it was begun', async () => {
    const { document, version } = await page();
    const { revision } = await ask({
      intent: 'save',
      document: withRate(document, 6),
      basedOn: version - 1,
      revision: null,
    });
    const behind = await page();
    expect(behind.base?.earning.rates[0]?.points).toBe(1);
    expect(await ask({ intent: 'publish', revision })).toMatchObject({ status: 409, refusal: 'apart' });
    expect(await ask({ intent: 'discard', revision })).toMatchObject({ status: 200 });
  });

  test('a file of a newer Fidelio and one that is no program say so', async () => {
    const { document } = await page();
    expect(
      await ask({ intent: 'import', text: JSON.stringify({ ...document, schemaVersion: 4 }), seen: null }),
    ).toMatchObject({
      status: 422,
      refusal: 'newer_schema',
      schemaVersion: 4,
    });
    expect(await ask({ intent: 'import', text: 'name;points', seen: null })).toMatchObject({ refusal: 'not_json' });
    expect(await ask({ intent: 'import', text: ' '.repeat(600 * 1024), seen: null })).toMatchObject({
      status: 413,
      refusal: 'too_large',
    });
    expect((await page()).draft).toBeNull();
  });

  test('what is no program is refused, what is only wrong in its values is kept and not published', async () => {
    const { version, document } = await page();
    const draft = (part: object) => ({
      ...{ intent: 'save', basedOn: version, revision: null },
      document: { ...document, ...part },
    });
    const earning = (part: object) => draft({ earning: { ...document.earning, ...part } });
    expect(await ask(earning({ rounding: 'up' }))).toMatchObject({
      status: 422,
      refusal: 'not_a_document',
      issues: [{ path: 'earning.rounding' }],
    });
    const wrong = earning({ rates: [{ currency: 'EUR', points: 0, amountMinor: 100 }] });
    const { revision } = await ask(wrong);
    expect(await ask({ ...wrong, revision: 99 }), 'the same again').toMatchObject({ status: 200, revision });
    expect(await ask({ intent: 'publish', revision })).toMatchObject({
      status: 422,
      refusal: 'not_a_document',
      issues: [{ path: 'earning.rates.0.points' }],
    });
    const other = draft({ timeZone: 'Europe/Berlin' });
    expect((await ask({ ...other, revision: 99 })).status).toBe(409);
    expect((await ask({ ...other, revision, basedOn: 99 })).status).toBe(422);
    expect((await ask({ intent: 'discard', revision })).status).toBe(200);
    const odd = [
      'nonsense',
      { intent: 'erase' },
      { intent: 'publish', revision: 'x' },
      { intent: 'publish', revision: 0 },
    ];
    for (const wish of odd) expect((await ask(wish as object)).status).toBe(400);
    expect((await page()).version).toBe(version);
  });
});
