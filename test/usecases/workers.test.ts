import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { redeemReward } from '~/usecases/redeemReward';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type World } from 'test/support/world';

const customer = (id: number) => asId<PlatformId>(String(id));

/** Shuffles by a seed, so that a failure can be seen again. */
const shuffled = <Item>(items: readonly Item[], seed: number): readonly Item[] => {
  let state = seed;
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  return items
    .map((item) => ({ item, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
};

describe.each(engines)('eight workers at once on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  test(
    '1,000 orders of 50 members, each delivered three times in random order, end in the right balances',
    { timeout: 240_000 },
    async () => {
      const tenant = await world.tenant({ document: program({ earning: { caps: { perDay: 150 } } }) });
      const orders = Array.from({ length: 1000 }, (_, n): OrderSnapshot =>
        order({
          orderId: n + 1,
          customerId: customer(1 + (n % 50)),
          instant: instant(at('08:00') + Math.floor(n / 50) * 60_000),
          lines: [line({ listMinor: 1000 + (n % 7) * 100 })],
        }),
      );
      const deliveries = shuffled(
        [
          ...orders,
          ...orders,
          ...orders.map((one): OrderSnapshot => ({ ...one, updatedAt: at('12:00'), financialStatus: 'pending' })),
        ],
        7,
      );
      const batches = Array.from({ length: 60 }, (_, n) => deliveries.slice(n * 50, n * 50 + 50));
      await Promise.all(
        Array.from({ length: 8 }, async (_, worker) => {
          for (const batch of batches.filter((_batch, n) => n % 8 === worker)) await tenant.settle(batch, at('13:00'));
        }),
      );
      for (const id of [1, 17, 50]) {
        const mine = orders.filter(({ customerId }) => customerId === customer(id));
        const expected = Math.min(
          150,
          mine.reduce((sum, one) => sum + Math.floor((one.lines[0]?.listMinor ?? 0) / 100), 0),
        );
        expect((await tenant.balance(at('13:01'), String(id))).available).toBe(expected);
      }
      expect(await tenant.deps.database.prisma.order.count({ where: { programId: tenant.store.programId } })).toBe(
        1000,
      );
      await tenant.audit();
    },
  );

  test('products.md 5.3 and 2.8: 20 parallel redemptions of one balance never overspend; the losers are refused', async () => {
    const tenant = await world.tenant();
    await tenant.settle([order({ orderId: 1, lines: [line({ listMinor: 30_000 })] })], at('13:00'));
    const wish = () => ({
      redemptionId: asId<never>(randomUUID()),
      customerId: customer(77),
      rewardId: 'five-off',
      points: null,
      cart: null,
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => redeemReward(tenant.deps, tenant.store, wish(), at('13:30'))),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    expect(new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.error.kind])))).toEqual(
      new Set(['not_enough_points']),
    );
    expect((await tenant.balance(at('13:31'))).available).toBe(0);
    await tenant.audit();
  });
});
