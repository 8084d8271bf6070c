import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { historyLimits } from '~/core/evaluation/past';
import { customerIdentity } from '~/core/orders/owner';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { memberOfIdentity } from '~/db/identities';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import { overrideTier } from '~/usecases/overrideTier';
import { publishProgram } from '~/usecases/publishProgram';
import { requalifyMembers } from '~/usecases/requalifyMembers';
import { settleMembers } from '~/usecases/settleOrders';
import { at, bonus, order, program, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const hourMs = 3_600_000;
const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
const anna = asId<PlatformId>('77');
const bruno = asId<PlatformId>('78');
const many = historyLimits.most + 1;
const tiersFrom = (gold: number) => ({
  metric: 'spend' as const,
  currency: 'EUR',
  window: { kind: 'rolling_months' as const, months: 2 },
  keep: { kind: 'none' as const },
  levels: [
    { id: 'base', name, threshold: 0 },
    { id: 'gold', name, threshold: gold, entryPoints: 5 },
  ],
});
const rules = {
  earning: {
    caps: { perDay: 35, perMonth: 900 },
    bonuses: [
      bonus({ id: 'gold', times: 2, conditions: [{ kind: 'tier' as const, tierIds: ['gold'] }] }),
      bonus({ id: 'round', points: 3, conditions: [{ kind: 'order_number' as const, numbers: [40, 80, 100, 120] }] }),
    ],
  },
  policies: { contextFinalDays: 365 },
};
const document = program({ ...rules, tiers: tiersFrom(90_000) });

/** The nth order of a member who orders every twelve hours. */
const placed = (n: number): Instant => instant(at('12:00', 1) - (180 - n) * 12 * hourMs);
const nth = (n: number, customerId = anna) =>
  order({
    ...{ orderId: (customerId === anna ? 1000 : 5000) + n, customerId },
    ...{ instant: placed(n), createdAt: placed(n), updatedAt: placed(n) },
  });
const upTo = (n: number, customerId = anna) => Array.from({ length: n }, (_, index) => nth(index, customerId));

describe.each(engines)('long histories on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  const checkpoints = (tenant: Tenant) =>
    tenant.deps.database.prisma.checkpoint.findMany({ where: { programId: tenant.store.programId } });
  const untilOf = async (tenant: Tenant) => (await checkpoints(tenant)).map(({ until }) => until.getTime());
  const settled = async (orders: ReturnType<typeof upTo>): Promise<Tenant> => {
    const tenant = await world.tenant({ document });
    await tenant.settle(orders, at('13:00', 1));
    return tenant;
  };
  const memberOf = async ({ deps, store }: Tenant): Promise<MemberId> => {
    const found = await memberOfIdentity(deps.database.prisma, customerIdentity(store.programId, store.storeId, anna));
    if (found === null) throw new Error('no such member');
    return found;
  };
  const lastContext = async ({ deps, store }: Tenant) =>
    (
      await deps.database.prisma.order.findFirstOrThrow({
        where: { programId: store.programId },
        orderBy: { instant: 'desc' },
      })
    ).context;

  test('a checkpoint is kept when there are many orders, and read instead of what was before it', async () => {
    const tenant = await settled(upTo(many - 1));
    expect(await checkpoints(tenant)).toEqual([]);
    await tenant.settle([nth(many - 1)], at('13:00', 1));
    const until = placed(many - 1 - historyLimits.left);
    expect(await untilOf(tenant)).toEqual([until]);
    await tenant.audit();
    // What is kept is believed: orders before it are not read.
    await tenant.deps.database.prisma.$executeRaw`
      UPDATE checkpoint SET state = jsonb_set(state, '{earlier,numbered}', '5000')
      WHERE program_id = ${tenant.store.programId}::uuid`;
    await tenant.settle([nth(many)], at('13:00', 1));
    expect(await lastContext(tenant)).toMatchObject({ orderNumber: 5000 + historyLimits.left + 1 });
    expect(await untilOf(tenant)).toEqual([until]);
    // One that another release made is not.
    await tenant.deps.database.prisma.$executeRaw`
      UPDATE checkpoint SET making = 0 WHERE program_id = ${tenant.store.programId}::uuid`;
    await tenant.settle([nth(many + 1)], at('13:00', 1));
    expect(await lastContext(tenant)).toMatchObject({ orderNumber: many + 2 });
  });

  test('it moves on with the orders, and what changes behind it leaves it alone', async () => {
    const tenant = await settled(upTo(many));
    const first = await untilOf(tenant);
    for (let n = many; n < 169; n += 9) await tenant.settle(upTo(n + 9).slice(n), at('13:00', 1));
    await tenant.audit();
    const later = await untilOf(tenant);
    expect(later[0]).toBeGreaterThan(first[0] ?? 0);
    const back = { ...nth(168), updatedAt: at('14:00', 1), cancelledAt: at('14:00', 1) };
    await tenant.settle([back], at('14:00', 1));
    expect(await untilOf(tenant)).toEqual(later);
    await tenant.audit();
    expect(await requalifyMembers(tenant.deps, at('12:00', 20))).toBeGreaterThan(0);
    expect(await untilOf(tenant)).toEqual(later);
    await tenant.audit();
  });

  test.each([
    ['a late order', { ...nth(3), ...{ orderId: asId<PlatformId>('1') } }],
    ['a cancellation', { ...nth(3), updatedAt: at('14:00', 1), cancelledAt: at('14:00', 1) }],
    [
      'a refund',
      {
        ...nth(3),
        updatedAt: at('14:00', 1),
        financialStatus: 'refunded' as const,
        refunds: [refund({ at: placed(5), lines: [[1, 1]] })],
      },
    ],
    ['an order that moves to somebody else', { ...nth(3), updatedAt: at('14:00', 1), customerId: bruno }],
    ['an order that moves to another day', { ...nth(140), updatedAt: at('14:00', 1), instant: placed(2) }],
  ])('%s before it: everything is read again, and it is made anew', async (_, late) => {
    const tenant = await settled(upTo(150));
    const [before] = await checkpoints(tenant);
    await tenant.settle([late], at('14:01', 1));
    const [after] = await checkpoints(tenant);
    expect(before?.state).not.toEqual(after?.state);
    await tenant.audit();
    await tenant.settle([nth(181)], at('14:02', 1));
    await tenant.audit();
  });

  test('other tiers, a tier that staff gives and a merge are in it from then on', async () => {
    const tenant = await settled([...upTo(150), ...upTo(110, bruno)]);
    expect(await checkpoints(tenant)).toHaveLength(2);
    const { deps, store } = tenant;
    const published = program({ ...rules, tiers: tiersFrom(40_000) });
    expect(
      (await publishProgram(deps, store.programId, { document: published, basedOn: 1, by: 'test' }, at('15:00', 1))).ok,
    ).toBe(true);
    await tenant.settle([nth(181)], at('16:00', 1));
    await tenant.audit();
    expect((await checkpoints(tenant)).map(({ version, until }) => [version, until.getTime()])).toContainEqual([
      2,
      at('15:00', 1),
    ]);
    while ((await requalifyMembers(deps, at('16:30', 1))) > 0);
    const given = { id: randomUUID(), memberId: await memberOf(tenant), tierId: null, until: at('12:00', 5) };
    await overrideTier(deps, store.programId, { ...given, reason: 'x', by: 'Anna' }, at('17:00', 1));
    await tenant.settle([nth(182)], at('18:00', 2));
    await tenant.audit();
    await mergeCustomers(deps, store, { gone: bruno, kept: anna }, at('19:00', 2));
    expect(await checkpoints(tenant), 'more orders changed than one transaction settles').toEqual([]);
    const { programId } = store;
    for (let job = 0; job < 2; job += 1)
      await settleMembers(deps, [{ programId, memberId: given.memberId, since: null }], at('19:01', 2));
    expect((await checkpoints(tenant)).map(({ memberId }) => memberId)).toEqual([given.memberId]);
    await tenant.audit();
    await tenant.settle([nth(200), nth(199, bruno)], at('12:00', 12));
    await tenant.audit();
  });
});
