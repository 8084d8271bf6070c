import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultDocument } from '~/core/program/defaults';
import { asId, type MemberId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { customerIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import { adjustPoints } from '~/usecases/adjustPoints';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import { matureMembers } from '~/usecases/matureMembers';
import { mergeMembers } from '~/usecases/mergeMembers';
import { publishProgram } from '~/usecases/publishProgram';
import { redeemReward } from '~/usecases/redeemReward';
import { finishRedemptions } from '~/usecases/finishRedemption';
import { at, line, order, program, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const day = (iso: string): Instant => instant(Date.parse(iso.length === 10 ? `${iso}T12:00:00Z` : iso));
const money = (minor: number) => [line({ listMinor: minor })];
const customer = (id: number) => asId<PlatformId>(String(id));
const sums = (
  entries: readonly { readonly kind: string; readonly points: number }[],
  kind: string,
): readonly number[] => entries.filter((entry) => entry.kind === kind).map(({ points }) => points);

describe.each(engines)('points lapse, on %s', (engine) => {
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

  const lapsing = program({
    policies: { expiry: { kind: 'after_months', months: 2, endOfMonth: false }, minimumLifeDays: 0 },
  });
  const sweep = async (tenant: Tenant, now: Instant): Promise<void> => {
    while ((await matureMembers(tenant.deps, now)) > 0);
  };
  /** An order of 10 June, all of whose points are on hold from 1 July on. */
  const holdAll = async (tenant: Tenant): Promise<RedemptionId> => {
    await tenant.settle([order({ orderId: 1, lines: money(10_000) })], at('13:00'));
    const id = asId<RedemptionId>(randomUUID());
    const wish = { redemptionId: id, customerId: customer(77), rewardId: 'five-off', points: null, cart: null };
    expect((await redeemReward(tenant.deps, tenant.store, wish, day('2026-07-01'))).ok).toBe(true);
    return id;
  };
  test('lapsed points are not spendable before the sweep, and the sweep writes one entry for each lot', async () => {
    const tenant = await world.tenant({ document: lapsing });
    await tenant.settle([order({ orderId: 1, lines: money(10_000) })], at('13:00'));
    await tenant.settle([order({ orderId: 2, instant: day('2026-07-20'), lines: money(3000) })], day('2026-07-20'));
    const before = day('2026-08-10T21:59:59Z');
    const after = day('2026-08-10T22:00:00Z');
    expect((await tenant.balance(before)).available).toBe(130);
    expect((await tenant.balance(after)).available).toBe(30);
    await sweep(tenant, after);
    await sweep(tenant, after);
    expect(sums(await tenant.entries(), 'expire')).toEqual([-100]);
    await tenant.audit();
    await tenant.settle(
      [order({ orderId: 1, lines: money(10_000), updatedAt: day('2026-08-12'), cancelledAt: day('2026-08-12') })],
      day('2026-08-12'),
    );
    expect((await tenant.entries()).at(-1), 'what lapsed is forgiven').toMatchObject({
      kind: 'clawback',
      points: 0,
      forgiven: 100,
    });
    expect((await tenant.balance(day('2026-08-12'))).available).toBe(30);
    await tenant.audit();
  });
  test('a debt is repaid before a lot lapses, also when the sweep comes late', async () => {
    const held = program({
      earning: { holdDays: 10 },
      policies: { expiry: { kind: 'after_months', months: 2, endOfMonth: false }, minimumLifeDays: 0 },
    });
    const tenant = await world.tenant({ document: held });
    const spent = order({ orderId: 1, instant: day('2026-05-01'), updatedAt: day('2026-05-01'), lines: money(600) });
    await tenant.settle([spent], day('2026-05-01'));
    await sweep(tenant, day('2026-05-12'));
    const memberId = await memberOf(tenant);
    const take = {
      clientId: 'x',
      memberId,
      points: -6,
      reason: 'given in the store',
      actor: { kind: 'staff' as const, id: '1' },
      by: 'Anna',
    };
    expect((await adjustPoints(tenant.deps, tenant.store.programId, take, day('2026-05-12'))).ok).toBe(true);
    await tenant.settle(
      [{ ...spent, updatedAt: day('2026-05-13'), cancelledAt: day('2026-05-13') }],
      day('2026-05-13'),
    );
    expect((await tenant.balance(day('2026-05-13'))).debt).toBe(6);
    await tenant.settle([order({ orderId: 2, instant: day('2026-05-14'), lines: money(2000) })], day('2026-05-14'));
    await sweep(tenant, day('2026-08-01'));
    expect(sums(await tenant.entries(), 'expire')).toEqual([-14]);
    expect((await tenant.balance(day('2026-08-01'))).debt).toBe(0);
    await tenant.audit();
  });
  test('by inactivity: an order or a redemption renews everything that had not lapsed', async () => {
    const document = program({ policies: { expiry: { kind: 'inactivity_months', months: 2 }, minimumLifeDays: 0 } });
    const tenant = await world.tenant({ document });
    await tenant.settle([order({ orderId: 1, lines: money(10_000) })], at('13:00'));
    await tenant.settle([order({ orderId: 2, instant: day('2026-08-01'), lines: money(1000) })], day('2026-08-01'));
    await sweep(tenant, day('2026-09-15'));
    expect((await tenant.balance(day('2026-09-15'))).available).toBe(110);
    const redeemed = await redeemReward(
      tenant.deps,
      tenant.store,
      { redemptionId: asId(randomUUID()), customerId: customer(77), rewardId: 'five-off', points: null, cart: null },
      day('2026-09-30'),
    );
    expect(redeemed.ok).toBe(true);
    await sweep(tenant, day('2026-11-29'));
    expect((await tenant.balance(day('2026-11-29'))).available).toBe(10);
    await sweep(tenant, day('2026-12-01'));
    expect((await tenant.balance(day('2026-12-01'))).available).toBe(0);
    await tenant.audit();
  });
  test('by inactivity: points on hold are renewed, too; given back, they live as the last activity says', async () => {
    const document = program({ policies: { expiry: { kind: 'inactivity_months', months: 2 }, minimumLifeDays: 0 } });
    const tenant = await world.tenant({ document });
    const id = await holdAll(tenant);
    await tenant.settle([order({ orderId: 2, instant: day('2026-07-20'), lines: money(1000) })], day('2026-07-20'));
    await cancelRedemption(tenant.deps, tenant.store, customer(77), id, day('2026-07-21'));
    await finishRedemptions(tenant.deps, day('2026-07-22'));
    expect((await tenant.balance(day('2026-07-22'))).available).toBe(110);
    await sweep(tenant, day('2026-09-20'));
    expect((await tenant.balance(day('2026-09-20'))).available, 'the order of 20 July renewed all of them').toBe(110);
    await sweep(tenant, day('2026-09-21'));
    expect((await tenant.balance(day('2026-09-21'))).available).toBe(0);
    await tenant.audit();
  });
  test('by inactivity: what a member did counts also after two merges, one into the other', async () => {
    const document = program({ policies: { expiry: { kind: 'inactivity_months', months: 2 }, minimumLifeDays: 0 } });
    const tenant = await world.tenant({ document });
    const id = await holdAll(tenant);
    await tenant.settle([order({ orderId: 2, instant: day('2026-07-20'), lines: money(1000) })], day('2026-07-20'));
    const first = await memberOf(tenant);
    await mergeCustomers(tenant.deps, tenant.store, { gone: customer(77), kept: customer(78) }, day('2026-07-21'));
    const second = await memberOf(tenant);
    await mergeCustomers(tenant.deps, tenant.store, { gone: customer(78), kept: customer(79) }, day('2026-07-22'));
    expect((await cancelRedemption(tenant.deps, tenant.store, customer(79), id, day('2026-07-23'))).ok).toBe(true);
    await finishRedemptions(tenant.deps, day('2026-07-24'));
    await sweep(tenant, day('2026-09-20'));
    expect((await tenant.balance(day('2026-09-20'), '79')).available, 'the order of 20 July renewed all of them').toBe(
      110,
    );
    const merged = await mergeMembers(
      tenant.deps,
      tenant.store.programId,
      { from: first, to: second },
      { kind: 'system' },
      day('2026-09-20'),
    );
    expect(merged.ok, 'done long ago').toBe(true);
    expect((await tenant.balance(day('2026-09-20'), '77')).available).toBe(110);
    await tenant.audit();
  });
  test('what a sweep took comes back when an older activity becomes known, less what was forgiven', async () => {
    const document = program({ policies: { expiry: { kind: 'inactivity_months', months: 2 }, minimumLifeDays: 0 } });
    const tenant = await world.tenant({ document });
    const first = order({
      orderId: 1,
      lines: [line({ lineId: 1, listMinor: 6000 }), line({ lineId: 2, listMinor: 4000 })],
    });
    await tenant.settle([first], at('13:00'));
    await sweep(tenant, day('2026-08-20'));
    const refunded = {
      ...first,
      updatedAt: day('2026-08-21'),
      financialStatus: 'partially_refunded' as const,
      refunds: [refund({ at: day('2026-08-21'), lines: [[2, 1]] })],
    };
    await tenant.settle(
      [
        {
          ...refunded,
          lines: [line({ lineId: 1, listMinor: 6000 }), line({ lineId: 2, listMinor: 4000, currentQuantity: 0 })],
        },
      ],
      day('2026-08-21'),
    );
    expect((await tenant.entries()).slice(-2)).toMatchObject([
      { kind: 'expire', points: -100 },
      { kind: 'clawback', points: 0, forgiven: 40 },
    ]);
    await tenant.settle([order({ orderId: 2, instant: day('2026-08-01'), lines: money(1000) })], day('2026-08-22'));
    expect((await tenant.balance(day('2026-08-22'))).available).toBe(70);
    expect(sums(await tenant.entries(), 'adjust')).toEqual([60]);
    await tenant.audit();
    await tenant.settle([order({ orderId: 3, instant: day('2026-08-02'), lines: money(1000) })], day('2026-08-23'));
    expect(sums(await tenant.entries(), 'adjust'), 'only once').toEqual([60]);
    await sweep(tenant, day('2026-10-03'));
    expect((await tenant.balance(day('2026-10-03'))).available).toBe(0);
    expect(sums(await tenant.entries(), 'expire').reduce((sum, points) => sum + points, 0)).toBe(-180);
    await tenant.audit();
  });
  test('what is forgiven does not come back in the same batch; what came back in it is taken', async () => {
    const document = program({ policies: { expiry: { kind: 'inactivity_months', months: 2 }, minimumLifeDays: 0 } });
    const refundedAt = day('2026-08-21');
    const gone = (one: ReturnType<typeof order>) => ({ ...one, updatedAt: refundedAt, cancelledAt: refundedAt });
    const activity = (orderId: number, on: string) => order({ orderId, instant: day(on), lines: money(1000) });
    // The refunded order comes before the activity in time: what lapsed of it is forgiven first.
    const tenant = await world.tenant({ document });
    const old = order({ orderId: 1, lines: money(10_000) });
    await tenant.settle([old], at('13:00'));
    await sweep(tenant, day('2026-08-20'));
    await tenant.settle([gone(old), activity(2, '2026-08-01')], refundedAt);
    expect((await tenant.entries()).map(({ kind, points, forgiven }) => [kind, points, forgiven]).slice(1)).toEqual([
      ['expire', -100, 0],
      ['clawback', 0, 100],
      ['award', 10, 0],
    ]);
    expect(await tenant.balance(refundedAt)).toMatchObject({ available: 10, debt: 0 });
    await tenant.audit();
    // The activity comes first: it brings back what lapsed of both orders, and the clawbacks find it.
    const other = await world.tenant({ document });
    const [one, two] = [
      order({ orderId: 1, lines: money(10_000) }),
      order({ orderId: 2, instant: day('2026-06-20'), lines: money(5000) }),
    ];
    await other.settle([one, two], day('2026-06-20'));
    await sweep(other, day('2026-08-21'));
    await other.settle([activity(3, '2026-06-15'), activity(4, '2026-08-01'), gone(one), gone(two)], refundedAt);
    expect(await other.balance(refundedAt)).toMatchObject({ available: 20, debt: 0 });
    expect((await other.entries()).reduce((sum, { points }) => sum + points, 0)).toBe(20);
    await other.audit();
  });
  test('one broken ledger does not keep the others from their sweep, and is named in the error', async () => {
    const tenant = await world.tenant({ document: lapsing });
    for (const id of [71, 72, 73]) await tenant.settle([order({ orderId: id, customerId: customer(id) })], at('13:00'));
    const { prisma } = tenant.deps.database;
    const { programId } = tenant.store;
    const lot = await prisma.lot.findFirstOrThrow({ where: { programId, memberId: await memberOf(tenant, 72) } });
    const award = await prisma.entry.findFirstOrThrow({ where: { programId, id: lot.id } });
    await prisma.entry.create({ data: { ...award, id: randomUUID(), key: `expire:${lot.id}:0`, why: {}, actor: {} } });
    await expect(matureMembers(tenant.deps, day('2026-08-11'))).rejects.toThrow();
    expect(
      await Promise.all(
        ['71', '72', '73'].map(
          async (id) =>
            (await prisma.lot.findFirstOrThrow({ where: { programId, memberId: await memberOf(tenant, Number(id)) } }))
              .remaining,
        ),
      ),
    ).toEqual([0n, 10n, 0n]);
    expect(await matureMembers(tenant.deps, day('2026-08-11')), 'it is put off for an hour').toBe(0);
    await prisma.member.updateMany({ where: { programId }, data: { nextChangeAt: null } });
  });
  test('switching a policy on gives old lots the full period from that day', async () => {
    const tenant = await world.tenant();
    await tenant.settle([order({ orderId: 1, lines: money(10_000) })], at('13:00'));
    const published = await publishProgram(
      tenant.deps,
      tenant.store.programId,
      { document: { ...defaultDocument('EUR', 'Europe/Rome'), policies: lapsing.policies }, basedOn: 1, by: 'staff:1' },
      day('2026-09-01'),
    );
    expect(published.ok).toBe(true);
    await sweep(tenant, day('2026-10-31'));
    expect((await tenant.balance(day('2026-10-31'))).available).toBe(100);
    await sweep(tenant, day('2026-11-02'));
    expect(sums(await tenant.entries(), 'expire')).toEqual([-100]);
    await tenant.audit();
  });
  const year = program({
    policies: { expiry: { kind: 'after_months', months: 12, endOfMonth: false }, minimumLifeDays: 0 },
  });
  test.each([
    ['switching a policy on', program(), lapsing, '2026-09-20T21:59:00Z', '2026-09-20T22:00:00Z'],
    ['a longer life', lapsing, year, '2027-06-10T21:59:00Z', '2027-06-10T22:00:00Z'],
    [
      'a longer minimum life',
      lapsing,
      program({ policies: { ...lapsing.policies, minimumLifeDays: 90 } }),
      '2026-09-08T11:59:00Z',
      '2026-09-08T12:00:00Z',
    ],
    ['a shorter life', year, lapsing, '2027-06-10T21:59:00Z', '2027-06-10T22:00:00Z'],
    ['switching the policy off', lapsing, program(), '2036-01-01', null],
  ])('%s means the same for points that are on hold', async (_, before, after, alive, gone) => {
    const tenant = await world.tenant({ document: before });
    const id = await holdAll(tenant);
    expect((await tenant.balance(day('2026-07-01'))).available, 'all of them are on hold').toBe(0);
    expect(
      (
        await publishProgram(
          tenant.deps,
          tenant.store.programId,
          { document: after, basedOn: 1, by: 'staff:1' },
          day('2026-07-20'),
        )
      ).ok,
    ).toBe(true);
    await cancelRedemption(tenant.deps, tenant.store, customer(77), id, day('2026-07-21'));
    await finishRedemptions(tenant.deps, day('2026-07-22'));
    await sweep(tenant, day(alive));
    expect((await tenant.balance(day(alive))).available).toBe(100);
    if (gone !== null) {
      await sweep(tenant, day(gone));
      expect((await tenant.balance(day(gone))).available).toBe(0);
    }
    await tenant.audit();
  });
});
