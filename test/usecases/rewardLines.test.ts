import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '~/core/redemptions/states';
import type { RewardLines } from '~/core/rewards/lines';
import type { WishCart } from '~/core/rewards/quote';
import { newReward, type Reward } from '~/core/rewards/section';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { refusalText } from '~/i18n/storefrontWords';
import { uuidv7 } from '~/process/uuid';
import { redeemReward } from '~/usecases/redeemReward';
import { at, line, order, program, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const customerId = asId<PlatformId>('77');
const [boots, sandals, hat] = ['31', '32', '40'].map((id) => asId<PlatformId>(id));
if (boots === undefined || sandals === undefined || hat === undefined) throw new Error('three products');
const spring: RewardLines = { kind: 'collection', collectionIds: ['7'] };

const cartOf = (...lines: readonly (readonly [PlatformId, number])[]): WishCart => ({
  subtotalMinor: lines.reduce((sum, [, amountMinor]) => sum + amountMinor, 0),
  currency: 'EUR',
  lines: lines.map(([productId, amountMinor]) => ({ productId, amountMinor, isDiscounted: false })),
});

describe.each(engines)('a reward for some products or collections, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  /** 10.00 off for 100 points, for boots and sandals by name or by their collection; the member has 300. */
  const offering = async (lines: RewardLines): Promise<Tenant> => {
    const own = { enabled: true, points: 100, amountMinor: 1000, lines };
    const reward = { ...newReward('amount_off', 'some', 'EUR'), ...own } as Reward;
    const tenant = await world.tenant({ document: { ...program(), rewards: [reward] } });
    const facts = { type: null, tags: [], saleVariants: [] };
    tenant.shop.products.set(boots, { ...facts, collections: ['7'] });
    tenant.shop.products.set(hat, { ...facts, collections: ['8'] });
    await tenant.settle([order({ lines: [line({ listMinor: 30_000 })] })], at('12:01'));
    return tenant;
  };
  const take = ({ deps, store }: Tenant, cart: WishCart | null) => {
    const redemptionId = asId<RedemptionId>(uuidv7());
    return redeemReward(deps, store, { redemptionId, customerId, rewardId: 'some', points: 100, cart }, at('12:10'));
  };
  const available = async (tenant: Tenant): Promise<number> => (await tenant.balance(at('12:20'))).available;
  const refusedAs = async (tenant: Tenant, cart: WishCart) => {
    const taken = await take(tenant, cart);
    if (taken.ok) throw new Error('it was given');
    return refusalText('it', taken.error).replace(/\s/g, ' ');
  };

  test('by collection the shop is asked what the cart’s products are in; none of them: refused in words', async () => {
    const tenant = await offering(spring);
    const none = 'Questo premio vale per alcuni prodotti e nel carrello non ce n’è nessuno.';
    expect(await refusedAs(tenant, cartOf([hat, 9000]))).toBe(none);
    // What the shop does not know is in none of its collections.
    expect(await refusedAs(tenant, cartOf([sandals, 9000]))).toBe(none);
    expect(await refusedAs(tenant, cartOf([hat, 9000], [boots, 900]))).toBe(
      'Questo premio vale 10,00 €, più di quanto costano i suoi prodotti nel carrello.',
    );
    expect([await available(tenant), tenant.shop.codes.size]).toEqual([300, 0]);
    const taken = await take(tenant, cartOf([hat, 9000], [boots, 1000]));
    if (!taken.ok) throw new Error(taken.error.kind);
    expect(tenant.shop.codes.get(codeOf(taken.value))?.request.grant).toMatchObject({
      amountMinor: 1000,
      lines: spring,
    });
    expect(await available(tenant)).toBe(200);
    await tenant.audit();
  });

  test('while the shop does not answer nothing is held; by product it is not asked at all', async () => {
    const byCollection = await offering(spring);
    byCollection.shop.failure = { kind: 'unavailable', reason: 'away' };
    expect(await take(byCollection, cartOf([boots, 9000]))).toEqual({ ok: false, error: { kind: 'shop_away' } });
    expect(await available(byCollection)).toBe(300);
    const byProduct = await offering({ kind: 'product', productIds: [boots] });
    byProduct.shop.failure = { kind: 'unavailable', reason: 'away' };
    // The points are held, and the code comes when the shop answers.
    expect(await take(byProduct, cartOf([boots, 9000]))).toMatchObject({ ok: true, value: { state: 'held' } });
  });

  test('its points come back with the units that it was taken off, whole, in part, and not with others', async () => {
    const tenant = await offering({ kind: 'product', productIds: [boots, sandals] });
    const taken = await take(tenant, cartOf([boots, 6000], [hat, 4000]));
    if (!taken.ok) throw new Error(taken.error.kind);
    const code = codeOf(taken.value);
    const bought = order({
      orderId: 2002,
      instant: at('13:00'),
      updatedAt: at('13:00'),
      discountCodes: [code],
      lines: [
        line({ lineId: 1, productId: boots, quantity: 2, listMinor: 6000, discounts: [{ code, amountMinor: 1000 }] }),
        line({ lineId: 2, productId: hat, listMinor: 4000 }),
      ],
    });
    const after = async (hour: string, lines: readonly (readonly [number, number])[]) => {
      const refunds = lines.map((one, index) => refund({ refundId: index + 1, at: at(hour), lines: [one] }));
      await tenant.settle([{ ...bought, updatedAt: at(hour), refunds }], at(hour));
      const [back] = await tenant.deps.database.prisma.redemption.findMany({ where: { id: taken.value.id } });
      return Number(back?.returned);
    };
    expect(await after('13:01', [])).toBe(0);
    expect(await after('14:01', [[2, 1]])).toBe(0);
    expect(
      await after('14:02', [
        [2, 1],
        [1, 1],
      ]),
    ).toBe(50);
    expect(
      await after('14:03', [
        [2, 1],
        [1, 1],
        [1, 1],
      ]),
    ).toBe(100);
    await tenant.audit();
  });
});
