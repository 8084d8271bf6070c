import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { auditLedger } from '~/features/health/db/audit';
import { auditsOf } from '~/features/health/db/audits';
import { askForAudit, auditDaily, auditProgram } from '~/features/health/usecases/auditProgram';
import { auditProgramLater } from '~/features/health/usecases/effects/auditProgram';
import { reconcileDaily, reconcileStore, startReconciliation } from '~/usecases/reconcileStore';
import { installShop } from '~/usecases/installShop';
import { publishProgram } from '~/usecases/publishProgram';
import { settleOrders } from '~/usecases/settleOrders';
import { uninstallShop } from '~/usecases/uninstallShop';
import { healthPage } from '~/features/health/views/healthPage';
import { at, bonus, line, order, program, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const money = (minor: number) => [line({ listMinor: minor })];
const customer = (id: number) => asId<PlatformId>(String(id));

describe.each(engines)('what is asked of the platform, on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  const entitlements = async (tenant: Tenant) => {
    const rows = await tenant.deps.database.prisma.order.findMany({
      where: { programId: tenant.store.programId },
      orderBy: { orderId: 'asc' },
    });
    return rows.map((row) => Number(row.entitlement));
  };

  describe('product facts', () => {
    const document = program({
      earning: { bonuses: [bonus({ id: 'bio', times: 2, conditions: [{ kind: 'product_tag', tags: ['bio'] }] })] },
    });
    const bought = order({ orderId: 1, lines: [line({ productId: customer(7) })] });
    const facts = (tags: readonly string[]) => ({ type: null, tags, collections: [], saleVariants: [] });
    test('are read once and frozen; an order whose products cannot be read waits', async () => {
      const tenant = await world.tenant({ document });
      tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
      const message = { store: tenant.store, snapshot: bought };
      expect((await settleOrders(tenant.deps, [message], at('13:00'))).waiting).toEqual([message]);
      expect(await tenant.entries()).toEqual([]);
      tenant.shop.failure = null;
      tenant.shop.products.set('7', facts(['bio']));
      expect((await settleOrders(tenant.deps, [message], at('13:01'))).waiting).toEqual([]);
      expect(await entitlements(tenant)).toEqual([20]);
      tenant.shop.products.set('7', facts([]));
      await tenant.deps.database.prisma.productFacts.deleteMany({ where: { programId: tenant.store.programId } });
      await tenant.settle([{ ...bought, updatedAt: at('14:00'), fulfillmentStatus: 'fulfilled' }], at('14:01'));
      expect(await entitlements(tenant)).toEqual([20]);
      await tenant.settle([{ ...bought, orderId: customer(2) }], at('14:02'));
      expect(await entitlements(tenant)).toEqual([20, 10]);
    });

    test('are there for an order whose moment moves to a version that asks for them, whatever comes first', async () => {
      const states = [
        order({ orderId: 1, lines: two, financialStatus: 'pending' }),
        order({ orderId: 1, lines: two.map((one) => ({ ...one, ...deleted })), updatedAt: at('12:30') }),
        order({ orderId: 1, lines: two.map((one) => ({ ...one, ...deleted })), instant: at('12:00', 12), ...later }),
      ];
      for (const earning of [{ exclude: { productTags: ['bio'] } }, { exclude: { productIds: ['7'] } }]) {
        for (const arrival of [
          [0, 1, 2],
          [0, 2, 1],
          [1, 0, 2],
          [2, 1, 0],
        ]) {
          const tenant = await world.tenant();
          tenant.shop.products.set('7', facts(['bio']));
          tenant.shop.products.set('8', facts([]));
          const published = await publishProgram(
            tenant.deps,
            tenant.store.programId,
            { document: program({ earning }), basedOn: 1, by: 'test' },
            at('12:00', 11),
          );
          expect(published.ok).toBe(true);
          for (const index of arrival) await tenant.settle(states.slice(index, index + 1), at('14:01', 12));
          expect([earning, arrival, await entitlements(tenant)]).toEqual([earning, arrival, [30]]);
          await tenant.audit();
        }
      }
    });

    const deleted = { productId: null, variantId: null };
    const later = { updatedAt: at('14:00'), fulfillmentStatus: 'fulfilled' as const };
    const two = [
      line({ lineId: 1, productId: customer(7), vendor: 'Frantoio', listMinor: 5000 }),
      line({ lineId: 2, productId: customer(8), listMinor: 3000 }),
    ];
    test.each([
      ['a tag excludes it', { exclude: { productTags: ['bio'] } }, 30],
      ['its id excludes it', { exclude: { productIds: ['7'] } }, 30],
      ['its vendor excludes it', { exclude: { vendors: ['frantoio'] } }, 30],
      [
        'a rule names its id',
        { bonuses: [bonus({ id: 'three', times: 3, conditions: [{ kind: 'product', productIds: ['7'] }] })] },
        180,
      ],
      [
        'a rule names its tag',
        { bonuses: [bonus({ id: 'three', times: 3, conditions: [{ kind: 'product_tag', tags: ['bio'] }] })] },
        180,
      ],
    ] as const)(
      'a product that is deleted changes no order that was placed: %s, whatever comes first',
      async (_, earning, expected) => {
        const states = [
          order({ orderId: 1, lines: two }),
          order({ orderId: 1, ...later, lines: two.map((one) => ({ ...one, ...deleted })) }),
        ];
        for (const arrival of [states, [...states].reverse()]) {
          const tenant = await world.tenant({
            document: program({ earning: JSON.parse(JSON.stringify(earning)) as object }),
          });
          tenant.shop.products.set('7', facts(['bio']));
          tenant.shop.products.set('8', facts([]));
          for (const state of arrival) await tenant.settle([state], at('14:01'));
          expect(await entitlements(tenant)).toEqual([expected]);
          await tenant.audit();
        }
      },
    );
  });

  test('orders in a currency without a rate earn nothing and are reported, those that do not count are not', async () => {
    const tenant = await world.tenant();
    const dollars = order({ orderId: 1, lines: money(1000), currency: 'USD' });
    await tenant.settle(
      [
        dollars,
        { ...dollars, orderId: customer(2) },
        { ...dollars, orderId: customer(3), currency: 'CHF' },
        { ...dollars, orderId: customer(4), test: true },
        { ...dollars, orderId: customer(5), instant: instant(at('12:00') - 61 * 86_400_000) },
        order({ orderId: 6, lines: money(1000) }),
      ],
      at('12:01'),
    );
    expect((await tenant.balance(at('12:02'))).available).toBe(10);
    expect((await healthPage(tenant.deps.database, tenant.store, at('12:02'))).unrated).toEqual([
      { currency: 'USD', orders: 2 },
      { currency: 'CHF', orders: 1 },
    ]);
    const other = await world.tenant();
    expect((await healthPage(other.deps.database, other.store, at('12:02'))).unrated).toEqual([]);
  });

  test('a shop that comes back has what it had, and what it missed is settled', async () => {
    const tenant = await world.tenant();
    await tenant.settle([order({ orderId: 1, lines: money(1000) })], at('12:01'));
    const { deps, store, shop } = tenant;
    await uninstallShop(deps, store, at('13:00'));
    const day = 86_400_000;
    await reconcileDaily(deps, () => randomUUID(), instant(at('13:00') + 3 * day));
    expect((await healthPage(deps.database, store, at('13:00'))).runs, 'nobody asks a shop that is gone').toEqual([]);
    const missed = order({ orderId: 2, instant: at('14:00'), lines: money(3000) });
    shop.place(missed);
    const back = instant(at('14:00') + 5 * day);
    const again = await installShop(deps, store, back);
    expect([again.storeId, again.uninstalledAt]).toEqual([store.storeId, null]);
    const [run] = (await healthPage(deps.database, store, back)).runs;
    await reconcileStore(deps, store, run?.id ?? '', back);
    expect((await tenant.balance(back)).available).toBe(40);
    await installShop(deps, store, back);
    expect((await healthPage(deps.database, store, back)).runs, 'a page of the admin is no return').toHaveLength(1);
  });

  test('reconciliation settles what was lost and what was stale, and finds nothing the second time', async () => {
    const tenant = await world.tenant();
    const known = order({ orderId: 1, lines: money(1000) });
    await tenant.settle([known], at('13:00'));
    const refunded = { ...known, financialStatus: 'refunded' as const, refunds: [refund({ lines: [[1, 1]] })] };
    tenant.shop.place(refunded); // the same second: only the state tells
    tenant.shop.place(order({ orderId: 2, lines: money(5000) }));
    const run = async (now: Instant) =>
      reconcileStore(
        tenant.deps,
        tenant.store,
        await startReconciliation(tenant.deps, tenant.store, randomUUID(), now),
        now,
      );
    expect(await run(at('20:00'))).toMatchObject({ state: 'done', seen: 2, missing: 1, stale: 1, drift: 60 });
    expect(await entitlements(tenant)).toEqual([0, 50]);
    expect(await run(at('20:30'))).toMatchObject({ state: 'done', missing: 0, stale: 0, drift: 0 });
    await tenant.audit();
  });

  test('the audit names the member and the entries of whatever does not add up', async () => {
    const tenant = await world.tenant();
    const { prisma } = tenant.deps.database;
    const { programId } = tenant.store;
    await tenant.settle([order({ orderId: 1, lines: money(1000) })], at('13:00'));
    expect(await auditLedger(prisma, programId, at('14:00'))).toEqual([]);
    const { memberId } = await prisma.lot.findFirstOrThrow({ where: { programId } });
    await prisma.lot.updateMany({ where: { programId }, data: { remaining: 9 } });
    const found = await auditLedger(prisma, programId, at('14:00'));
    expect(found.map((violation) => violation.rule)).toEqual(['member_sum', 'member_cache', 'lot']);
    expect(found.every((violation) => violation.memberId === memberId)).toBe(true);
    expect(found[0]?.entries).toEqual([`order:${tenant.store.storeId}:1:1`]);
    await prisma.lot.updateMany({ where: { programId }, data: { remaining: 10 } });
    await prisma.order.updateMany({ where: { programId }, data: { posted: 11 } });
    expect((await auditLedger(prisma, programId, at('14:00'))).map(({ rule }) => rule)).toEqual(['order']);
  });

  test('every program’s ledger is checked once a day, and what does not add up is written down', async () => {
    const tenant = await world.tenant();
    const { prisma } = tenant.deps.database;
    const { programId } = tenant.store;
    await tenant.settle([order({ orderId: 1, lines: money(1000) })], at('13:00'));
    const audits = async () =>
      (await auditsOf(prisma, programId, 9)).map(({ finishedAt, entries, violations }) => [
        finishedAt !== null,
        entries,
        violations.length,
      ]);
    const runs = async (): Promise<void> => {
      const jobs = await world.queue.fetch(auditProgramLater, 1000);
      for (const { data } of jobs)
        if (data.programId === programId) await auditProgram(tenant.deps, programId, data.auditId, at('14:00'));
      await world.queue.complete(auditProgramLater, jobs);
    };
    const daily = async (now: Instant): Promise<void> => {
      while ((await auditDaily(tenant.deps, randomUUID, now)) > 0);
    };
    await daily(at('13:30'));
    expect(await audits()).toEqual([[false, 0, 0]]);
    await runs();
    await daily(at('20:00'));
    expect(await audits(), 'once a day').toEqual([[true, 1, 0]]);
    await prisma.lot.updateMany({ where: { programId }, data: { remaining: 9 } });
    await askForAudit(tenant.deps, programId, randomUUID(), at('20:00'));
    await askForAudit(tenant.deps, programId, randomUUID(), at('20:01'));
    await runs();
    expect(await audits(), 'asked for twice, checked once').toEqual([
      [true, 1, 3],
      [true, 1, 0],
    ]);
    const page = await healthPage(tenant.deps.database, tenant.store, at('20:02'));
    const { memberId } = await prisma.lot.findFirstOrThrow({ where: { programId } });
    expect(page.isAuditing).toBe(false);
    expect(page.audit?.violations[0]).toMatchObject({
      rule: 'member_sum',
      memberId,
      entries: [`order:${tenant.store.storeId}:1:1`],
    });
    await daily(at('20:05', 12));
    expect((await audits())[0]).toEqual([false, 0, 0]);
    expect(await healthPage(tenant.deps.database, tenant.store, at('20:02'))).toMatchObject({
      isAuditing: true,
      audit: { entries: 1 },
    });
  });

  test('stores are compared once a day, beginning a day after the installation', async () => {
    const tenant = await world.tenant();
    const installed = tenant.store.installedAt;
    const asked = async (hours: number): Promise<boolean> => {
      const before = await tenant.deps.database.prisma.reconciliation.count({
        where: { programId: tenant.store.programId },
      });
      await reconcileDaily(tenant.deps, randomUUID, instant(installed + hours * 3_600_000));
      return (
        (await tenant.deps.database.prisma.reconciliation.count({ where: { programId: tenant.store.programId } })) >
        before
      );
    };
    expect([await asked(23), await asked(25), await asked(26), await asked(50)]).toEqual([false, true, false, false]);
    const [run] = await tenant.deps.database.prisma.reconciliation.findMany({
      where: { programId: tenant.store.programId },
    });
    await reconcileStore(tenant.deps, tenant.store, run?.id ?? '', instant(installed + 50 * 3_600_000));
    expect(await asked(51), 'the last one ended').toBe(true);
  });
});
