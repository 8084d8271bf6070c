import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signOf, type OrderSign } from '~/core/orders/sign';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { IssuedGrant } from '~/core/rewards/grants';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { createAdminClient } from '~/platforms/shopify/adminClient';
import { readOrderPayload } from '~/platforms/shopify/orderPayload';
import { createShopifyPlatform } from '~/platforms/shopify/shopifyPlatform';
import type { IssueRequest, PastOrder, Platform } from '~/platforms/platform';
import { issueTokens } from 'test/devstore/admin-api/auth';
import { cancelOrder, placeOrder, refundOrder } from 'test/devstore/checkout/orders';
import { registrationFrom } from 'test/devstore/process/registration';
import { seedShop } from 'test/devstore/process/seed';
import { startDevstore, type RunningDevstore } from 'test/devstore/process/server';
import { createDevstore, type Customer, type Devstore, type OrderPayload } from 'test/devstore/process/state';
import { tagCustomer } from 'test/devstore/admin-api/tags';

/** What is Shopify's own beside the contract (`contract.ts`), against a shop as strict as Shopify. */
describe('the Shopify platform', () => {
  let store: Devstore;
  let running: RunningDevstore;
  let platform: Platform;
  let renewed = 0;
  const hashEmail = (email: string): string => `hash of ${email}`;
  beforeAll(async () => {
    store = createDevstore(registrationFrom({ apiKey: 'key', apiSecret: 'secret', appUrl: 'http://localhost:1' }));
    seedShop(store, { customers: 8, seed: 7 });
    store.switches.loseEvery = 1; // nobody listens here
    running = await startDevstore(store, () => new URL('http://localhost:1'));
    let token = issueTokens(store).access_token;
    const client = createAdminClient({
      domain: store.shop.domain,
      fetch: (input, init) => fetch(String(input).replace(`https://${store.shop.domain}`, store.origin), init),
      accessToken: (refused) => {
        if (refused === token) {
          renewed += 1;
          token = issueTokens(store).access_token;
        }
        return Promise.resolve(token);
      },
      timeoutMs: 2_000,
    });
    platform = createShopifyPlatform(client, hashEmail);
  });
  afterAll(() => running?.close());
  beforeEach(
    () =>
      void Object.assign(store.faults, {
        throttle: 0,
        serverError: 0,
        loseAnswer: 0,
        refuseToken: 0,
        refuseDiscount: null,
      }),
  );

  const first = (): Customer => {
    const [customer] = store.customers.values();
    if (customer === undefined) throw new Error('nobody');
    return customer;
  };
  const amountOff: IssuedGrant = {
    kind: 'amount_off',
    amountMinor: 500,
    currency: 'EUR',
    minimumSubtotalMinor: 2000,
    combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
  };
  const request = (code: string, part: Partial<IssueRequest> = {}): IssueRequest => ({
    redemptionId: asId<RedemptionId>('01890000-0000-7000-8000-000000000001'),
    code,
    title: `Fidelio · test · ${code}`,
    holder: { kind: 'customer', customerId: asId<PlatformId>(String(first().id)) },
    grant: amountOff,
    startsAt: instant(Date.now() - 1000),
    endsAt: instant(Date.now() + 86_400_000),
    ...part,
  });
  const fromWebhook = (order: OrderPayload): OrderSnapshot => {
    const read = readOrderPayload(JSON.parse(JSON.stringify(order)), hashEmail);
    if (!read.ok) throw new Error(read.error.sentence);
    return read.value;
  };
  const idOf = (order: OrderPayload): PlatformId => asId<PlatformId>(String(order.id));

  test('an order read back is the same snapshot as its webhook, refunds, discounts and taxes included', async () => {
    const [product, other] = store.products;
    if (product === undefined || other === undefined) throw new Error('no products');
    await platform.issueReward(request('READBACK'));
    const discount = [...store.discounts.values()].find(({ code }) => code === 'READBACK');
    const order = placeOrder(store, {
      lines: [
        { product, quantity: 3 },
        { product: other, quantity: 2 },
      ],
      customer: first(),
      email: first().email,
      shippingMinor: 590,
      discounts: discount === undefined ? [] : [discount],
      at: new Date(),
    });
    const same = async (): Promise<void> =>
      expect(await platform.readOrder(idOf(order))).toEqual({ ok: true, value: fromWebhook(order) });
    await same();
    refundOrder(store, order.id, {
      lines: [{ lineId: order.line_items[0]?.id ?? 0, quantity: 1 }],
      shippingMinor: 590,
    });
    await same();
    refundOrder(store, order.id, { lines: [], moneyMinor: 300 });
    await same();
    cancelOrder(store, order.id);
    await same();
  });
  test('store credit is asked for once when its answer gets lost, and again when we were throttled', async () => {
    // Reading Shopify's schema takes the local Shopify longer than we wait.
    while (!(await platform.readShop()).ok);
    const customerId = asId<PlatformId>(String(first().id));
    const credit = (second: number) =>
      platform.creditAccount({
        ...{ customerId, amountMinor: 500, currency: 'EUR' },
        expiresAt: instant(Date.parse('2099-12-31T22:00:00Z') + second * 1000),
      });
    const given = (): number => store.creditAccounts.get(first().id)?.transactions.length ?? 0;
    for (const fault of ['loseAnswer', 'serverError'] as const) {
      const before = given();
      store.faults[fault] = 1;
      expect(await credit(1)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
      expect(given() - before).toBe(fault === 'loseAnswer' ? 1 : 0);
    }
    for (const fault of ['throttle', 'refuseToken'] as const) {
      const before = given();
      store.faults[fault] = 1;
      expect(await credit(2)).toMatchObject({ ok: true });
      expect(given() - before).toBe(1);
    }
  });
  test('an order that does not exist is null, not an error', async () => {
    expect(await platform.readOrder(asId<PlatformId>('1'))).toEqual({ ok: true, value: null });
  });
  test('orders are listed by their updates, page by page, both ends of the window included, and their signs are those of the orders', async () => {
    const all = [...store.orders.values()]
      .sort((a, b) => Date.parse(a.updated_at) - Date.parse(b.updated_at))
      .map(fromWebhook);
    const [from, to] = [all[2]?.updatedAt ?? instant(0), all.at(-2)?.updatedAt ?? instant(0)];
    const seen: OrderSign[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<Platform['listOrders']>> = await platform.listOrders({ from, to }, cursor);
      if (!page.ok) throw new Error('not listed');
      seen.push(...page.value.orders);
      cursor = page.value.next;
    } while (cursor !== null);
    const within = all.filter(({ updatedAt }) => updatedAt >= from && updatedAt <= to);
    const byId = (a: OrderSign, b: OrderSign): number => a.orderId.localeCompare(b.orderId);
    expect([...seen].sort(byId)).toEqual(within.map(signOf).sort(byId));
    expect(seen.map(({ updatedAt }) => updatedAt)).toEqual(within.map(({ updatedAt }) => updatedAt));
  });
  test('products are read with what rules ask of them; those that do not exist are left out', async () => {
    const [product] = store.products;
    if (product === undefined) throw new Error('no products');
    const read = await platform.readProducts([asId<PlatformId>(String(product.id)), asId<PlatformId>('999999')]);
    if (!read.ok) throw new Error('not read');
    expect([...read.value.keys()]).toEqual([String(product.id)]);
    expect(read.value.get(String(product.id))).toMatchObject({
      tags: expect.any(Array) as unknown,
      collections: expect.any(Array) as unknown,
      saleVariants: [],
    });
  });
  test('labels are the tags of customers, read in full and listed when they change', async () => {
    const [one, two] = [...store.customers.values()];
    if (one === undefined || two === undefined) throw new Error('nobody');
    const idOfCustomer = ({ id }: Customer): PlatformId => asId<PlatformId>(String(id));
    const from = instant(Date.parse(one.createdAt) + 1000);
    expect(await platform.listLabels({ from, to: instant(Date.now() + 2000) }, null)).toMatchObject({
      value: { customers: [], next: null },
    });
    tagCustomer(store, two, ['Wholesale', 'vip']);
    const read = await platform.readLabels([idOfCustomer(one), idOfCustomer(two), asId<PlatformId>('1')]);
    expect(read.ok && [...read.value]).toEqual([
      [idOfCustomer(one), []],
      [idOfCustomer(two), ['Wholesale', 'vip']],
    ]);
    expect(await platform.listLabels({ from, to: instant(Date.now() + 2000) }, null)).toEqual({
      ok: true,
      value: { customers: [{ customerId: idOfCustomer(two), labels: ['Wholesale', 'vip'] }], next: null },
    });
    tagCustomer(store, two, []);
  });
  test('customers are found by exactly their address, many at once; what could be a query is nobody', async () => {
    const [one, two] = [...store.customers.values()];
    if (one === undefined || two === undefined) throw new Error('nobody');
    const asked = [one.email.toLowerCase(), two.email.toLowerCase(), 'nobody@example.com', 'x" OR email:"' + one.email];
    const found = await platform.findCustomersByEmail([
      ...asked,
      ...Array.from({ length: 120 }, (_, n) => `nobody${n}@example.com`),
    ]);
    expect(found.ok && [...found.value]).toEqual([
      [one.email.toLowerCase(), String(one.id)],
      [two.email.toLowerCase(), String(two.id)],
    ]);
  });
  test('tags are added and taken away, others stay, and again changes nothing', async () => {
    const customer = first();
    customer.tags.splice(0, customer.tags.length, 'vip', 'tier:base');
    const id = asId<PlatformId>(String(customer.id));
    for (let n = 0; n < 2; n += 1)
      expect((await platform.markCustomer(id, { add: ['tier:gold'], remove: ['tier:base'] })).ok).toBe(true);
    expect(customer.tags).toEqual(['vip', 'tier:gold']);
    expect((await platform.markCustomer(id, { add: [], remove: [] })).ok).toBe(true);
    expect(await platform.markCustomer(asId<PlatformId>('1'), { add: ['x'], remove: [] })).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
  });
  test('a place in past orders is the export and how many of its orders lie behind; another word begins anew', async () => {
    const placesFrom = async (resume: string | null): Promise<readonly string[]> => {
      const words: string[] = [];
      for await (const past of platform.pastOrders(null, resume)) if ('resume' in past) words.push(past.resume);
      return words;
    };
    const [begun] = await placesFrom(null);
    expect(begun).toMatch(/^gid:\/\/shopify\/BulkOperation\/\d+ 0$/);
    await new Promise((resolve) => setTimeout(resolve, 800)); // the file is written meanwhile
    const place = (passed: number): string => `${begun?.split(' ')[0]} ${passed}`;
    expect(await placesFrom(place(store.orders.size - 2))).toEqual([
      place(store.orders.size - 1),
      place(store.orders.size),
    ]);
    const [again] = await placesFrom('nothing that we wrote');
    expect(again).toMatch(/ 0$/);
    expect(again).not.toBe(begun);
    const unknown: PastOrder[] = [];
    for await (const past of platform.pastOrders(null, 'gid://shopify/BulkOperation/1 0')) unknown.push(past);
    expect(unknown).toEqual([
      { kind: 'failed', failure: { kind: 'refused', reasons: ['the platform does not know this export'] } },
    ]);
  });
  test('a code is bound to one customer, single use, short lived, titled and tagged', async () => {
    expect((await platform.issueReward(request('BOUND'))).ok).toBe(true);
    const made = [...store.discounts.values()].find(({ code }) => code === 'BOUND');
    expect(made).toMatchObject({
      title: 'Fidelio · test · BOUND',
      tags: ['fidelio'],
      usageLimit: 1,
      appliesOncePerCustomer: true,
      customerIds: [first().id],
      amountMinor: 500,
      minimumMinor: 2000,
      combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
    });
  });
  test('a retry finds what was made; another’s code of the same name is refused', async () => {
    const made = await platform.issueReward(request('TWICE'));
    expect(await platform.issueReward(request('TWICE'))).toEqual(made);
    const others = [
      request('TWICE', { title: 'Summer sale' }),
      request('TWICE', { holder: { kind: 'customer', customerId: asId<PlatformId>('5') } }),
      request('TWICE', { grant: { ...amountOff, amountMinor: 501 } }),
    ];
    for (const other of others) expect((await platform.issueReward(other)).ok).toBe(false);
  });
  test('free shipping is a shipping code, with the merchant’s limits, found again by them', async () => {
    const grant: IssuedGrant = {
      kind: 'free_shipping',
      currency: 'EUR',
      minimumSubtotalMinor: null,
      maxRateMinor: 900,
      countries: ['SM', 'IT'],
      combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: false },
    };
    const made = await platform.issueReward(request('SHIP', { grant }));
    expect(made.ok).toBe(true);
    expect(await platform.issueReward(request('SHIP', { grant }))).toEqual(made);
    const others: IssuedGrant[] = [
      { ...grant, maxRateMinor: 901 },
      { ...grant, maxRateMinor: null },
      { ...grant, countries: [] },
      amountOff,
    ];
    for (const other of others)
      expect((await platform.issueReward(request('SHIP', { grant: other }))).ok, JSON.stringify(other)).toBe(false);
    expect(
      (await platform.issueReward(request('ALL', { grant: { ...grant, maxRateMinor: null, countries: [] } }))).ok,
    ).toBe(true);
    const [ship, all] = ['SHIP', 'ALL'].map((text) => [...store.discounts.values()].find(({ code }) => code === text));
    expect(ship).toMatchObject({ customerIds: [first().id], shipping: { maxRateMinor: 900, countries: ['SM', 'IT'] } });
    expect(all).toMatchObject({ shipping: { maxRateMinor: null, countries: [] } });
  });
  test('an order with free shipping carries the code, and its share is on the shipping', async () => {
    const [product] = store.products;
    const discount = [...store.discounts.values()].find(({ code }) => code === 'ALL');
    if (product === undefined || discount === undefined) throw new Error('nothing to buy');
    const order = placeOrder(store, {
      lines: [{ product, quantity: 1 }],
      customer: first(),
      email: first().email,
      shippingMinor: 590,
      discounts: [discount],
      at: new Date(),
    });
    const snapshot = fromWebhook(order);
    expect(await platform.readOrder(idOf(order))).toEqual({ ok: true, value: snapshot });
    expect(snapshot.discountCodes).toEqual(['ALL']);
    expect(snapshot.shipping).toMatchObject({ listMinor: 590, discounts: [{ code: 'ALL', amountMinor: 590 }] });
    expect(snapshot.lines[0]?.discounts).toEqual([]);
    expect(await platform.readRewardUse('ALL')).toMatchObject({ ok: true, value: { uses: 1 } });
  });
  test('a percentage is Shopify’s own, found again by it, and taken off the order', async () => {
    const grant: IssuedGrant = {
      kind: 'percent_off',
      basisPoints: 1250,
      currency: 'EUR',
      minimumSubtotalMinor: null,
      combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
    };
    const made = await platform.issueReward(request('PERCENT', { grant }));
    expect(made.ok).toBe(true);
    expect(await platform.issueReward(request('PERCENT', { grant }))).toEqual(made);
    for (const other of [{ ...grant, basisPoints: 1251 }, amountOff])
      expect((await platform.issueReward(request('PERCENT', { grant: other }))).ok).toBe(false);
    const [product] = store.products;
    const discount = [...store.discounts.values()].find(({ code }) => code === 'PERCENT');
    if (product === undefined || discount === undefined) throw new Error('nothing to buy');
    const order = placeOrder(store, {
      lines: [{ product, quantity: 4 }],
      customer: first(),
      email: first().email,
      shippingMinor: 0,
      discounts: [discount],
      at: new Date(),
    });
    const snapshot = fromWebhook(order);
    expect(await platform.readOrder(idOf(order))).toEqual({ ok: true, value: snapshot });
    const amountMinor = Math.round(product.priceMinor * 4 * 0.125);
    expect(snapshot.lines[0]?.discounts).toEqual([{ code: 'PERCENT', amountMinor }]);
  });
  test('an answer that got lost is made up for by asking again, without a second code', async () => {
    const before = store.discounts.size;
    store.faults.loseAnswer = 1;
    expect((await platform.issueReward(request('LOST'))).ok).toBe(true);
    expect(store.discounts.size).toBe(before + 1);
  });
  test('what the shop refuses is refused with its own words', async () => {
    expect(await platform.issueReward(request('PAST', { endsAt: instant(0) }))).toEqual({
      ok: false,
      error: { kind: 'refused', reasons: ['Ends at needs to be after starts_at'] },
    });
    expect(
      await platform.issueReward(
        request('NOBODY', { holder: { kind: 'customer', customerId: asId<PlatformId>('5') } }),
      ),
    ).toEqual({
      ok: false,
      error: { kind: 'refused', reasons: ['Customer does not exist'] },
    });
  });
  test('a code is switched off, also twice, also when it is gone; its use is read back', async () => {
    const made = await platform.issueReward(request('OFF'));
    if (!made.ok) throw new Error('not made');
    const { reference } = made.value;
    expect(await platform.readRewardUse('OFF')).toEqual({
      ok: true,
      value: { kind: 'known', reference, uses: 0, active: true },
    });
    for (let turn = 0; turn < 2; turn += 1)
      expect(await platform.voidReward(reference)).toEqual({ ok: true, value: null });
    const discount = [...store.discounts.values()].find(({ code }) => code === 'OFF');
    if (discount !== undefined) discount.uses = 1;
    expect(await platform.readRewardUse('OFF')).toEqual({
      ok: true,
      value: { kind: 'known', reference, uses: 1, active: false },
    });
    store.discounts.delete(discount?.id ?? 0);
    expect(await platform.voidReward(reference)).toEqual({ ok: true, value: null });
    expect(await platform.readRewardUse('OFF')).toEqual({ ok: true, value: { kind: 'unknown' } });
  });
  test('summaries reach the customer’s app-owned metafield and the installation’s', async () => {
    const summary = {
      v: 1,
      available: 5,
      pending: 0,
      debt: 0,
      expiring: null,
      returning: null,
      codes: [],
      tier: null,
    } as const;
    expect((await platform.publishMemberSummary(asId<PlatformId>(String(first().id)), summary)).ok).toBe(true);
    expect(
      JSON.parse(store.metafields.get(`gid://shopify/Customer/${first().id}|$app|loyalty`)?.value ?? 'null'),
    ).toEqual(summary);
    expect((await platform.publishMemberSummary(asId<PlatformId>('5'), summary)).ok).toBe(false);
  });
  test('throttling and server errors are waited for; a refused token is renewed once', async () => {
    renewed = 0;
    for (const fault of ['throttle', 'serverError', 'refuseToken'] as const) {
      store.faults[fault] = 1;
      expect([fault, (await platform.readShop()).ok]).toEqual([fault, true]);
    }
    expect(renewed).toBe(1);
    store.faults.refuseToken = 5;
    expect(await platform.readShop()).toEqual({
      ok: false,
      error: { kind: 'unavailable', reason: 'the access token was refused' },
    });
    store.faults.refuseToken = 0;
    store.faults.serverError = 9;
    expect(await platform.readShop()).toEqual({
      ok: false,
      error: { kind: 'unavailable', reason: 'the platform answered 502' },
    });
  });
  test('names are read live, and a search text is never a query', async () => {
    const ids = [asId<PlatformId>(String(first().id)), asId<PlatformId>('5')];
    expect(await platform.readCustomers(ids)).toEqual({
      ok: true,
      value: [
        {
          customerId: ids[0],
          ...{ displayName: 'Giulia Rossi', email: 'giulia.rossi@example.com', emailVerified: true },
          marks: ['vip', 'tier:gold'],
        },
      ],
    });
    expect(await platform.searchCustomers('giulia "rossi')).toMatchObject({
      ok: true,
      value: [{ displayName: 'Giulia Rossi' }],
    });
    expect(await platform.searchCustomers('tag:vip OR')).toEqual({ ok: true, value: [] });
  });
});
