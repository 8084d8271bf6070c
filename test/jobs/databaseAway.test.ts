import { describe, expect, test } from 'vitest';
import { at, order } from 'test/support/builders';
import { engines } from 'test/support/database';
import { freezableWay } from 'test/support/frozenServer';
import { settleNext } from 'test/support/jobs';
import { openWorld } from 'test/support/world';
import { openDatabase } from '~/db/database';
import { isDatabaseAway } from '~/db/inTransaction';
import { settleOrderLater } from '~/usecases/effects/settleOrder';

test('trouble of the database is told from what an order brings about itself', () => {
  for (const message of [
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
  ])
    expect([message, isDatabaseAway(new Error(message))]).toEqual([message, true]);
  for (const code of ['57014', '55P03', 'ETIMEDOUT', 'ECONNREFUSED', '08006'])
    expect([code, isDatabaseAway(Object.assign(new Error('x'), { code }))]).toEqual([code, true]);
  expect(isDatabaseAway(new Error('an order without a snapshot'))).toBe(false);
  expect(isDatabaseAway(Object.assign(new Error('x'), { code: '22P05' }))).toBe(false);
});

describe.each(engines.filter((engine) => engine === 'server'))('orders while the database hangs (%s)', (engine) => {
  test('are not given up for it: they are settled when it is back', async () => {
    const world = await openWorld(engine);
    const tenant = await world.tenant();
    const way = await freezableWay(world.url ?? '');
    const database = await openDatabase({ kind: 'server', url: way.url }, { migrations: '', prepare: false });
    await tenant.deps.enqueue([settleOrderLater.of({ store: tenant.store, snapshot: order() })]);
    const errors: unknown[] = [];
    const options = { batchSize: 50, clock: () => at('13:00'), onError: (error: unknown) => errors.push(error) };
    way.freeze();
    const hanging = settleNext({ ...tenant.deps, database }, world.queue, options);
    setTimeout(() => void way.close(), 500); // the connections break, as after a failover
    await hanging;
    expect([(await world.queue.deadLetters()).length, errors.length, (await tenant.entries()).length]).toEqual([
      0, 0, 0,
    ]);
    await world.database.prisma.$executeRawUnsafe(
      `UPDATE pgboss.job SET start_after = now() WHERE name = 'settle-orders'`,
    );
    await settleNext(tenant.deps, world.queue, options);
    expect((await tenant.entries()).length).toBe(1);
    await database.close();
    await world.close();
  });
});
