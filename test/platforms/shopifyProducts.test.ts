import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { FreeProductGrant, IssuedGrant } from '~/core/rewards/grants';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { perTongue } from '~/core/values/text';
import type { IssueRequest, Platform } from '~/platforms/platform';
import { createAdminClient } from '~/platforms/shopify/adminClient';
import { readOrderPayload } from '~/platforms/shopify/orderPayload';
import { createShopifyPlatform } from '~/platforms/shopify/shopifyPlatform';
import { issueTokens } from 'test/devstore/admin-api/auth';
import { collectionOf } from 'test/devstore/admin-api/catalogue';
import { appliedCodes, linesOf } from 'test/devstore/checkout/cart';
import { placeOrder } from 'test/devstore/checkout/orders';
import { registrationFrom } from 'test/devstore/process/registration';
import { seedShop } from 'test/devstore/process/seed';
import { startDevstore, type RunningDevstore } from 'test/devstore/process/server';
import { createDevstore, type Customer, type Devstore, type OrderPayload } from 'test/devstore/process/state';

/** Codes for one product, as Shopify's checkout counts them. */
describe('a free product at Shopify', () => {
  let store: Devstore;
  let running: RunningDevstore;
  let platform: Platform;
  const hashEmail = (email: string): string => `hash of ${email}`;

  beforeAll(async () => {
    store = createDevstore(registrationFrom({ apiKey: 'key', apiSecret: 'secret', appUrl: 'http://localhost:1' }));
    seedShop(store, { customers: 1, seed: 7 });
    running = await startDevstore(store, () => new URL('http://localhost:1'));
    const token = issueTokens(store).access_token;
    const client = createAdminClient({
      domain: store.shop.domain,
      fetch: (input, init) => fetch(String(input).replace(`https://${store.shop.domain}`, store.origin), init),
      accessToken: () => Promise.resolve(token),
      timeoutMs: 2_000,
    });
    platform = createShopifyPlatform(client, hashEmail);
  });
  afterAll(() => running?.close());

  const first = (): Customer => {
    const [customer] = store.customers.values();
    if (customer === undefined) throw new Error('nobody');
    return customer;
  };
  const request = (code: string, { grant }: Pick<IssueRequest, 'grant'>): IssueRequest => ({
    redemptionId: asId<RedemptionId>('01890000-0000-7000-8000-000000000001'),
    code,
    title: `Fidelio · test · ${code}`,
    holder: { kind: 'customer', customerId: asId<PlatformId>(String(first().id)) },
    grant,
    startsAt: instant(Date.now() - 1000),
    endsAt: instant(Date.now() + 86_400_000),
  });
  const readBack = (order: OrderPayload): OrderSnapshot => {
    const read = readOrderPayload(JSON.parse(JSON.stringify(order)), hashEmail);
    if (!read.ok) throw new Error(read.error.sentence);
    return read.value;
  };
  const idOf = (order: OrderPayload): PlatformId => asId<PlatformId>(String(order.id));
  const productGrant = (variantId: number, part: Partial<FreeProductGrant> = {}): FreeProductGrant => ({
    kind: 'free_product',
    variantId: asId<PlatformId>(String(variantId)),
    name: perTongue(() => 'Cup'),
    amountMinor: 1000,
    currency: 'EUR',
    minimumSubtotalMinor: null,
    collectionIds: [],
    combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true },
    ...part,
  });
  const bought = async (code: string, grant: IssuedGrant, wanted: Readonly<Record<string, number>>) => {
    expect(await platform.issueReward(request(code, { grant }))).toMatchObject({ ok: true });
    const lines = store.products.flatMap((product) => {
      const quantity = wanted[product.handle];
      return quantity === undefined ? [] : [{ variantId: product.variantId, quantity }];
    });
    const cart = { token: code, lines, codes: [code] };
    const [applied] = appliedCodes(store, cart, first());
    if (applied?.discount == null) return applied?.reason;
    const purchase = { customer: first(), email: first().email, shippingMinor: 0, at: new Date() };
    const order = placeOrder(store, { ...purchase, lines: linesOf(store, cart), discounts: [applied.discount] });
    const snapshot = readBack(order);
    expect(await platform.readOrder(idOf(order))).toEqual({ ok: true, value: snapshot });
    return snapshot.lines.map(({ discounts }) => discounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
  };
  const soldAs = (handle: string) => {
    const product = store.products.find((one) => one.handle === handle);
    if (product === undefined) throw new Error(`the shop has no ${handle}`);
    return product;
  };
  test('a product’s code takes its amount off that product once, and nothing off others', async () => {
    const cup = soldAs('tazza-in-ceramica');
    const coffee = soldAs('quaderno');
    const grant = productGrant(cup.variantId);
    expect(await bought('CUP1', grant, { [cup.handle]: 1, [coffee.handle]: 2 })).toEqual([1000, 0]);
    expect(await bought('CUP3', grant, { [cup.handle]: 3, [coffee.handle]: 1 })).toEqual([1000, 0]);
    expect(await bought('CUP0', grant, { [coffee.handle]: 2 })).toBe(
      'This discount code is not valid for the items in your cart',
    );
  });
  test('with a minimum exactly one is free, and only for what is bought from the collections beside it', async () => {
    // The cup (24.00) is in the collection itself; the apron (39.00) is, too; the notebook (16.50) is not.
    const cup = soldAs('tazza-in-ceramica');
    const collectionIds = [String(collectionOf(cup.collection))];
    const grant = productGrant(cup.variantId, { amountMinor: 2400, minimumSubtotalMinor: 3900, collectionIds });
    const missing = 'Add items to qualify for this discount code';
    expect(await bought('MIN-A', grant, { [cup.handle]: 1, grembiule: 1 })).toEqual([2400, 0]);
    expect(await bought('MIN-B', grant, { [cup.handle]: 3 })).toEqual([2400]);
    expect(await bought('MIN-C', grant, { [cup.handle]: 2 })).toBe(missing);
    expect(await bought('MIN-D', grant, { [cup.handle]: 1, quaderno: 9 })).toBe(missing);
  });
  test('products and collections that the shop does not have are refused in its words', async () => {
    const cup = soldAs('tazza-in-ceramica');
    for (const [code, grant, reason] of [
      ['NO-CUP', productGrant(5), 'Product variant does not exist'],
      [
        'NO-SHELF',
        productGrant(cup.variantId, { minimumSubtotalMinor: 100, collectionIds: ['5'] }),
        "Items in 'customer buys' must be defined",
      ],
    ] as const)
      expect(await platform.issueReward(request(code, { grant }))).toEqual({
        ok: false,
        error: { kind: 'refused', reasons: [reason] },
      });
  });
});
