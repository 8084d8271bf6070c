import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { noteCustomer } from '~/usecases/noteCustomer';
import { reconcileStore, startReconciliation } from '~/usecases/reconcileStore';
import { at, bonus, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const customer = (id: number): PlatformId => asId<PlatformId>(String(id));
const state = (time: string, part: Partial<Omit<OrderSnapshot, 'orderId'>> = {}) =>
  order({ updatedAt: at(time), emailHash: 'hash', lines: [line({ listMinor: 10_000 })], ...part });

const named = state('12:00');
const unnamed = state('13:00', { customerId: null });
const forgotten = state('13:00', { customerId: null, emailHash: null });
const partlyPaidByAnother = state('14:00', { customerId: customer(78), financialStatus: 'partially_paid' });

describe.each(engines)('whose an order is, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const balances = async (tenant: Tenant) =>
    Promise.all(['77', '78'].map(async (id) => (await tenant.balance(at('23:00'), id)).available));
  const compare = async (tenant: Tenant, now: Instant) => {
    const id = await startReconciliation(tenant.deps, tenant.store, randomUUID(), now);
    const run = await reconcileStore(tenant.deps, tenant.store, id, now);
    return run === null ? null : { missing: run.missing, stale: run.stale, findings: run.findings.length };
  };

  test.each([
    ['a later state that names an address only leaves it with the customer', [named, unnamed], [100, 0]],
    ['a later state that names nobody leaves it with the customer', [named, forgotten], [100, 0]],
    [
      'of one second, the state that names a customer counts',
      [state('12:00', { customerId: null, emailHash: null }), named],
      [100, 0],
    ],
    ['another customer takes it over', [named, state('15:00', { customerId: customer(78) })], [0, 100]],
    ['a partially paid state of another customer moves nothing', [named, partlyPaidByAnother], [100, 0]],
    ['when it is paid, it does', [named, partlyPaidByAnother, state('15:00', { customerId: customer(78) })], [0, 100]],
    [
      'cancelled while partially paid it is nobody’s points',
      [named, { ...partlyPaidByAnother, cancelledAt: at('14:00') }],
      [0, 0],
    ],
    [
      'a refund told without a customer is taken from the one it had',
      [named, { ...unnamed, financialStatus: 'refunded' as const }],
      [0, 0],
    ],
  ] as const)('%s, whatever comes first', async (_, states, expected) => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...states, ...states], { minLength: states.length * 2 }),
        async (shuffled) => {
          const tenant = await world.tenant();
          for (const snapshot of shuffled) await tenant.settle([snapshot], at('16:00'));
          expect(await balances(tenant)).toEqual(expected);
          await tenant.audit();
        },
      ),
      { numRuns: 5 },
    );
  });

  test('an order of nobody is worth nothing, and a guest’s stays the guest’s when the address is gone', async () => {
    const tenant = await world.tenant();
    await tenant.settle([forgotten], at('13:01'));
    expect(await tenant.entries()).toEqual([]);
    await tenant.settle([state('14:00', { customerId: null })], at('14:01'));
    await tenant.settle([state('15:00', { customerId: null, emailHash: null })], at('15:01'));
    expect((await tenant.entries()).map(({ points }) => points)).toEqual([100]);
    await tenant.audit();
  });

  test('an order of a guest that an account claimed stays with it, whoever has the address by now and whatever address a later state names', async () => {
    const tenant = await world.tenant();
    const guest = state('12:00', { customerId: null });
    const tell = (id: number, emailHash: string | null, time: string) =>
      noteCustomer(
        tenant.deps,
        tenant.store,
        { customerId: customer(id), emailHash, toldAt: at(time), isDeleted: false },
        at(time),
      );
    await tenant.settle([guest], at('12:01'));
    await tell(77, 'hash', '12:10');
    expect(await balances(tenant)).toEqual([100, 0]);
    await tell(77, 'another', '12:20');
    await tell(78, 'hash', '12:30');
    // An older state of the same guest, which becomes known last, says nothing new either.
    for (const [time, emailHash] of [
      ['13:00', 'hash'],
      ['14:00', 'third'],
      ['11:00', 'hash'],
    ] as const) {
      await tenant.settle([{ ...guest, emailHash, updatedAt: at(time), fulfillmentStatus: 'fulfilled' }], at('14:01'));
      expect(await balances(tenant), time).toEqual([100, 0]);
    }
    await tenant.audit();
  });

  test('who a partially paid state names has the order, where no other state names anybody', async () => {
    for (const arrival of [
      [partlyPaidByAnother, forgotten],
      [forgotten, partlyPaidByAnother],
    ]) {
      const tenant = await world.tenant();
      for (const snapshot of arrival) await tenant.settle([snapshot], at('16:00'));
      expect(await balances(tenant)).toEqual([0, 100]);
    }
  });

  test('a message without the customer makes nobody a member by the address', async () => {
    const tenant = await world.tenant();
    await tenant.settle([named], at('12:01'));
    await tenant.settle([unnamed], at('13:01'));
    const { prisma } = tenant.deps.database;
    expect(await prisma.member.count({ where: { programId: tenant.store.programId } })).toBe(1);
    await tenant.settle([order({ orderId: 2, customerId: null, emailHash: 'hash' })], at('13:02'));
    expect(
      await prisma.member.count({ where: { programId: tenant.store.programId } }),
      'a guest’s own order does',
    ).toBe(2);
  });

  test('a partially paid state moves nothing by its own moment either', async () => {
    const document = program({
      earning: { bonuses: [bonus({ id: 'weekend', times: 2, conditions: [{ kind: 'weekday', days: [7] }] })] },
    });
    const tenant = await world.tenant({ document });
    await tenant.settle([named], at('12:01'));
    await tenant.settle([{ ...partlyPaidByAnother, instant: at('12:00', 14) }], at('14:01'));
    expect(await balances(tenant)).toEqual([100, 0]);
    await tenant.audit();
  });

  test.each([
    ['the first message had no customer yet', [forgotten, { ...named, updatedAt: at('13:00') }], [100, 0]],
    ['the customer is deleted in the shop', [{ ...named, updatedAt: at('13:00') }, forgotten], [100, 0]],
    [
      'two customers within one second',
      [
        { ...forgotten, customerId: customer(78) },
        { ...forgotten, customerId: customer(77) },
      ],
      null,
    ],
  ] as const)('the nightly comparison converges: %s', async (_, [ours, theirs], expected) => {
    const tenant = await world.tenant();
    await tenant.settle([ours], at('13:01'));
    tenant.shop.place(theirs);
    await compare(tenant, at('13:30'));
    expect(await compare(tenant, at('13:40'))).toEqual({ missing: 0, stale: 0, findings: 0 });
    if (expected !== null) expect(await balances(tenant)).toEqual(expected);
    await tenant.audit();
  });
});
