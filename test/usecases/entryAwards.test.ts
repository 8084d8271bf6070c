import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { customerIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import { matureMembers } from '~/usecases/matureMembers';
import { mergeMembers } from '~/usecases/mergeMembers';
import { line, order, program, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

type Bought = { readonly days: number; readonly minor: number; readonly who: number; readonly then: string };

const day = (iso: string): Instant => instant(Date.parse(iso.length === 10 ? `${iso}T12:00:00Z` : iso));
const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
const customer = (id: number) => asId<PlatformId>(String(id));
const tiersOf = (window: 'calendar_year' | 'lifetime', levels: readonly (readonly [string, number, number])[]) => ({
  metric: 'spend' as const,
  currency: 'EUR',
  window: { kind: window },
  levels: levels.map(([id, threshold, entryPoints]) => ({ id, name, threshold, entryPoints })),
});
const bought = (orderId: number, iso: string, minor: number, part: Parameters<typeof order>[0] = {}) =>
  order({
    orderId,
    instant: day(iso),
    createdAt: day(iso),
    updatedAt: day(iso),
    lines: [line({ lineId: orderId, listMinor: minor })],
    ...part,
  });

describe.each(engines)('entry awards are what the facts entitle to, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const published = day('2025-01-01');
  const programOf = (tiers: ReturnType<typeof tiersOf>, policies: object = {}) => program({ tiers, policies });
  const sum = async (tenant: Tenant): Promise<number> =>
    (await tenant.entries()).reduce((all, { points }) => all + points, 0);
  const paid = async (tenant: Tenant) =>
    (
      await tenant.deps.database.prisma.entryAward.findMany({
        where: { programId: tenant.store.programId, points: { gt: 0 } },
        orderBy: { period: 'asc' },
      })
    ).map(({ tierId, period }) => `${tierId} ${period}`);
  const settleEach = async (
    document: ReturnType<typeof programOf>,
    snapshots: readonly OrderSnapshot[],
    now: Instant,
  ): Promise<Tenant> => {
    const tenant = await world.tenant({ document, publishedAt: published });
    for (const snapshot of snapshots) await tenant.settle([snapshot], now);
    await tenant.audit();
    return tenant;
  };

  test.each([
    [
      'a tier that was reached a year earlier than was known first',
      tiersOf('calendar_year', [['gold', 5000, 11]]),
      ['2025-12-31', 6000],
      ['2026-01-02', 6000],
      131,
      'gold 2025',
    ],
    [
      'a tier that was skipped, as is known by now',
      tiersOf('lifetime', [
        ['silver', 5000, 11],
        ['gold', 10_000, 5],
      ]),
      ['2026-01-01', 12_000],
      ['2026-01-02', 6000],
      185,
      'gold lifetime',
    ],
  ] as const)('%s', async (_, tiers, [firstDay, first], [secondDay, second], expected, reward) => {
    const orders = [bought(1, firstDay, first), bought(2, secondDay, second)];
    for (const arrival of [orders, [...orders].reverse()]) {
      const tenant = await settleEach(programOf(tiers), arrival, day('2026-01-03'));
      expect([await sum(tenant), await paid(tenant)]).toEqual([expected, [reward]]);
    }
  });

  test('a reward that becomes known late lives as long as if it had been paid in time, by inactivity, too', async () => {
    const document = programOf(tiersOf('lifetime', [['gold', 5000, 11]]), {
      expiry: { kind: 'inactivity_months', months: 2 },
      minimumLifeDays: 0,
    });
    const [first, second] = [bought(1, '2026-02-10', 6000), bought(2, '2026-03-10', 1000)];
    const ends = [];
    for (const [arrival, now] of [
      [[first, second], '2026-03-10'],
      [[second, first], '2026-03-20'],
    ] as const) {
      const tenant = await settleEach(document, arrival, day(now));
      const lots = await tenant.deps.database.prisma.lot.findMany({
        where: { programId: tenant.store.programId, size: 11 },
      });
      ends.push(lots.map(({ expiresAt }) => expiresAt?.toISOString()));
    }
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[0]).toEqual(['2026-05-10T22:00:00.000Z']);
  });

  test('voided is never reached; cancelled and refunded was, and pays once whatever is bought again', async () => {
    const tiers = tiersOf('lifetime', [['silver', 5000, 11]]);
    const one = bought(1, '2026-01-01', 6000);
    const later = { updatedAt: day('2026-01-02') };
    const voided = await settleEach(
      programOf(tiers),
      [one, { ...one, ...later, financialStatus: 'voided' }],
      day('2026-01-03'),
    );
    expect(await sum(voided)).toBe(0);
    const cancelled = await settleEach(
      programOf(tiers),
      [one, { ...one, ...later, cancelledAt: day('2026-01-02') }, bought(2, '2026-01-03', 9000)],
      day('2026-01-04'),
    );
    expect(await sum(cancelled)).toBe(11 + 90);
    const back = { ...one, updatedAt: day('2026-01-04') };
    const reopened = await settleEach(
      programOf(tiers),
      [one, { ...one, ...later, financialStatus: 'voided' }, back],
      day('2026-01-05'),
    );
    expect(
      (await reopened.entries())
        .map(({ kind, points }) => [kind, points])
        .filter(([, points]) => Math.abs(Number(points)) === 11),
    ).toEqual([
      ['bonus', 11],
      ['bonus', -11],
      ['bonus', 11],
    ]);
  });

  test('a tier that is lost and reached again within its period pays once, where nothing is kept', async () => {
    const tiers = {
      ...tiersOf('lifetime', [['silver', 5000, 11]]),
      window: { kind: 'rolling_months' as const, months: 12 },
      keep: { kind: 'none' as const },
    };
    const one = bought(1, '2026-01-01', 6000);
    const back = {
      updatedAt: day('2026-01-02'),
      financialStatus: 'refunded' as const,
      refunds: [refund({ at: day('2026-01-02'), lines: [[1, 1]] })],
    };
    const again = bought(2, '2026-01-05', 7000);
    const tenant = await settleEach(program({ tiers }), [one, { ...one, ...back }, again], day('2026-01-06'));
    const changes = await tenant.deps.database.prisma.tierChange.findMany({
      where: { programId: tenant.store.programId },
      orderBy: { n: 'asc' },
    });
    expect(changes.map(({ tierId }) => tierId)).toEqual([null, 'silver', null, 'silver']);
    expect(await sum(tenant)).toBe(11 + 70);
  });

  test('a reward that is final stays, and stands for the entry that became known too late', async () => {
    const tiers = tiersOf('calendar_year', [['gold', 5000, 11]]);
    const tenant = await world.tenant({ document: programOf(tiers), publishedAt: published });
    await tenant.settle([bought(2, '2026-01-02', 6000)], day('2026-01-02'));
    await tenant.settle([bought(1, '2025-12-31', 6000)], day('2026-02-10'));
    expect([await sum(tenant), await paid(tenant)]).toEqual([131, ['gold 2026']]);
  });

  describe('when two members are merged', () => {
    const owned = (orderId: number, iso: string, who: 77 | 78, part: Parameters<typeof order>[0] = {}) =>
      bought(orderId, iso, 12_000, { customerId: customer(who), ...part });
    const merge = async (tenant: Tenant, now: Instant): Promise<void> => {
      const { programId, storeId } = tenant.store;
      const { prisma } = tenant.deps.database;
      const [from, to] = await Promise.all(
        [77, 78].map((who) => memberOfIdentity(prisma, customerIdentity(programId, storeId, customer(who)))),
      );
      if (!from || !to) throw new Error('a customer is nobody');
      expect((await mergeMembers(tenant.deps, programId, { from, to }, { kind: 'system' }, now)).ok).toBe(true);
      await tenant.audit();
    };
    const bonuses = async (tenant: Tenant): Promise<number[]> =>
      (await tenant.entries()).flatMap(({ kind, points }) => (kind === 'bonus' ? [Number(points)] : []));
    const windows = ['calendar_year', 'lifetime', 'rolling_months'] as const;
    const goldBy = (kind: (typeof windows)[number]) =>
      program({
        tiers: {
          ...tiersOf('lifetime', [['gold', 10_000, 40]]),
          window: kind === 'rolling_months' ? { kind, months: 3 } : { kind },
        },
      });

    test.each(windows)('what either was paid stays, and what both reach later is paid once: %s', async (kind) => {
      const both = [owned(1, '2026-03-10', 77), owned(2, '2026-03-11', 78)];
      const tenant = await settleEach(goldBy(kind), both, day('2026-03-12'));
      await merge(tenant, day('2026-03-20'));
      expect(await bonuses(tenant)).toEqual([40, 40]);
      await tenant.settle([owned(2, '2026-03-11', 78, { updatedAt: day('2026-03-21') })], day('2026-03-21'));
      expect(await bonuses(tenant), 'a later message').toEqual([40, 40]);
      await tenant.settle([owned(3, '2027-05-01', 78)], day('2027-05-02'));
      expect(await bonuses(tenant)).toEqual(kind === 'rolling_months' ? [40, 40, 40] : [40, 40]);
      await tenant.audit();
    });
    test('what they reach together before either did is what was paid already', async () => {
      const halves = [1, 2, 3, 4].map((n) =>
        bought(n, `2026-03-${10 + n}`, 6000, { customerId: customer(n % 2 === 1 ? 77 : 78) }),
      );
      const tenant = await settleEach(goldBy('rolling_months'), halves, day('2026-03-16'));
      await merge(tenant, day('2026-03-20'));
      expect(await bonuses(tenant)).toEqual([40, 40]);
    });
    test('one that was taken back before does not hide the other’s', async () => {
      const both = [owned(1, '2026-03-10', 77), owned(2, '2026-03-11', 78)];
      const tenant = await settleEach(goldBy('calendar_year'), both, day('2026-03-12'));
      const voided = owned(2, '2026-03-11', 78, { updatedAt: day('2026-03-13'), financialStatus: 'voided' });
      await tenant.settle([voided], day('2026-03-13'));
      expect(await bonuses(tenant)).toEqual([40, 40, -40]);
      await merge(tenant, day('2026-03-20'));
      expect(await bonuses(tenant)).toEqual([40, 40, -40]);
    });
  });

  test('what lapsed of a reward is forgiven when it is taken back', async () => {
    const expiry = { kind: 'after_months' as const, months: 1, endOfMonth: false };
    const document = programOf(tiersOf('lifetime', [['silver', 5000, 11]]), {
      expiry,
      minimumLifeDays: 0,
      contextFinalDays: 365,
    });
    const tenant = await world.tenant({ document, publishedAt: published });
    const one = bought(1, '2026-01-01', 6000);
    await tenant.settle([one], day('2026-01-01'));
    while ((await matureMembers(tenant.deps, day('2026-03-01'))) > 0);
    await tenant.settle([{ ...one, updatedAt: day('2026-03-02'), financialStatus: 'voided' }], day('2026-03-02'));
    expect((await tenant.entries()).slice(-2).map(({ kind, points, forgiven }) => [kind, points, forgiven])).toEqual([
      ['clawback', 0, 60],
      ['bonus', 0, 11],
    ]);
    await tenant.audit();
  });

  test.each([
    ['a fixed seed', 20_261_124],
    ['a random seed', randomInt(2 ** 31)],
  ])('Σ entries is the same for any arrival of all messages: %s', { timeout: 300_000 }, async (_, seed) => {
    const tiers = tiersOf('calendar_year', [
      ['silver', 4000, 7],
      ['gold', 9000, 13],
    ]);
    const history = fc.array(
      fc.record({
        days: fc.integer({ min: 0, max: 20 }),
        minor: fc.integer({ min: 1000, max: 9000 }),
        who: fc.integer({ min: 1, max: 2 }),
        then: fc.constantFrom('nothing', 'paid', 'voided', 'cancelled', 'refunded', 'moved'),
      }),
      { minLength: 2, maxLength: 4 },
    );
    const messagesOf = (orders: readonly Bought[]): OrderSnapshot[] =>
      orders.flatMap(({ days, minor, who, then }, index) => {
        const placed = instant(day('2025-12-20') + days * 86_400_000);
        const later = { updatedAt: instant(placed + 86_400_000) };
        const first = bought(index + 1, new Date(placed).toISOString(), minor, {
          customerId: customer(who),
          financialStatus: then === 'paid' ? 'pending' : 'paid',
        });
        switch (then) {
          case 'nothing':
            return [first];
          case 'paid':
            return [first, { ...first, ...later, financialStatus: 'paid' }];
          case 'voided':
            return [first, { ...first, ...later, financialStatus: 'voided' }];
          case 'cancelled':
            return [first, { ...first, ...later, cancelledAt: later.updatedAt }];
          case 'refunded':
            return [
              first,
              {
                ...first,
                ...later,
                financialStatus: 'refunded',
                refunds: [refund({ at: later.updatedAt, lines: [[index + 1, 1]] })],
              },
            ];
          default:
            return [first, { ...first, ...later, customerId: customer(3 - who) }];
        }
      });
    const balances = async (messages: readonly OrderSnapshot[]) => {
      const tenant = await settleEach(programOf(tiers), messages, day('2026-01-12'));
      return Promise.all([1, 2].map(async (id) => (await tenant.balance(day('2026-01-13'), String(id))).available));
    };
    await fc.assert(
      fc.asyncProperty(
        history.chain((orders) =>
          fc.tuple(
            fc.constant(messagesOf(orders)),
            fc.shuffledSubarray([...messagesOf(orders).keys()], { minLength: messagesOf(orders).length }),
          ),
        ),
        async ([messages, places]) => {
          const shuffled = places.flatMap((place) => messages[place] ?? []);
          expect(await balances(shuffled)).toEqual(await balances(messages));
        },
      ),
      { numRuns: engine === 'server' ? 10 : 15, seed },
    );
  });
});
