import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { ok } from '~/core/values/result';
import { latestBackfill } from '~/features/pastOrders/db/backfills';
import {
  askForPastOrders,
  decidePastOrders,
  runBackfill,
  type PastOrdersDecision,
} from '~/features/pastOrders/usecases/runBackfill';
import { redeemReward } from '~/usecases/redeemReward';
import { uuidv7 } from '~/process/uuid';
import { at, bonus, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const clock = () => at('10:01');
const past = Array.from({ length: 130 }, (_, index) =>
  order({
    orderId: index + 1,
    customerId: asId<PlatformId>(String(index % 7)),
    instant: instant(Date.parse('2025-06-01T00:00:00Z') + index),
  }),
);

describe.each(engines)('past orders (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const ask = async (tenant: Tenant, orders = past, now = at('10:00')): Promise<string> => {
    for (const one of orders) tenant.shop.place(one);
    const id = uuidv7();
    expect(await askForPastOrders(tenant.deps, tenant.store, { id, since: null }, now)).toEqual(ok({ backfillId: id }));
    await runBackfill(tenant.deps, tenant.store, id, clock);
    return id;
  };
  const decide = async (tenant: Tenant, id: string, decision: PastOrdersDecision): Promise<void> => {
    expect(await decidePastOrders(tenant.deps, tenant.store, id, decision)).toEqual(ok(null));
    await runBackfill(tenant.deps, tenant.store, id, clock);
  };
  const state = ({ store }: Tenant) => latestBackfill(world.database.prisma, store.programId, store.storeId);

  test('are counted first, and nothing is awarded before the merchant agrees', async () => {
    const tenant = await world.tenant();
    const id = await ask(tenant);
    expect(await state(tenant)).toMatchObject({
      state: 'counted',
      countedOrders: 130,
      countedPoints: 1300,
      ordersFound: 130,
    });
    // the job runs again: it is for the merchant to decide
    await runBackfill(tenant.deps, tenant.store, id, clock);
    expect(await tenant.entries()).toEqual([]);
    expect(await askForPastOrders(tenant.deps, tenant.store, { id: uuidv7(), since: null }, at('10:00'))).toEqual({
      ok: false,
      error: { kind: 'already_running' },
    });
    expect(
      await askForPastOrders(tenant.deps, tenant.store, { id, since: null }, at('10:00')),
      'the same wish again',
    ).toEqual(ok({ backfillId: id }));
    await decide(tenant, id, 'discard');
    expect(await state(tenant)).toMatchObject({ state: 'discarded' });
    expect(await tenant.entries()).toEqual([]);
    expect(await decidePastOrders(tenant.deps, tenant.store, id, 'agree')).toEqual({
      ok: false,
      error: { kind: 'wrong_state' },
    });
  });
  test('the platform is asked for orders from the chosen day on', async () => {
    const tenant = await world.tenant();
    for (const one of past) tenant.shop.place(one);
    const id = uuidv7();
    const since = instant(Date.parse('2025-06-01T00:00:00Z') + 100);
    await askForPastOrders(tenant.deps, tenant.store, { id, since }, at('10:00'));
    await runBackfill(tenant.deps, tenant.store, id, clock);
    expect(await state(tenant)).toMatchObject({ state: 'counted', ordersFound: 30, countedOrders: 30 });
  });
  test('bring exactly what was counted: bonuses, caps, refunds and orders that depend on each other included', async () => {
    const document = program({
      rate: [3, 200],
      earning: {
        bonuses: [bonus({ id: 'first', times: 2, conditions: [{ kind: 'order_number', numbers: [1] }] })],
        caps: { perOrder: null, perDay: null, perMonth: null, lifetime: 55 },
      },
    });
    const tenant = await world.tenant({ document });
    const orders = past.map((one, index) => ({
      ...one,
      lines: [line({ listMinor: 901 + index * 7 })],
      financialStatus: index % 9 === 0 ? ('refunded' as const) : ('paid' as const),
    }));
    const known = orders[5];
    if (known === undefined) throw new Error('no order');
    // the shop told of it before: it is older than the program and brought nothing
    await tenant.settle([known], at('09:00'));
    const id = await ask(tenant, orders);
    const counted = await state(tenant);
    await decide(tenant, id, 'agree');
    const entries = await tenant.entries();
    expect(counted?.countedPoints).toBe(entries.reduce((sum, { points }) => sum + points, 0));
    expect(counted?.countedOrders).toBe(new Set(entries.map(({ key }) => key)).size);
    expect(counted?.countedPoints, 'not simply the rate times the sum').toBeLessThan(7 * 56);
    await tenant.audit();
  });
  test('the import resumes where it stopped, awards each order once and says how far it came', async () => {
    const tenant = await world.tenant();
    const id = await ask(tenant);
    await decidePastOrders(tenant.deps, tenant.store, id, 'agree');
    tenant.shop.ordersToBreak = 77;
    await expect(runBackfill(tenant.deps, tenant.store, id, clock)).rejects.toThrow('the connection broke');
    expect((await state(tenant))?.ordersRead).toBe(50);
    await runBackfill(tenant.deps, tenant.store, id, clock);
    expect(await state(tenant)).toMatchObject({ state: 'done', ordersFound: 130, ordersRead: 130, ordersFailed: 0 });
    expect((await tenant.entries()).map(({ points }) => points)).toEqual(past.map(() => 10));
    await tenant.audit();
  });
  test('a shop that has to prepare them is asked again later; what was counted is what is imported', async () => {
    const tenant = await world.tenant();
    tenant.shop.walksToWait = 3;
    const id = await ask(tenant);
    expect(await state(tenant)).toMatchObject({ state: 'counted', countedOrders: 130 });
    const beginning = (await state(tenant))?.resume;
    expect(beginning, 'where the orders begin is kept').not.toBeNull();
    await decidePastOrders(tenant.deps, tenant.store, id, 'agree');
    expect((await state(tenant))?.resume).toBe(beginning);
    await runBackfill(tenant.deps, tenant.store, id, clock);
    expect(await state(tenant)).toMatchObject({ state: 'done', ordersRead: 130 });
    expect(await tenant.entries()).toHaveLength(130);
  });
  test('a shop that will not show them ends it, in its own words', async () => {
    const tenant = await world.tenant();
    tenant.shop.failure = { kind: 'refused', reasons: ['Access denied.'] };
    await ask(tenant);
    expect(await state(tenant)).toMatchObject({ state: 'failed', failure: 'Access denied.' });
  });
  test('are taken back as a whole: each gives back what it gave, what was spent is owed, orders of the program stay', async () => {
    const tenant = await world.tenant();
    const id = await ask(tenant);
    await decide(tenant, id, 'agree');
    await tenant.settle(
      [order({ orderId: 5000, customerId: asId<PlatformId>('3'), lines: [line({ listMinor: 4200 })] })],
      at('12:01'),
    );
    const wish = {
      redemptionId: asId<RedemptionId>(uuidv7()),
      customerId: asId<PlatformId>('1'),
      rewardId: 'five-off',
      points: 100,
      cart: null,
    };
    expect((await redeemReward(tenant.deps, tenant.store, wish, at('12:02'))).ok).toBe(true);
    await decide(tenant, id, 'undo');
    expect(await state(tenant)).toMatchObject({ state: 'undone' });
    expect(await tenant.balance(at('12:03'), '2')).toMatchObject({ available: 0, debt: 0 });
    expect(await tenant.balance(at('12:03'), '3')).toMatchObject({ available: 42, debt: 0 });
    expect(await tenant.balance(at('12:03'), '1')).toMatchObject({ available: 0, debt: 100 });
    await decide(tenant, id, 'undo'); // pressed again, or the job runs again: nothing more is taken
    await tenant.audit();
    // A message about one of them changes nothing any more; a new import may award them again.
    await tenant.settle(past.slice(0, 3), at('12:04'));
    expect(await tenant.balance(at('12:05'), '2')).toMatchObject({ available: 0 });
    const again = await ask(tenant, past, at('12:05'));
    expect(await state(tenant)).toMatchObject({ id: again, countedOrders: 130, countedPoints: 1300 });
    await decide(tenant, again, 'agree');
    expect(await tenant.balance(at('12:06'), '2')).toMatchObject({ available: 190 });
    await tenant.audit();
  });
  test('undoing goes on where it stopped', async () => {
    const tenant = await world.tenant();
    const id = await ask(tenant);
    await decide(tenant, id, 'agree');
    await decidePastOrders(tenant.deps, tenant.store, id, 'undo');
    let transactions = 0;
    const enqueue: Tenant['deps']['enqueue'] = (effects, tx) => {
      if (tx !== undefined && (transactions += 1) === 2) throw new Error('the process ends');
      return tenant.deps.enqueue(effects, tx);
    };
    await expect(runBackfill({ ...tenant.deps, enqueue }, tenant.store, id, clock)).rejects.toThrow('the process ends');
    await runBackfill(tenant.deps, tenant.store, id, clock);
    expect((await tenant.entries()).reduce((sum, { points }) => sum + points, 0)).toBe(0);
    await tenant.audit();
  });
  test('with tiers, what was reached by them is lost again', async () => {
    const tiers = {
      metric: 'points' as const,
      currency: 'EUR',
      window: { kind: 'lifetime' as const },
      levels: [{ id: 'gold', name: program().names.program, threshold: 150 }],
    };
    const tenant = await world.tenant({ document: program({ tiers }) });
    const id = await ask(tenant);
    await decide(tenant, id, 'agree');
    const golden = () =>
      world.database.prisma.member.count({ where: { programId: tenant.store.programId, tier: 'gold' } });
    expect(await golden()).toBe(7);
    await decide(tenant, id, 'undo');
    expect(await golden()).toBe(0);
    expect((await tenant.entries()).reduce((sum, { points }) => sum + points, 0)).toBe(0);
    await tenant.audit();
  });
  test('need a program that has started', async () => {
    const tenant = await world.tenant();
    await world.database.prisma.programVersion.deleteMany({ where: { programId: tenant.store.programId } });
    expect(await askForPastOrders(tenant.deps, tenant.store, { id: uuidv7(), since: null }, at('10:00'))).toEqual({
      ok: false,
      error: { kind: 'no_program' },
    });
  });
});
