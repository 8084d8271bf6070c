import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { customerIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import { warningsOf } from '~/features/warnings/db/warnings';
import { readOrderLater } from '~/usecases/effects/readOrder';
import { settleOrderLater } from '~/usecases/effects/settleOrder';
import { matureMembers } from '~/usecases/matureMembers';
import { publishMember } from '~/usecases/publishMember';
import { publishProgram, publishProgramSummary } from '~/usecases/publishProgram';
import { reconcileStore, startReconciliation } from '~/usecases/reconcileStore';
import { warnMembers } from '~/features/warnings/usecases/warnMembers';
import { healthPage } from '~/features/health/views/healthPage';
import { storefrontHistory } from '~/views/storefrontHistory';
import { uuidv7 } from '~/process/uuid';
import { at, bonus, line, order, program, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { settleNext } from 'test/support/jobs';
import { openWorld, type Tenant, type World } from 'test/support/world';

const day = (iso: string): Instant => instant(Date.parse(iso.length === 10 ? `${iso}T12:00:00Z` : iso));
const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };

describe.each(engines)('what members, merchants and the shop are told, on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  const memberOf = async ({ deps, store }: Tenant, id = '77'): Promise<MemberId> => {
    const found = await memberOfIdentity(
      deps.database.prisma,
      customerIdentity(store.programId, store.storeId, asId<PlatformId>(id)),
    );
    if (found === null) throw new Error('no such member');
    return found;
  };

  describe('warnings before points lapse', () => {
    const document = program({
      policies: {
        expiry: { kind: 'after_months', months: 2, endOfMonth: false },
        minimumLifeDays: 0,
        warningDays: [30, 7],
      },
    });
    const warned = async (tenant: Tenant) => {
      const found = await warningsOf(tenant.deps.database.prisma, tenant.store.programId, await memberOf(tenant), 10);
      return found.map(({ daysBefore, points }) => [daysBefore, points]);
    };
    // Ordered on 10 June: the last day is 10 August in Rome.
    const bought = order({ orderId: 1, lines: [line({ listMinor: 5000 })] });

    test('are recorded from the beginning of the promised local day on, each stage once', async () => {
      const tenant = await world.tenant({ document });
      await tenant.settle([bought], at('13:00'));
      await warnMembers(tenant.deps, day('2026-07-10T21:59:59Z'));
      expect(await warned(tenant)).toEqual([]);
      await warnMembers(tenant.deps, day('2026-07-10T22:00:00Z'));
      await warnMembers(tenant.deps, day('2026-07-20'));
      expect(await warned(tenant)).toEqual([[30, 50]]);
      await warnMembers(tenant.deps, day('2026-08-02T22:00:00Z'));
      await warnMembers(tenant.deps, day('2026-08-09'));
      expect(await warned(tenant)).toEqual([
        [7, 50],
        [30, 50],
      ]);
    });
    test('who is late is warned once, by the nearest stage; who has nothing left is not warned', async () => {
      const tenant = await world.tenant({ document });
      await tenant.settle([bought], at('13:00'));
      await warnMembers(tenant.deps, day('2026-08-08'));
      await warnMembers(tenant.deps, day('2026-08-09'));
      expect(await warned(tenant)).toEqual([[7, 50]]);
      const other = await world.tenant({ document });
      await other.settle([bought], at('13:00'));
      await other.settle([{ ...bought, updatedAt: at('14:00'), cancelledAt: at('14:00') }], at('14:00'));
      await warnMembers(other.deps, day('2026-08-08'));
      expect(await warned(other)).toEqual([]);
    });
    test('come for all members of a page and of the next ones', async () => {
      const tenant = await world.tenant({ document });
      const orders = Array.from({ length: 1203 }, (_, index) =>
        order({ orderId: index + 1, customerId: asId<PlatformId>(String(1000 + index)) }),
      );
      for (let from = 0; from < orders.length; from += 401)
        await tenant.settle(orders.slice(from, from + 401), at('13:00'));
      await warnMembers(tenant.deps, day('2026-07-15'));
      expect(
        await tenant.deps.database.prisma.expiryWarning.count({ where: { programId: tenant.store.programId } }),
      ).toBe(1203);
    });
  });

  test('the shipping that a tier gives is offered by the shop, once, and ends with the perk', async () => {
    const perk = { kind: 'free_shipping', currency: 'EUR', minimumSubtotalMinor: 3000, maxRateMinor: null };
    const gold = (perks: readonly object[]) =>
      program({
        tiers: {
          ...{ metric: 'spend', currency: 'EUR', window: { kind: 'lifetime' } },
          levels: [{ id: 'gold', name, threshold: 10_000, perks }],
        } as never,
      });
    const tenant = await world.tenant({ document: gold([perk]) });
    const { deps, store, shop } = tenant;
    shop.failure = { kind: 'refused', reasons: ['The shop has 25 automatic discounts.'] };
    await expect(publishProgramSummary(deps, store)).rejects.toThrow('The shop has 25 automatic discounts.');
    shop.failure = null;
    await publishProgramSummary(deps, store);
    expect(shop.offers).toMatchObject([{ mark: 'tier:gold', minimumSubtotalMinor: 3000 }]);
    shop.offers = [];
    await publishProgramSummary(deps, store);
    expect(shop.offers, 'nothing changed, so nothing was said again').toEqual([]);
    const version = { document: gold([]), basedOn: 1, by: 'test' };
    expect(await publishProgram(deps, store.programId, version, day('2026-06-01'))).toMatchObject({ ok: true });
    shop.offers = [{ mark: 'tier:gold' } as never];
    await publishProgramSummary(deps, store);
    expect(shop.offers).toEqual([]);
  });

  test('the tier is a tag of the customer in the shop, changes with it, and other tags stay', async () => {
    const tiers = {
      metric: 'spend' as const,
      currency: 'EUR',
      window: { kind: 'lifetime' as const },
      keep: { kind: 'none' as const },
      levels: [
        { id: 'base', name, threshold: 0 },
        { id: 'gold', name, threshold: 10_000 },
      ],
    };
    const tenant = await world.tenant({ document: program({ tiers }) });
    tenant.shop.putCustomer('77', { marks: ['vip', 'tier:base'] });
    const bought = order({ orderId: 1, lines: [line({ listMinor: 12_000 })] });
    await tenant.settle([bought], at('13:00'));
    const member = await memberOf(tenant);
    await publishMember(tenant.deps, tenant.store.programId, member, at('13:00'));
    expect(tenant.shop.customerOf(asId<PlatformId>('77'))?.marks).toEqual(['vip', 'tier:gold']);
    await tenant.settle([{ ...bought, updatedAt: at('14:00'), cancelledAt: at('14:00') }], at('14:01'));
    await publishMember(tenant.deps, tenant.store.programId, member, at('14:01'));
    expect(tenant.shop.customerOf(asId<PlatformId>('77'))?.marks).toEqual(['vip', 'tier:base']);
    tenant.shop.markCustomer(asId<PlatformId>('77'), { add: [], remove: ['tier:base'] }).catch(() => undefined);
    await publishMember(tenant.deps, tenant.store.programId, member, at('14:02'));
    expect(tenant.shop.customerOf(asId<PlatformId>('77'))?.marks, 'nothing changed, so nothing is said again').toEqual([
      'vip',
    ]);
  });

  test('reconciliation names the orders that differed, why, and their points before and after', async () => {
    const tenant = await world.tenant();
    const [missing, stale] = [
      order({ orderId: 1, lines: [line({ listMinor: 3000 })] }),
      order({ orderId: 2, lines: [line({ listMinor: 2000 })] }),
    ];
    await tenant.settle([stale], at('12:01'));
    tenant.shop.place(missing);
    tenant.shop.place({ ...stale, updatedAt: at('14:00'), cancelledAt: at('14:00') });
    const id = await startReconciliation(tenant.deps, tenant.store, uuidv7(), at('15:00'));
    expect(await reconcileStore(tenant.deps, tenant.store, id, at('15:00'))).toMatchObject({
      missing: 1,
      stale: 1,
      drift: 50,
      findings: [
        { order: '#1', cause: 'missing', before: 0, after: 30 },
        { order: '#2', cause: 'stale', before: 20, after: 0 },
      ],
    });
  });

  test('an order whose final context would be another one is a finding on Health, its points stay', async () => {
    const document = program({
      earning: { bonuses: [bonus({ id: 'first', points: 100, conditions: [{ kind: 'order_number', numbers: [1] }] })] },
      policies: { contextFinalDays: 30 },
    });
    const tenant = await world.tenant({ document });
    await tenant.settle([order({ orderId: 2, instant: at('12:00', 12) })], at('12:01', 12));
    await tenant.settle([order({ orderId: 1, instant: at('12:00', 11) })], day('2026-07-20'));
    const page = await healthPage(tenant.deps.database, tenant.store, day('2026-07-20'));
    expect(page.findings).toMatchObject([{ name: '#2', was: { orderNumber: 1 }, wouldBe: { orderNumber: 2 } }]);
    expect((await tenant.balance(day('2026-07-20'))).available).toBe(110 + 110);
  });

  test('a failed operation is of its program alone, and is tried again when that is asked for', async () => {
    const [tenant, other] = [await world.tenant(), await world.tenant()];
    await tenant.deps.enqueue([
      settleOrderLater.of({ store: tenant.store, snapshot: { ...order({ orderId: 99 }), instant: instant(9e15) } }),
    ]);
    const settle = () =>
      settleNext(tenant.deps, world.queue, { batchSize: 50, clock: () => at('13:00'), onError: () => undefined });
    await settle();
    const [letter] = await world.queue.deadLetters(tenant.store.programId);
    expect(letter?.reason).toBeDefined();
    expect(await world.queue.deadLetters(other.store.programId)).toEqual([]);
    expect(await world.queue.tryAgain(other.store.programId, letter?.id ?? '')).toBe(false);
    expect(await world.queue.tryAgain(tenant.store.programId, letter?.id ?? '')).toBe(true);
    expect(await world.queue.deadLetters(tenant.store.programId)).toEqual([]);
    await settle();
    expect(await world.queue.deadLetters(tenant.store.programId)).toHaveLength(1);
  });

  test('a shopper’s history is the own one, newest first, page by page', async () => {
    const tenant = await world.tenant();
    for (let n = 1; n <= 23; n += 1)
      await tenant.settle(
        [order({ orderId: n }), order({ orderId: 100 + n, customerId: asId<PlatformId>('78') })],
        at('13:00'),
      );
    const first = await storefrontHistory(tenant.deps.database, tenant.store, asId<PlatformId>('77'), null);
    const second = await storefrontHistory(tenant.deps.database, tenant.store, asId<PlatformId>('77'), first.next);
    const orders = [...first.entries, ...second.entries].map(({ orderId }) => Number(orderId));
    expect(orders).toEqual(Array.from({ length: 23 }, (_, index) => 23 - index));
    expect(second.next).toBeNull();
    expect(
      (await storefrontHistory(tenant.deps.database, tenant.store, asId<PlatformId>('4711'), null)).entries,
    ).toEqual([]);
  });

  test('a shop that cannot be asked about tags is asked again; nothing is marked as told', async () => {
    const tenant = await world.tenant();
    await tenant.settle([order({ orderId: 1 })], at('13:00'));
    const member = await memberOf(tenant);
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    await expect(publishMember(tenant.deps, tenant.store.programId, member, at('13:00'))).rejects.toThrow('away');
    tenant.shop.failure = null;
    await publishMember(tenant.deps, tenant.store.programId, member, at('13:00'));
    expect(tenant.shop.published.get('77')?.available).toBe(10);
  });

  test('a refund of an order that nobody knows is kept as a read-back, and counts when the order comes', async () => {
    const tenant = await world.tenant();
    const bought = order({ orderId: 5, lines: [line({ listMinor: 5000, quantity: 2 })] });
    const refunded = {
      ...bought,
      updatedAt: at('14:00'),
      financialStatus: 'partially_refunded' as const,
      refunds: [refund({ lines: [[1, 1]] })],
      lines: [line({ listMinor: 5000, quantity: 2, currentQuantity: 1 })],
    };
    await tenant.deps.enqueue([
      readOrderLater.of({
        store: tenant.store,
        orderId: bought.orderId,
        newerThan: at('14:00'),
        delaySeconds: 60,
      }),
    ]);
    expect((await tenant.entries()).length).toBe(0);
    await tenant.settle([refunded, bought], at('15:00'));
    expect((await tenant.balance(at('15:00'))).available).toBe(25);
    await matureMembers(tenant.deps, at('15:00'));
    await tenant.audit();
  });
});
