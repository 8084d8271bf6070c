import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '~/core/values/instant';
import { unreadableBody, unreadableOf } from '~/db/unreadable';
import { keepUnreadable } from '~/usecases/keepUnreadable';
import { readBackOrder } from '~/usecases/readBackOrder';
import { reconcileStore, startReconciliation } from '~/usecases/reconcileStore';
import { askForPastOrders, decidePastOrders, runBackfill } from '~/features/pastOrders/usecases/runBackfill';
import { uuidv7 } from '~/process/uuid';
import { healthPage } from '~/features/health/views/healthPage';
import { at, line, order } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

describe.each(engines)('what cannot be read is kept, within limits (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const now = at('12:00');
  const keep = ({ deps, store }: Tenant, number: number, body = '{}') => {
    const { programId, storeId } = store;
    const message = { programId, storeId, topic: 'orders/paid', webhookId: `w${number}`, reason: 'It is not.' };
    return keepUnreadable(deps, message, body, instant(now + number));
  };
  const kept = ({ deps, store }: Tenant) => unreadableOf(deps.database.prisma, store.programId, store.storeId, 1000);
  const sentence = 'The order lists the line 7 twice.';

  test('of each store the newest 500', async () => {
    const [full, other] = [await world.tenant(), await world.tenant()];
    await keep(other, 1);
    for (let number = 1; number <= 503; number += 1) await keep(full, number);
    const rows = await kept(full);
    expect([rows.length, rows[0]?.webhookId, rows.at(-1)?.webhookId]).toEqual([500, 'w503', 'w4']);
    expect((await kept(other)).map(({ webhookId }) => webhookId)).toEqual(['w1']);
  });
  test('of each store 20 MB, the newest', async () => {
    const tenant = await world.tenant();
    const body = 'x'.repeat(1024 * 1024 - 100);
    for (let number = 1; number <= 22; number += 1) await keep(tenant, number, body);
    const rows = await kept(tenant);
    expect([rows.length, rows[0]?.webhookId, rows.at(-1)?.webhookId]).toEqual([20, 'w22', 'w3']);
  });
  test('a body of more than 1 MB is left out, its size is shown, and it offers no second reading', async () => {
    const tenant = await world.tenant();
    await keep(tenant, 1, 'x'.repeat(1024 * 1024));
    await keep(tenant, 2, 'x'.repeat(1024 * 1024 + 1));
    const { unread } = await healthPage(tenant.deps.database, tenant.store, now);
    expect(unread.map(({ bytes, canTry }) => [bytes, canTry])).toEqual([
      [1024 * 1024 + 1, false],
      [1024 * 1024, true],
    ]);
    const [large] = await kept(tenant);
    expect(
      (await unreadableBody(tenant.deps.database.prisma, tenant.store.programId, large?.id ?? ''))?.body,
    ).toBeNull();
  });
  test('a message that is sent again is kept once', async () => {
    const tenant = await world.tenant();
    for (let copy = 0; copy < 3; copy += 1) await keep(tenant, 1);
    expect(await kept(tenant)).toHaveLength(1);
  });

  test('an order read back that makes no sense stops nothing: it is shown, once, and can be asked for again', async () => {
    const tenant = await world.tenant();
    const bought = order({ lines: [line({ listMinor: 5000 })] });
    await tenant.settle([bought], now);
    tenant.shop.unreadable.set(bought.orderId, sentence);
    const { deps } = tenant;
    for (const time of ['14:00', '15:00']) await readBackOrder(deps, tenant.store, bought.orderId, at(time), at(time));
    const { unread } = await healthPage(tenant.deps.database, tenant.store, now);
    expect(unread).toMatchObject([{ topic: 'orders/read', reason: sentence, canTry: true }]);
    expect((await tenant.balance(at('16:00'))).available).toBe(50);
  });
  test('the comparison with the shop goes on past an order that makes no sense', async () => {
    const tenant = await world.tenant();
    const [good, bad] = [order({ orderId: 1 }), order({ orderId: 2, lines: [line({ listMinor: 9000 })] })];
    for (const one of [bad, good]) tenant.shop.place(one);
    tenant.shop.unreadable.set(bad.orderId, sentence);
    const { deps } = tenant;
    const run = await startReconciliation(deps, tenant.store, uuidv7(), at('13:00'));
    expect(await reconcileStore(deps, tenant.store, run, at('13:00'))).toMatchObject({
      state: 'done',
      seen: 2,
      missing: 2,
      drift: 10,
    });
    expect((await kept(tenant)).map(({ reason }) => reason)).toEqual([sentence]);
    expect((await tenant.balance(at('14:00'))).available).toBe(10);
  });
  test('the import of past orders counts it and goes on', async () => {
    const tenant = await world.tenant();
    const [bad, good] = [order({ orderId: 1 }), order({ orderId: 2 })];
    for (const one of [bad, good]) tenant.shop.place(one);
    tenant.shop.unreadable.set(bad.orderId, sentence);
    const { deps } = tenant;
    const id = uuidv7();
    await askForPastOrders(deps, tenant.store, { id, since: null }, now);
    await runBackfill(deps, tenant.store, id, () => at('13:00'));
    expect((await decidePastOrders(deps, tenant.store, id, 'agree')).ok).toBe(true);
    await runBackfill(deps, tenant.store, id, () => at('13:00'));
    expect((await tenant.balance(at('14:00'))).available).toBe(10);
  });
});
