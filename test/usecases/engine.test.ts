import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { customerIdentity, emailIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import { adjustPoints } from '~/usecases/adjustPoints';
import { claimGuest } from '~/usecases/claimGuest';
import { settleMemberLater } from '~/usecases/effects/settleMember';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import { overrideTier } from '~/usecases/overrideTier';
import { redeemReward } from '~/usecases/redeemReward';
import { requalifyMembers } from '~/usecases/requalifyMembers';
import { settleMembers, settleOrders } from '~/usecases/settleOrders';
import { at, bonus, line, order, program, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const day = (iso: string): Instant => instant(Date.parse(iso.length === 10 ? `${iso}T12:00:00Z` : iso));
const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
const money = (minor: number) => [line({ listMinor: minor })];
const customer = (id: number) => asId<PlatformId>(String(id));
const gold = {
  metric: 'spend' as const,
  currency: 'EUR',
  window: { kind: 'calendar_year' as const },
  levels: [
    { id: 'base', name, threshold: 0 },
    { id: 'gold', name, threshold: 10_000, entryPoints: 500 },
  ],
};
const sums = (
  entries: readonly { readonly kind: string; readonly points: number }[],
  kind: string,
): readonly number[] => entries.filter((entry) => entry.kind === kind).map(({ points }) => points);

describe.each(engines)('the engine on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  const memberOf = async (tenant: Tenant, id = 77): Promise<MemberId> => {
    const found = await memberOfIdentity(
      tenant.deps.database.prisma,
      customerIdentity(tenant.store.programId, tenant.store.storeId, customer(id)),
    );
    if (found === null) throw new Error('no such member');
    return found;
  };
  const entitlements = async (tenant: Tenant) => {
    const rows = await tenant.deps.database.prisma.order.findMany({
      where: { programId: tenant.store.programId },
      orderBy: { orderId: 'asc' },
    });
    return rows.map((row) => Number(row.entitlement));
  };

  describe('what earlier orders mean for later ones', () => {
    test('cap 100 a day: A 80 at 09:00 and B 80 at 10:00 are 80 and 20, in any order of arrival', async () => {
      const a = order({ orderId: 1, instant: at('09:00'), lines: money(8000) });
      const b = order({ orderId: 2, instant: at('10:00'), lines: money(8000) });
      for (const arrival of [
        [a, b],
        [b, a],
      ]) {
        const tenant = await world.tenant({ document: program({ earning: { caps: { perDay: 100 } } }) });
        for (const one of arrival) await tenant.settle([one], at('11:00'));
        expect(await entitlements(tenant)).toEqual([80, 20]);
        await tenant.audit();
      }
    });
    test('only cancelling, voiding or a full refund frees the room, from its own time on', async () => {
      const tenant = await world.tenant({ document: program({ earning: { caps: { perDay: 100 } } }) });
      const a = order({ orderId: 1, instant: at('09:00'), lines: money(8000) });
      const b = order({ orderId: 2, instant: at('10:00'), lines: money(8000) });
      await tenant.settle([a, b], at('11:00'));
      const part = {
        ...a,
        updatedAt: at('12:00'),
        financialStatus: 'partially_refunded' as const,
        refunds: [refund({ at: at('09:30'), adjustmentMinor: -4000 })],
      };
      await tenant.settle([part], at('12:01'));
      expect(await entitlements(tenant), 'a part of the money frees nothing').toEqual([40, 20]);
      await tenant.settle([{ ...part, updatedAt: at('13:00'), cancelledAt: at('12:30') }], at('13:01'));
      expect(await entitlements(tenant), 'cancelled after the second order').toEqual([0, 20]);
      await tenant.settle([{ ...part, updatedAt: at('14:00'), cancelledAt: at('09:45') }], at('14:01'));
      expect(await entitlements(tenant), 'cancelled before it').toEqual([0, 80]);
      await tenant.audit();
    });
    test('a context is final after 30 days: a late order does not change it any more', async () => {
      const tenant = await world.tenant({ document: program({ earning: { caps: { perDay: 100 } } }) });
      await tenant.settle([order({ orderId: 2, instant: at('10:00'), lines: money(8000) })], at('11:00'));
      await tenant.settle([order({ orderId: 1, instant: at('09:00'), lines: money(8000) })], day('2026-07-11'));
      expect(await entitlements(tenant)).toEqual([80, 80]);
    });
    test('whether a context is final is asked when each message came, whatever else is in the batch', async () => {
      const tenant = await world.tenant({ document: program({ earning: { caps: { perDay: 100 } } }) });
      const late = (customerId: number, orderId: number, hour: string) =>
        order({
          orderId,
          customerId: customer(customerId),
          instant: day(`2026-06-10T${hour}:00:00Z`),
          lines: money(8000),
        });
      await tenant.settle([late(1, 2, '10'), late(2, 4, '10')], day('2026-06-11'));
      const messages = [
        { store: tenant.store, snapshot: late(1, 1, '09'), receivedAt: day('2026-07-10T09:00:00Z') },
        { store: tenant.store, snapshot: late(2, 3, '09'), receivedAt: day('2026-07-10T11:00:00Z') },
      ];
      await settleOrders(tenant.deps, messages, day('2026-07-10T11:00:00Z'));
      expect(await entitlements(tenant), 'the second one came an hour too late').toEqual([80, 20, 80, 80]);
    });
    test('the first order is the first also when it arrives last', async () => {
      const document = program({
        earning: {
          bonuses: [bonus({ id: 'first', points: 100, conditions: [{ kind: 'order_number', numbers: [1] }] })],
        },
      });
      const tenant = await world.tenant({ document });
      const [one, two, three] = [1, 2, 3].map((orderId) => order({ orderId, instant: at(`0${orderId}:00`) }));
      if (one === undefined || two === undefined || three === undefined) throw new Error('three orders');
      await tenant.settle([three], at('10:00'));
      await tenant.settle([two], at('10:01'));
      expect(await entitlements(tenant)).toEqual([110, 10]);
      await tenant.settle([{ ...one, financialStatus: 'voided' }], at('10:02'));
      expect(await entitlements(tenant), 'a voided one is not counted').toEqual([0, 110, 10]);
      await tenant.settle([{ ...one, updatedAt: at('12:30') }], at('12:31'));
      expect(await entitlements(tenant)).toEqual([110, 10, 10]);
      await tenant.audit();
    });
    test('more later orders than one transaction settles are settled by a job', async () => {
      const document = program({
        earning: {
          bonuses: [
            bonus({
              id: 'even',
              points: 5,
              conditions: [{ kind: 'order_number', numbers: Array.from({ length: 100 }, (_, n) => 2 * (n + 1)) }],
            }),
          ],
          caps: { lifetime: 100_000 },
        },
      });
      const tenant = await world.tenant({ document });
      const many = Array.from({ length: 230 }, (_, n) =>
        order({ orderId: 1000 + n, instant: instant(at('08:00') + n * 1000) }),
      );
      await tenant.settle(many, at('12:00'));
      await tenant.settle([order({ orderId: 1, instant: at('07:00') })], at('12:01'));
      const jobs = await world.queue.fetch(settleMemberLater, 10);
      expect(jobs).toHaveLength(1);
      const before = await entitlements(tenant);
      expect(before.slice(0, 3)).toEqual([10, 15, 10]);
      expect(before.at(-1), 'the last one still stands on its old number').toBe(10);
      await world.queue.complete(settleMemberLater, jobs);
      await settleMembers(
        tenant.deps,
        [{ programId: tenant.store.programId, memberId: await memberOf(tenant), since: null }],
        at('12:02'),
      );
      const used = await tenant.deps.database.prisma.order.findUniqueOrThrow({
        where: {
          programId_storeId_orderId: {
            programId: tenant.store.programId,
            storeId: tenant.store.storeId,
            orderId: '1229',
          },
        },
      });
      expect((used.context as { orderNumber: number }).orderNumber).toBe(231);
      await tenant.audit();
    });
  });

  describe('tiers', () => {
    test('products.md 5.7: an entry award is paid once per period, whatever is refunded and bought again', async () => {
      const tenant = await world.tenant({ document: program({ tiers: gold }) });
      const first = order({ orderId: 1, lines: money(10_000) });
      await tenant.settle([first], at('13:00'));
      expect(sums(await tenant.entries(), 'bonus')).toEqual([500]);
      await tenant.settle(
        [
          {
            ...first,
            updatedAt: at('14:00'),
            financialStatus: 'refunded',
            refunds: [refund({ at: at('14:00'), lines: [[1, 1]] })],
          },
        ],
        at('14:01'),
      );
      await tenant.settle([order({ orderId: 2, instant: at('16:00'), lines: money(20_000) })], at('16:01'));
      expect(sums(await tenant.entries(), 'bonus')).toEqual([500]);
      await tenant.audit();
    });
    test('products.md 2.16: the tier at an order is the one reached before it', async () => {
      const document = program({
        tiers: gold,
        earning: { bonuses: [bonus({ id: 'gold', times: 2, conditions: [{ kind: 'tier', tierIds: ['gold'] }] })] },
      });
      const tenant = await world.tenant({ document });
      await tenant.settle([order({ orderId: 2, instant: at('12:00'), lines: money(5000) })], at('12:01'));
      await tenant.settle([order({ orderId: 1, instant: at('10:00'), lines: money(10_000) })], at('12:02'));
      expect(await entitlements(tenant)).toEqual([100, 100]);
      expect(
        (await tenant.deps.database.prisma.member.findFirstOrThrow({ where: { programId: tenant.store.programId } }))
          .tier,
      ).toBe('gold');
      await tenant.audit();
    });
    test('end by themselves when their time is over, and staff can give one with a reason', async () => {
      const tenant = await world.tenant({ document: program({ tiers: gold }) });
      await tenant.settle([order({ orderId: 1, lines: money(10_000) })], at('13:00'));
      const memberId = await memberOf(tenant);
      const tierNow = async () =>
        (await tenant.deps.database.prisma.member.findFirstOrThrow({ where: { programId: tenant.store.programId } }))
          .tier;
      expect(await tierNow()).toBe('gold');
      while ((await requalifyMembers(tenant.deps, day('2028-01-02'))) > 0);
      expect(await tierNow()).toBe('base');
      const given = {
        id: randomUUID(),
        memberId,
        tierId: 'gold',
        until: day('2028-03-01'),
        reason: 'a friend of the house',
        by: 'Anna',
      };
      expect(
        await overrideTier(tenant.deps, tenant.store.programId, { ...given, tierId: 'platinum' }, day('2028-01-03')),
      ).toEqual({
        ok: false,
        error: { kind: 'unknown_tier' },
      });
      expect((await overrideTier(tenant.deps, tenant.store.programId, given, day('2028-01-03'))).ok).toBe(true);
      expect(
        (await overrideTier(tenant.deps, tenant.store.programId, given, day('2028-01-03'))).ok,
        'the same wish again is given once',
      ).toBe(true);
      expect(await tierNow()).toBe('gold');
      while ((await requalifyMembers(tenant.deps, day('2028-03-02'))) > 0);
      expect(await tierNow()).toBe('base');
    });
  });

  describe('adjusting and merging', () => {
    test('the same id and content adjusts once; other content is an error that names both', async () => {
      const tenant = await world.tenant();
      await tenant.settle([order({ orderId: 1, lines: money(1000) })], at('13:00'));
      const memberId = await memberOf(tenant);
      const { programId } = tenant.store;
      const given = {
        clientId: 'a',
        memberId,
        points: 50,
        reason: 'sorry',
        actor: { kind: 'staff' as const, id: '1' },
        by: 'Anna',
      };
      const answers = [
        await adjustPoints(tenant.deps, programId, given, at('14:00')),
        await adjustPoints(tenant.deps, programId, given, at('15:00')),
      ];
      expect(answers[0]).toEqual(answers[1]);
      expect((await tenant.balance(at('15:00'))).available).toBe(60);
      const other = await adjustPoints(tenant.deps, programId, { ...given, points: 51 }, at('15:00'));
      expect(other).toMatchObject({ ok: false, error: { kind: 'id_used_otherwise', key: 'adjust:a' } });
      expect(await adjustPoints(tenant.deps, programId, { ...given, clientId: 'b', points: -61 }, at('15:00'))).toEqual(
        {
          ok: false,
          error: { kind: 'not_enough_points', available: 60, asked: 61 },
        },
      );
      expect(
        (await adjustPoints(tenant.deps, programId, { ...given, clientId: 'c', reason: ' ' }, at('15:00'))).ok,
      ).toBe(false);
      expect((await tenant.entries()).map(({ kind, points }) => [kind, points])).toEqual([
        ['award', 10],
        ['adjust', 50],
      ]);
      await tenant.audit();
    });
    test('products.md 5.9: everything of A is B’s, and late messages for A land on B', async () => {
      const tenant = await world.tenant({ document: program({ tiers: gold }) });
      const { programId, storeId } = tenant.store;
      await tenant.settle(
        [
          order({ orderId: 1, customerId: customer(1), lines: money(6000) }),
          order({ orderId: 2, customerId: customer(2), lines: money(5000) }),
        ],
        at('13:00'),
      );
      const held = {
        redemptionId: asId<never>(randomUUID()),
        customerId: customer(1),
        rewardId: 'as-you-like',
        points: 20,
        cart: null,
      };
      const redeemed = await redeemReward(tenant.deps, tenant.store, held, at('13:30'));
      if (!redeemed.ok) throw new Error(redeemed.error.kind);
      await mergeCustomers(tenant.deps, tenant.store, { gone: customer(1), kept: customer(2) }, at('14:00'));
      await mergeCustomers(tenant.deps, tenant.store, { gone: customer(1), kept: customer(2) }, at('14:01'));
      await tenant.audit();
      expect((await tenant.balance(at('14:02'), '2')).available).toBe(60 + 50 - 20 + 500);
      expect((await tenant.balance(at('14:02'), '1')).available).toBe(60 + 50 - 20 + 500);
      expect([...sums(await tenant.entries(), 'merge')].sort((a, b) => a - b)).toEqual([-40, 40]);
      const late = order({
        orderId: 1,
        customerId: customer(1),
        lines: money(6000),
        updatedAt: at('15:00'),
        cancelledAt: at('15:00'),
      });
      await tenant.settle([late], at('15:01'));
      expect((await tenant.balance(at('15:02'), '2')).available).toBe(50 - 20 + 500);
      const used = order({
        orderId: 3,
        customerId: customer(2),
        instant: at('16:00'),
        lines: money(1000),
        discountCodes: [redeemed.value.code ?? 'no code'],
      });
      await tenant.settle([used], at('16:01'));
      await tenant.settle([{ ...used, updatedAt: at('17:00'), cancelledAt: at('17:00') }], at('17:01'));
      expect((await tenant.balance(at('17:02'), '2')).available, 'the spent points came back').toBe(50 + 500);
      expect(
        await memberOfIdentity(tenant.deps.database.prisma, customerIdentity(programId, storeId, customer(1))),
      ).toBe(await memberOf(tenant, 2));
      await tenant.audit();
    });
    test('a guest’s points are the account’s that appears with the same verified e-mail', async () => {
      const tenant = await world.tenant();
      await tenant.settle(
        [order({ orderId: 1, customerId: null, emailHash: 'hash', lines: money(4000) })],
        at('13:00'),
      );
      await claimGuest(tenant.deps, tenant.store, customer(5), 'another hash', at('14:00'));
      expect((await tenant.balance(at('14:00'), '5')).available).toBe(0);
      await claimGuest(tenant.deps, tenant.store, customer(5), 'hash', at('14:00'));
      expect((await tenant.balance(at('14:01'), '5')).available).toBe(40);
      await tenant.settle(
        [order({ orderId: 2, customerId: null, emailHash: 'hash', lines: money(1000) })],
        at('15:00'),
      );
      expect((await tenant.balance(at('15:01'), '5')).available).toBe(50);
      expect(await memberOfIdentity(tenant.deps.database.prisma, emailIdentity(tenant.store.programId, 'hash'))).toBe(
        await memberOf(tenant, 5),
      );
      await tenant.audit();
    });
  });
});
