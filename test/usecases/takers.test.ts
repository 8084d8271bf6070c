import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shareOf } from '~/core/simulation/takers';
import { leastPoints, newReward, rewardsOffered, type Reward } from '~/core/rewards/section';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { askForPastOrders, decidePastOrders, runBackfill } from '~/features/pastOrders/usecases/runBackfill';
import { takersSince } from '~/features/simulation/db/takers';
import { uuidv7 } from '~/process/uuid';
import { redeemReward } from '~/usecases/redeemReward';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const customerId = asId<PlatformId>('77');

describe.each(engines)('how often rewards were taken, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const give = { ...newReward('donation', 'give', 'EUR'), enabled: true, charity: 'Bosco Vivo', points: 100 } as Reward;
  const document = { ...program(), rewards: [...program().rewards, give] };
  const redeem = async (tenant: Tenant, rewardId: string, time: string): Promise<string | null> => {
    const wish = { redemptionId: asId<RedemptionId>(uuidv7()), customerId, rewardId, points: null, cart: null };
    const taken = await redeemReward(tenant.deps, tenant.store, wish, at(time));
    if (!taken.ok) throw new Error(taken.error.kind);
    return taken.value.code;
  };
  const buy = (tenant: Tenant, orderId: number, time: string, part: Parameters<typeof order>[0] = {}) => {
    const moments = { instant: at(time), createdAt: at(time), updatedAt: at(time) };
    return tenant.settle([order({ orderId, ...moments, lines: [line({ listMinor: 5000 })], ...part })], at(time));
  };
  const takers = (tenant: Tenant, least = 100, since = at('00:00')) =>
    takersSince(tenant.deps.database.prisma, tenant.store.programId, least, since);

  test('of the orders before which a reward could be afforded: by its code, or by what was asked for', async () => {
    const tenant = await world.tenant({ document });
    // Before the first order there are no points: its own do not count.
    await buy(tenant, 1, '08:00', { lines: [line({ listMinor: 30_000 })] });
    await buy(tenant, 9, '08:30', { customerId: asId<PlatformId>('78') });
    expect(await takers(tenant)).toEqual({ could: 0, did: 0 });
    const code = (await redeem(tenant, 'five-off', '09:00')) ?? '';
    const discounts = [{ code, amountMinor: 500 }];
    await buy(tenant, 2, '10:00', { discountCodes: [code], lines: [line({ listMinor: 5000, discounts })] });
    await buy(tenant, 3, '11:00');
    await redeem(tenant, 'give', '12:00');
    await buy(tenant, 4, '13:00');
    await buy(tenant, 5, '14:00');
    expect(await takers(tenant)).toEqual({ could: 4, did: 2 });
    expect(await takers(tenant, 100, at('12:30'))).toEqual({ could: 2, did: 1 });
    expect(await takers(tenant, 1000)).toEqual({ could: 0, did: 0 });
  });

  test('points count from when they can be spent, and what was spent before counts as had', async () => {
    const held = { ...document, earning: { ...document.earning, holdDays: 14 } };
    const tenant = await world.tenant({ document: held });
    await buy(tenant, 1, '08:00', { lines: [line({ listMinor: 10_000 })] });
    await buy(tenant, 2, '09:00');
    expect(await takers(tenant)).toEqual({ could: 0, did: 0 });
    const later = instant(at('08:00') + 20 * 86_400_000);
    await tenant.settle([order({ orderId: 3, instant: later, createdAt: later, updatedAt: later })], later);
    expect(await takers(tenant)).toEqual({ could: 1, did: 0 });
  });

  test('nobody could take one before there was a program: past orders do not count', async () => {
    const tenant = await world.tenant({ document, publishedAt: at('12:00') });
    for (const [index, time] of ['08:00', '09:00', '10:00'].entries()) {
      const moments = { instant: at(time), createdAt: at(time), updatedAt: at(time) };
      tenant.shop.place(order({ orderId: index + 1, ...moments, lines: [line({ listMinor: 20_000 })] }));
    }
    const id = uuidv7();
    await askForPastOrders(tenant.deps, tenant.store, { id, since: null }, at('12:30'));
    await runBackfill(tenant.deps, tenant.store, id, () => at('12:31'));
    await decidePastOrders(tenant.deps, tenant.store, id, 'agree');
    await runBackfill(tenant.deps, tenant.store, id, () => at('12:32'));
    await buy(tenant, 4, '13:00');
    expect(await tenant.entries()).toHaveLength(4);
    expect(await takers(tenant)).toEqual({ could: 1, did: 0 });
  });
});

describe('the share that is played', () => {
  test('is the shop’s own from 200 orders on, else three in ten', () => {
    expect(shareOf({ could: 199, did: 199 })).toEqual({ basisPoints: 3000, seenAt: null });
    expect(shareOf({ could: 200, did: 67 })).toEqual({ basisPoints: 3350, seenAt: 200 });
    expect(shareOf({ could: 0, did: 0 })).toEqual({ basisPoints: 3000, seenAt: null });
  });
  test('asks for the cheapest reward that is on, and not in another currency', () => {
    const off = { ...newReward('donation', 'cheap', 'EUR'), enabled: false, points: 1 } as Reward;
    const abroad = { ...newReward('donation', 'abroad', 'CHF'), enabled: true, points: 2 } as Reward;
    const own = program().rewards;
    const cheapest = Math.min(...own.map((reward) => ('points' in reward ? reward.points : reward.minPoints)));
    expect(leastPoints(rewardsOffered([...own, off, abroad], 'EUR'))).toBe(cheapest);
    expect(leastPoints(rewardsOffered([off, abroad], 'EUR'))).toBeNull();
  });
});
