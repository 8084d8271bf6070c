import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { readOrderLater } from '~/usecases/effects/readOrder';
import { readBackOrder } from '~/usecases/readBackOrder';
import { at, line, order, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { settleNext } from 'test/support/jobs';
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
    const wish = {
      store: tenant.store,
      orderId: bought.orderId,
      newerThan: at('14:00'),
      delaySeconds: 60,
    };
    const before = (await world.queue.outstanding())['read-order'] ?? 0;
    for (let copy = 0; copy < 5; copy += 1) await tenant.deps.enqueue([readOrderLater.of(wish)]);
    await tenant.deps.enqueue([readOrderLater.of({ ...wish, orderId: asId<PlatformId>('4711') })]);
    expect((await world.queue.outstanding())['read-order']).toBe(before + 2);
  });
  test('the one read-back that waits sees what the newest of the messages told', async () => {
    const tenant = await world.tenant();
    const wish = {
      store: tenant.store,
      orderId: bought.orderId,
      newerThan: at('14:00'),
      delaySeconds: 0,
    };
    await tenant.deps.enqueue([readOrderLater.of(wish)]);
    await tenant.deps.enqueue([readOrderLater.of({ ...wish, newerThan: at('14:20') })]);
    await tenant.deps.enqueue([readOrderLater.of({ ...wish, newerThan: at('14:10') })]);
    const jobs = await world.queue.fetch(readOrderLater, 100);
    await world.queue.complete(readOrderLater, jobs);
    expect(
      jobs.filter(({ data }) => data.store.storeId === tenant.store.storeId).map(({ data }) => data.newerThan),
    ).toEqual([at('14:20')]);
  });
  test('a refund whose order never came again is settled from what is read back', async () => {
    const tenant = await world.tenant();
    await tenant.settle([bought], at('12:01'));
    tenant.shop.place(refunded);
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
    await expect(
      readBackOrder(tenant.deps, tenant.store, bought.orderId, instant(at('14:00') + 1), at('15:00')),
    ).rejects.toThrow('must not be asked');
  });
});
