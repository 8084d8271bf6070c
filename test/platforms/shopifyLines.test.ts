import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AmountOffGrant, FreeProductGrant, IssuedGrant, PercentOffGrant } from '~/core/rewards/grants';
import type { RewardLines } from '~/core/rewards/lines';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { perTongue } from '~/core/values/text';
import type { Platform } from '~/platforms/platform';
import { createAdminClient } from '~/platforms/shopify/adminClient';
import { createShopifyPlatform } from '~/platforms/shopify/shopifyPlatform';
import { issueTokens } from 'test/devstore/admin-api/auth';
import { collectionOf } from 'test/devstore/admin-api/catalogue';
import { registrationFrom } from 'test/devstore/process/registration';
import { seedShop } from 'test/devstore/process/seed';
import { startDevstore, type RunningDevstore } from 'test/devstore/process/server';
import { createDevstore, type Devstore } from 'test/devstore/process/state';

type Asked = {
  readonly variables: {
    readonly discount?: { readonly code: string; readonly customerGets: unknown };
    readonly most?: number;
  };
};

/** What Shopify is told of codes for some products or collections, and how they are found again. */
describe('a code for some lines at Shopify', () => {
  let store: Devstore;
  let running: RunningDevstore;
  let platform: Platform;
  let asked: Asked[] = [];

  beforeAll(async () => {
    store = createDevstore(registrationFrom({ apiKey: 'key', apiSecret: 'secret', appUrl: 'http://localhost:1' }));
    seedShop(store, { customers: 1, seed: 7 });
    running = await startDevstore(store, () => new URL('http://localhost:1'));
    const token = issueTokens(store).access_token;
    const client = createAdminClient({
      domain: store.shop.domain,
      fetch: (input, init) => {
        asked.push(JSON.parse(init?.body as string) as Asked);
        return fetch(String(input).replace(`https://${store.shop.domain}`, store.origin), init);
      },
      accessToken: () => Promise.resolve(token),
      timeoutMs: 2_000,
    });
    platform = createShopifyPlatform(client, (email) => `hash of ${email}`);
  });
  beforeEach(() => {
    asked = [];
    store.discounts.clear();
  });
  afterAll(() => running?.close());

  const combinesWith = { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true };
  const common = { currency: 'EUR', minimumSubtotalMinor: null, combinesWith };
  const amountOff = (lines?: RewardLines): AmountOffGrant => ({
    ...{ kind: 'amount_off', amountMinor: 1000, ...common },
    ...(lines && { lines }),
  });
  const percentOff = (lines?: RewardLines): PercentOffGrant => ({
    ...{ kind: 'percent_off', basisPoints: 1250, ...common },
    ...(lines && { lines }),
  });
  const ofProducts = (...productIds: string[]): RewardLines => ({
    kind: 'product',
    productIds: productIds.map(asId<PlatformId>),
  });
  const ofCollections = (...collectionIds: string[]): RewardLines => ({
    kind: 'collection',
    collectionIds: collectionIds.map(asId<PlatformId>),
  });
  const productIds = (count: number): string[] => store.products.slice(0, count).map(({ id }) => String(id));
  const shelf = (handle: string): string => String(collectionOf(handle));
  const issue = (code: string, grant: IssuedGrant) => {
    const [customer] = store.customers.values();
    return platform.issueReward({
      redemptionId: asId<RedemptionId>('01890000-0000-7000-8000-000000000001'),
      code,
      title: `Fidelio · test · ${code}`,
      holder: { kind: 'customer', customerId: asId<PlatformId>(String(customer?.id)) },
      grant,
      startsAt: instant(Date.now() - 1000),
      endsAt: instant(Date.now() + 86_400_000),
    });
  };
  const refused = (reason: string) => ({ ok: false, error: { kind: 'refused', reasons: [reason] } });
  const foreign = refused('A discount with this code exists already and is not ours.');
  const toldOf = (code: string): unknown =>
    asked.find(({ variables: { discount } }) => discount?.code === code)?.variables.discount?.customerGets;

  test('names its products or collections, and else everything; an amount is spread over what it is for', async () => {
    const [first, second] = productIds(2);
    const value = { discountAmount: { amount: '10.00', appliesOnEachItem: false } };
    const gids = [`gid://shopify/Product/${first}`, `gid://shopify/Product/${second}`];
    const care = `gid://shopify/Collection/${shelf('care')}`;
    for (const [code, grant, told] of [
      ['P', amountOff(ofProducts(first ?? '', second ?? '')), { items: { products: { productsToAdd: gids } }, value }],
      ['C', amountOff(ofCollections(shelf('care'))), { items: { collections: { add: [care] } }, value }],
      ['A', amountOff(), { items: { all: true }, value }],
      [
        'PP',
        percentOff(ofProducts(first ?? '')),
        { items: { products: { productsToAdd: gids.slice(0, 1) } }, value: { percentage: 0.125 } },
      ],
      [
        'PC',
        percentOff(ofCollections(shelf('care'))),
        { items: { collections: { add: [care] } }, value: { percentage: 0.125 } },
      ],
      ['PA', percentOff(), { items: { all: true }, value: { percentage: 0.125 } }],
    ] as const) {
      expect(await issue(code, grant)).toMatchObject({ ok: true });
      expect([code, toldOf(code)]).toEqual([code, told]);
    }
  });

  test('leaves out the things of other platforms, and is refused where no other is left', async () => {
    const [first] = productIds(1);
    const elsewhere = 'wc-7:a.b_c';
    expect(await issue('SOME', amountOff(ofProducts(elsewhere, first ?? '')))).toMatchObject({ ok: true });
    expect(toldOf('SOME')).toMatchObject({
      items: { products: { productsToAdd: [`gid://shopify/Product/${first}`] } },
    });
    expect(await issue('SOME', amountOff(ofProducts(elsewhere, first ?? '')))).toMatchObject({ ok: true });
    const cup: FreeProductGrant = {
      ...{ kind: 'free_product', variantId: asId<PlatformId>(elsewhere), name: perTongue(() => 'Cup') },
      ...{ amountMinor: 1000, collectionIds: [], ...common },
    };
    asked = [];
    const nothing = refused('Shopify makes codes for its own products and collections only.');
    for (const grant of [amountOff(ofProducts(elsewhere)), percentOff(ofCollections(elsewhere, elsewhere)), cup])
      expect(await issue('NONE', grant)).toEqual(nothing);
    expect(asked, 'Shopify is not asked').toEqual([]);
  });

  test('is found again whatever the order of its things, and not when it is for one more or one less', async () => {
    const ids = productIds(4);
    expect(await issue('THREE', amountOff(ofProducts(...ids.slice(0, 3))))).toMatchObject({ ok: true });
    expect(await issue('THREE', amountOff(ofProducts(...ids.slice(0, 3).reverse())))).toMatchObject({ ok: true });
    for (const others of [ids, ids.slice(0, 2), ids.slice(1, 4)])
      expect(await issue('THREE', amountOff(ofProducts(...others)))).toEqual(foreign);
    const shelves = ['care', 'home', 'gifts'].map(shelf);
    expect(await issue('SHELVES', percentOff(ofCollections(...shelves.slice(0, 2))))).toMatchObject({ ok: true });
    expect(await issue('SHELVES', percentOff(ofCollections(...shelves.slice(0, 2).reverse())))).toMatchObject({
      ok: true,
    });
    for (const others of [shelves, shelves.slice(0, 1), shelves.slice(1)])
      expect(await issue('SHELVES', percentOff(ofCollections(...others)))).toEqual(foreign);
  });

  test('is not taken for one of its only variant, nor the other way round', async () => {
    const [product] = store.products;
    const cup: FreeProductGrant = {
      ...{
        kind: 'free_product',
        variantId: asId<PlatformId>(String(product?.variantId)),
        name: perTongue(() => 'Cup'),
      },
      ...{ amountMinor: 1000, collectionIds: [], ...common },
    };
    const whole = amountOff(ofProducts(...productIds(1)));
    expect(await issue('WHOLE', whole)).toMatchObject({ ok: true });
    expect(await issue('WHOLE', cup)).toEqual(foreign);
    expect(await issue('CUP', cup)).toMatchObject({ ok: true });
    expect(await issue('CUP', whole)).toEqual(foreign);
  });

  test('is read with one thing more than it is for, and for its use with one', async () => {
    const grant = amountOff(ofProducts(...productIds(3)));
    await issue('MOST', grant);
    asked = [];
    await issue('MOST', grant);
    await platform.readRewardUse('MOST');
    expect(asked.flatMap(({ variables: { most = [] } }) => most)).toEqual([4, 1]);
  });

  test('leaves out what the shop does not have any more, and is found again so', async () => {
    const [first] = productIds(1);
    const some = amountOff(ofProducts(first ?? '', '5'));
    const made = await issue('SOME', some);
    expect(made).toMatchObject({ ok: true });
    expect(await issue('SOME', some)).toEqual(made);
    expect(store.discounts.size).toBe(1);
    expect([...store.discounts.values()][0]?.items).toEqual({ of: 'product', ids: [Number(first)] });
    expect(await issue('SHELF', percentOff(ofCollections('5', shelf('care'))))).toMatchObject({ ok: true });
    const cup: FreeProductGrant = {
      ...{ kind: 'free_product', variantId: asId<PlatformId>(String(store.products[0]?.variantId)) },
      ...{ name: perTongue(() => 'Cup'), amountMinor: 1000, ...common, minimumSubtotalMinor: 3000 },
      collectionIds: ['5', shelf('care')],
    };
    const gift = await issue('CUP', cup);
    expect(gift).toMatchObject({ ok: true });
    expect(await issue('CUP', cup)).toEqual(gift);
  });

  test('of products and collections of which the shop has none is refused in its words', async () => {
    expect(await issue('NO-P', amountOff(ofProducts('5', '6')))).toEqual(refused('Product does not exist'));
    expect(await issue('NO-C', percentOff(ofCollections('5')))).toEqual(refused('Collection does not exist'));
    expect(store.discounts.size).toBe(0);
  });
});
