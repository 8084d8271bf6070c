import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok } from '~/core/values/result';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { settleNext } from '~/jobs/settleLoop';
import { askForPastOrders, importPastOrders } from '~/usecases/importPastOrders';
import { readBackOrder } from '~/usecases/readBackOrder';
import { uuidv7 } from '~/uuid.server';
import { at, line, order, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type World } from 'test/support/world';

describe.each(engines)('reading orders back (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const bought = order({ lines: [line({ listMinor: 5000 })] });
  const refunded = {
    ...bought,
    updatedAt: at('14:00'),
    financialStatus: 'refunded' as const,
    refunds: [refund({ at: at('14:00'), lines: [[1, 1]] })],
    lines: [line({ listMinor: 5000, currentQuantity: 0 })],
  };

  test('many messages about one order wait as one read-back', async () => {
    const tenant = await world.tenant();
    const effect = { kind: 'read_order', store: tenant.store, orderId: bought.orderId, newerThan: at('14:00'), delaySeconds: 60 } as const;
    const before = (await world.queue.outstanding())['read-order'] ?? 0;
    for (let copy = 0; copy < 5; copy += 1) await tenant.deps.enqueue([effect]);
    await tenant.deps.enqueue([{ ...effect, orderId: asId<PlatformId>('4711') }]);
    expect((await world.queue.outstanding())['read-order']).toBe(before + 2);
  });
  test('the one read-back that waits sees what the newest of the messages told', async () => {
    const tenant = await world.tenant();
    const effect = { kind: 'read_order', store: tenant.store, orderId: bought.orderId, newerThan: at('14:00'), delaySeconds: 0 } as const;
    await tenant.deps.enqueue([effect]);
    await tenant.deps.enqueue([{ ...effect, newerThan: at('14:20') }]);
    await tenant.deps.enqueue([{ ...effect, newerThan: at('14:10') }]);
    const jobs = await world.queue.fetch<typeof effect>('read_order', 100);
    await world.queue.complete('read_order', jobs);
    expect(jobs.filter(({ data }) => data.store.storeId === tenant.store.storeId).map(({ data }) => data.newerThan)).toEqual([at('14:20')]);
  });
  test('a refund whose order never came again is settled from what is read back', async () => {
    const tenant = await world.tenant();
    await tenant.settle([bought], at('12:01'));
    tenant.shop.orders.set(bought.orderId, refunded);
    await readBackOrder(tenant.deps, tenant.store, bought.orderId, at('14:00'), at('15:00'));
    await settleNext(tenant.deps, world.queue, {
      batchSize: 50,
      clock: () => at('14:02'),
      onError: (error) => {
        throw error;
      },
    });
    expect((await tenant.balance(at('14:03'))).available).toBe(0);
    await tenant.audit();
  });
  test('nothing is asked when a snapshot at least as new has come meanwhile', async () => {
    const tenant = await world.tenant();
    await tenant.settle([refunded], at('14:01'));
    tenant.shop.failure = { kind: 'unavailable', reason: 'must not be asked' };
    await readBackOrder(tenant.deps, tenant.store, bought.orderId, at('14:00'), at('15:00'));
    await expect(readBackOrder(tenant.deps, tenant.store, bought.orderId, instant(at('14:00') + 1), at('15:00'))).rejects.toThrow('must not be asked');
  });

  describe('the import of past orders', () => {
    const past = Array.from({ length: 130 }, (_, index) =>
      order({ orderId: index + 1, customerId: asId<PlatformId>(String(index % 7)), instant: instant(Date.parse('2025-06-01T00:00:00Z') + index) }),
    );

    test('resumes where it stopped, awards each order once and says how far it came', async () => {
      const tenant = await world.tenant();
      for (const one of past) tenant.shop.orders.set(one.orderId, one);
      const id = uuidv7();
      expect(await askForPastOrders(tenant.deps, tenant.store, id, at('10:00'))).toEqual(ok({ backfillId: id }));
      expect(await askForPastOrders(tenant.deps, tenant.store, uuidv7(), at('10:00'))).toEqual({ ok: false, error: { kind: 'already_running' } });
      const whole = tenant.shop.streamOrderExport;
      let cut = 77;
      const broken: typeof whole = async function* (url, skip) {
        for await (const one of whole(url, skip)) {
          if (cut-- === 0) throw new Error('the connection broke');
          yield one;
        }
      };
      Object.assign(tenant.shop, { streamOrderExport: broken });
      const clock = () => at('10:01');
      await expect(importPastOrders(tenant.deps, tenant.store, id, clock)).rejects.toThrow('the connection broke');
      const { programId } = tenant.store;
      const state = () => world.database.prisma.backfill.findUniqueOrThrow({ where: { programId_id: { programId, id } } });
      expect((await state()).ordersRead).toBe(50);
      await importPastOrders(tenant.deps, tenant.store, id, clock);
      expect(await state()).toMatchObject({ state: 'done', ordersFound: 130, ordersRead: 130, ordersFailed: 0 });
      expect((await tenant.entries()).map(({ points }) => points)).toEqual(past.map(() => 10));
      await tenant.audit();
    });
    test('needs a program that has started', async () => {
      const tenant = await world.tenant();
      await world.database.prisma.programVersion.deleteMany({ where: { programId: tenant.store.programId } });
      expect(await askForPastOrders(tenant.deps, tenant.store, uuidv7(), at('10:00'))).toEqual({ ok: false, error: { kind: 'no_program' } });
    });
  });
});
