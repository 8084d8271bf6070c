import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { settleOrderLater } from '~/usecases/effects/settleOrder';
import { settleOrders } from '~/usecases/settleOrders';
import { at, line, order, program, refund, bonus } from 'test/support/builders';
import { engines } from 'test/support/database';
import { settleNext } from 'test/support/jobs';
import { openWorld, type World } from 'test/support/world';

// Contexts that depend on the member's earlier orders, and an entry award for everybody.
const historical: Parameters<typeof program>[0] = {
  earning: {
    caps: { perDay: 100_000 },
    bonuses: [bonus({ id: 'first', points: 5, conditions: [{ kind: 'order_number', numbers: [1] }] })],
  },
  tiers: {
    metric: 'spend',
    currency: 'EUR',
    window: { kind: 'calendar_year' },
    levels: [
      { id: 'gold', name: { en: 'Gold', it: 'Oro', de: 'Gold', fr: 'Or', es: 'Oro' }, threshold: 1000, entryPoints: 5 },
    ],
  },
};

describe.each(engines)('settling orders (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const fifty = order({ lines: [line({ lineId: 1, listMinor: 3000 }), line({ lineId: 2, listMinor: 2000 })] });
  const partly = {
    ...fifty,
    updatedAt: at('13:00'),
    financialStatus: 'partially_refunded' as const,
    lines: [line({ lineId: 1, listMinor: 3000 }), line({ lineId: 2, listMinor: 2000, currentQuantity: 0 })],
    refunds: [refund({ lines: [[2, 1]] })],
  };
  const cancelled = {
    ...partly,
    updatedAt: at('14:00'),
    cancelledAt: at('14:00'),
    financialStatus: 'refunded' as const,
  };

  test('an order becomes one award with a key, an explanation and a balance', async () => {
    const tenant = await world.tenant();
    await tenant.settle([fifty], at('12:01'));
    expect(await tenant.entries()).toEqual([{ kind: 'award', points: 50, forgiven: 0, key: 'order:store:1001:1' }]);
    expect((await tenant.balance(at('12:02'))).available).toBe(50);
    await tenant.audit();
  });

  test('the same message three times in every order of arrival is one award', async () => {
    for (const list of [
      [fifty, fifty, fifty],
      [fifty, partly, fifty],
      [partly, fifty, fifty],
      [fifty, fifty, partly],
      [partly, partly, fifty],
    ]) {
      const tenant = await world.tenant();
      for (const snapshot of list) await tenant.settle([snapshot], at('15:00'));
      const balance = (await tenant.balance(at('15:01'))).available;
      expect(balance).toBe(list.includes(partly) ? 30 : 50);
      expect((await tenant.entries()).filter(({ kind }) => kind === 'award')).toHaveLength(1);
      await tenant.audit();
    }
  });

  test('any permutation, duplication and grouping of an order’s messages posts the same points', async () => {
    const states = [
      { ...fifty, financialStatus: 'pending' as const, updatedAt: at('11:00') },
      fifty,
      { ...fifty, fulfillmentStatus: 'fulfilled' as const },
      partly,
      cancelled,
    ];
    await fc.assert(
      fc.asyncProperty(
        fc
          .subarray(states, { minLength: 1 })
          .chain((some) =>
            fc.tuple(
              fc.constant(some),
              fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2 }),
              fc.integer({ min: 1, max: 4 }),
            ),
          ),
        async ([some, shuffled, size]) => {
          const [straight, mixed] = [await world.tenant(), await world.tenant()];
          await straight.settle(some, at('16:00'));
          for (let index = 0; index < shuffled.length; index += size)
            await mixed.settle(shuffled.slice(index, index + size), at('16:00'));
          const sum = async (tenant: typeof straight): Promise<number> =>
            (await tenant.entries()).reduce((all, entry) => all + entry.points, 0);
          expect(await sum(mixed)).toBe(await sum(straight));
          await mixed.audit();
        },
      ),
      { numRuns: 15 },
    );
  });

  test('a refund after the points were spent leaves a debt, which the next order repays', async () => {
    const tenant = await world.tenant();
    await tenant.settle([fifty], at('12:01'));
    const member = await world.database.prisma.member.findFirstOrThrow({
      where: { programId: tenant.store.programId },
    });
    const { redeemReward } = await import('~/usecases/redeemReward');
    const redeemed = await redeemReward(
      tenant.deps,
      tenant.store,
      {
        redemptionId: asId('01890000-0000-7000-8000-00000000000a'),
        customerId: asId<PlatformId>('77'),
        rewardId: 'as-you-like',
        points: 40,
        cart: null,
      },
      at('12:10'),
    );
    expect(redeemed.ok).toBe(true);
    await tenant.settle([cancelled], at('14:01'));
    expect(await tenant.balance(at('14:02'))).toMatchObject({ available: 0, debt: 40 });
    await tenant.settle(
      [order({ orderId: 2002, instant: at('15:00'), updatedAt: at('15:00'), lines: [line({ listMinor: 6000 })] })],
      at('15:01'),
    );
    expect(await tenant.balance(at('15:02'))).toMatchObject({ available: 20, debt: 0 });
    expect(member.id).toBeDefined();
    await tenant.audit();
  });

  test('an order that moves to another customer takes its points along', async () => {
    const tenant = await world.tenant();
    await tenant.settle([fifty], at('12:01'));
    await tenant.settle([{ ...fifty, updatedAt: at('13:00'), customerId: asId<PlatformId>('88') }], at('13:01'));
    expect([
      (await tenant.balance(at('13:02'))).available,
      (await tenant.balance(at('13:02'), '88')).available,
    ]).toEqual([0, 50]);
    await tenant.audit();
  });

  test('an order that moves ends with its newest owner, in any order of arrival, with many workers', async () => {
    const moved = { ...fifty, updatedAt: at('13:30'), customerId: asId<PlatformId>('88') };
    const back = { ...fifty, updatedAt: at('13:40'), customerId: asId<PlatformId>('99') };
    const owners = async (list: readonly (typeof fifty)[], atOnce: boolean): Promise<readonly number[]> => {
      const tenant = await world.tenant();
      if (atOnce) await Promise.all(list.map((snapshot) => tenant.settle([snapshot], at('14:00'))));
      else for (const snapshot of list) await tenant.settle([snapshot], at('14:00'));
      await tenant.audit();
      return Promise.all(
        ['77', '88', '99'].map(async (customer) => (await tenant.balance(at('14:01'), customer)).available),
      );
    };
    for (const list of [
      [fifty, moved, fifty],
      [moved, fifty, fifty],
      [fifty, fifty, moved],
    ])
      expect(await owners(list, false)).toEqual([0, 50, 0]);
    for (const list of [
      [fifty, moved, back, moved, fifty],
      [back, moved, fifty, moved],
      [moved, back, fifty],
    ]) {
      expect(await owners(list, false)).toEqual([0, 0, 50]);
      expect(await owners([...list, ...list], true)).toEqual([0, 0, 50]);
    }
  });

  test('points under a hold are pending until its days are over', async () => {
    const tenant = await world.tenant({ document: program({ earning: { holdDays: 3 } }) });
    await tenant.settle([fifty], at('12:01'));
    expect(await tenant.balance(at('12:02'))).toMatchObject({ available: 0, pending: 50 });
    expect(await tenant.balance(at('12:00', 13))).toMatchObject({ available: 50, pending: 0 });
    await tenant.settle([cancelled], at('14:01'));
    expect(await tenant.balance(at('12:00', 13))).toMatchObject({ available: 0, pending: 0, debt: 0 });
    await tenant.audit();
  });

  test('a later version of the program does not touch an order that was settled before', async () => {
    const tenant = await world.tenant();
    await tenant.settle([fifty], at('12:01'));
    const { publishProgram } = await import('~/usecases/publishProgram');
    expect(
      await publishProgram(
        tenant.deps,
        tenant.store.programId,
        { document: program({ rate: [9, 100] }), basedOn: 1, by: 'test' },
        at('12:30'),
      ),
    ).toEqual({
      ok: true,
      value: { version: 2 },
    });
    await tenant.settle([partly], at('13:01'));
    expect((await tenant.balance(at('13:02'))).available).toBe(30);
    await tenant.settle([order({ orderId: 3, instant: at('13:00'), updatedAt: at('13:00') })], at('13:05'));
    expect((await tenant.balance(at('13:06'))).available).toBe(120);
  });

  test('an order whose moment is corrected earns by that moment’s version, in any order, until it is final', async () => {
    const { publishProgram } = await import('~/usecases/publishProgram');
    const after = order({ orderId: 5, instant: at('13:00', 12), updatedAt: at('13:00', 12) });
    const before = { ...after, instant: at('13:00', 10), updatedAt: at('13:00', 13) };
    for (const [arrival, now, expected] of [
      [[after, before], at('14:00', 13), 10],
      [[before, after], at('14:00', 13), 10],
      [[after, before], instant(at('14:00', 30) + 15 * 86_400_000), 90],
    ] as const) {
      const tenant = await world.tenant();
      await publishProgram(
        tenant.deps,
        tenant.store.programId,
        { document: program({ rate: [9, 100] }), basedOn: 1, by: 'test' },
        at('00:00', 11),
      );
      for (const snapshot of arrival) await tenant.settle([snapshot], now);
      expect((await tenant.balance(now)).available).toBe(expected);
      await tenant.audit();
    }
  });

  test('an order older than the program earns only when an import names a version', async () => {
    const tenant = await world.tenant({ publishedAt: at('18:00') });
    await tenant.settle([fifty], at('18:01'));
    expect((await tenant.balance(at('18:02'))).available).toBe(0);
    await settleOrders(tenant.deps, [{ store: tenant.store, snapshot: fifty, backfillVersion: 1 }], at('18:03'));
    await settleOrders(tenant.deps, [{ store: tenant.store, snapshot: fifty, backfillVersion: 1 }], at('18:04'));
    expect((await tenant.balance(at('18:05'))).available).toBe(50);
  });

  test.each([
    ['base rule', {}],
    ['caps, tiers and order numbers', historical],
  ])('a batch takes at most 13 statements, however many orders it holds: %s', async (_, rules) => {
    const counts: number[] = [];
    for (const size of [1, 50, 500]) {
      const tenant = await world.tenant({ document: program(rules) });
      const orders = Array.from({ length: size }, (_, index) =>
        order({ orderId: index + 1, customerId: asId<PlatformId>(String(index % 40)), discountCodes: ['SOMECODE'] }),
      );
      counts.push(await countStatements(world, () => tenant.settle(orders, at('13:00'))));
      // Taking points back needs the lots, too.
      counts.push(
        await countStatements(world, () =>
          tenant.settle(
            orders.map((one) => ({ ...one, updatedAt: at('14:00'), cancelledAt: at('14:00') })),
            at('14:01'),
          ),
        ),
      );
      await tenant.audit();
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(13);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(7);
    expect(new Set(counts.filter((_, index) => index % 2 === 0)).size).toBe(1);
  });

  test('one more where long histories are summed up', async () => {
    const tenant = await world.tenant({ document: program(historical) });
    const orders = Array.from({ length: 500 }, (_, index) =>
      order({ orderId: index + 1, customerId: asId<PlatformId>(String(index % 4)), discountCodes: ['SOMECODE'] }),
    );
    expect(await countStatements(world, () => tenant.settle(orders, at('13:00')))).toBeLessThanOrEqual(14);
    expect(await world.database.prisma.checkpoint.count({ where: { programId: tenant.store.programId } })).toBe(4);
    await tenant.audit();
  });

  test('an order that makes a batch fail is buried alone; the others are settled', async () => {
    const tenant = await world.tenant();
    const good = Array.from({ length: 6 }, (_, index) => order({ orderId: index + 1 }));
    const poison = { ...order({ orderId: 99 }), name: 'broken \u0000 text' };
    await tenant.deps.enqueue(
      [...good.slice(0, 3), poison, ...good.slice(3)].map((snapshot) =>
        settleOrderLater.of({
          store: tenant.store,
          snapshot: {
            ...snapshot,
            name: snapshot.name.replace('\u0000', ''),
            ...(snapshot === poison ? { instant: instant(9e15) } : {}),
          },
        }),
      ),
    );
    const errors: unknown[] = [];
    await settleNext(tenant.deps, world.queue, {
      batchSize: 50,
      clock: () => at('13:00'),
      onError: (error) => errors.push(error),
    });
    expect((await tenant.entries()).length).toBe(6);
    expect(errors).toHaveLength(1);
    expect((await world.queue.deadLetters()).length).toBe(1);
  });

  test('eight workers settling the same orders at once award each order once', async () => {
    const tenant = await world.tenant();
    const orders = Array.from({ length: 40 }, (_, index) =>
      order({ orderId: index + 1, customerId: asId<PlatformId>(String(index % 5)) }),
    );
    await Promise.all(
      Array.from({ length: 8 }, (_, worker) =>
        tenant.settle(worker % 2 === 0 ? orders : [...orders].reverse(), at('13:00')),
      ),
    );
    expect((await tenant.entries()).length).toBe(40);
    await tenant.audit();
  });
});

/** Statements the client sends while some work is done, without BEGIN and COMMIT. */
const countStatements = async (world: World, work: () => Promise<void>): Promise<number> => {
  const seen: string[] = [];
  const place = world.database.queue;
  if (place.kind === 'embedded') {
    const { pglite } = place;
    const original = pglite.query.bind(pglite);
    const patched = Object.assign(pglite, {
      query: (...args: Parameters<typeof original>) => {
        seen.push(String(args[0]));
        return original(...args);
      },
    });
    try {
      const transaction = pglite.transaction.bind(pglite);
      Object.assign(pglite, {
        transaction: ((run: (tx: { query: typeof original }) => Promise<unknown>) =>
          transaction((tx) => {
            const inner = tx.query.bind(tx);
            Object.assign(tx, {
              query: (...args: Parameters<typeof inner>) => {
                seen.push(String(args[0]));
                return inner(...args);
              },
            });
            return run(tx as never);
          })) as typeof pglite.transaction,
      });
      await work();
      Object.assign(pglite, { transaction });
    } finally {
      Object.assign(patched, { query: original });
    }
  } else {
    const { default: pg } = await import('pg');
    const original = pg.Client.prototype.query;
    pg.Client.prototype.query = function (this: unknown, ...args: unknown[]) {
      const [first] = args as [{ text?: string } | string];
      seen.push(typeof first === 'string' ? first : (first.text ?? ''));
      return (original as (...all: unknown[]) => unknown).apply(this, args);
    } as typeof original;
    try {
      await work();
    } finally {
      pg.Client.prototype.query = original;
    }
  }
  return seen.filter((sql) => !/^\s*(BEGIN|COMMIT|ROLLBACK|SET|DEALLOCATE|SELECT 1)/i.test(sql)).length;
};
