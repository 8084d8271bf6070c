import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventName, type NumberedEvent } from '~/core/events/memberEvent';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { followerStates, registerFollowers } from '~/db/followers';
import { customerIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import { inTransaction } from '~/db/inTransaction';
import { warnings } from '~/features/warnings/module';
import { warningsOf } from '~/features/warnings/db/warnings';
import { startFollowers } from '~/jobs/followers';
import { adjustPoints } from '~/usecases/adjustPoints';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import { followNext, numberNextEvents, type Follower } from '~/usecases/events/followEvents';
import { forgetEvents } from '~/usecases/events/forgetEvents';
import { matureMembers } from '~/usecases/matureMembers';
import { mergeMembers } from '~/usecases/mergeMembers';
import { redeemReward } from '~/usecases/redeemReward';
import { finishRedemptions } from '~/usecases/finishRedemption';
import { attention } from '~/features/health/views/attention';
import { healthPage } from '~/features/health/views/healthPage';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const days = (count: number): number => count * 86_400_000;
const spine = ['points_moved', 'tier_changed', 'redemption_changed'];
const fifty = (customer = '77', orderId = 1) =>
  order({ orderId, customerId: asId<PlatformId>(customer), lines: [line({ listMinor: 5000 })] });

describe.each(engines)('events and those who follow, on %s', (engine) => {
  let world: World;
  let now: Instant;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world.close());
  beforeEach(() => void (now = at('13:00')));

  type Told = Follower & { readonly told: NumberedEvent[] };
  /** A follower that keeps what it is told; it begins with what happens from now on. */
  const follow = async (handle: Follower['handle'] = () => Promise.resolve()): Promise<Told> => {
    const told: NumberedEvent[] = [];
    const follower: Told = {
      name: `test ${randomUUID()}`,
      names: spine,
      told,
      handle: async (deps, events, when) => {
        await handle(deps, events, when);
        told.push(...events);
      },
    };
    await number();
    await registerFollowers(world.database.prisma, [follower.name]);
    return follower;
  };
  const number = async (): Promise<void> => {
    while ((await numberNextEvents(world)) > 0);
  };
  const [mine, other] = [randomUUID(), randomUUID()];
  const next = (tenant: Tenant, follower: Follower, process = mine, when = now) =>
    followNext(tenant.deps, follower, process, () => when);
  const readAll = async (tenant: Tenant, follower: Follower): Promise<void> => {
    await number();
    while ((await next(tenant, follower)) > 0);
  };
  const stateOf = async ({ name }: Follower) =>
    (await followerStates(world.database.prisma)).find((state) => state.name === name);
  const memberOf = async ({ store }: Tenant, customer = '77'): Promise<MemberId> => {
    const identity = customerIdentity(store.programId, store.storeId, asId<PlatformId>(customer));
    const found = await memberOfIdentity(world.database.prisma, identity);
    if (found === null) throw new Error('no such member');
    return found;
  };
  const ofTenant = ({ store }: Tenant, { told }: Told) => told.filter(({ programId }) => programId === store.programId);
  const give = (tenant: Tenant, memberId: MemberId, points: number, deps = tenant.deps) => {
    const actor = { kind: 'staff' as const, id: '1' };
    const adjustment = { clientId: randomUUID(), memberId, points, reason: 'sorry', actor, by: 'x' };
    return adjustPoints(deps, tenant.store.programId, adjustment, now);
  };
  const redeem = (tenant: Tenant) =>
    redeemReward(
      tenant.deps,
      tenant.store,
      {
        redemptionId: asId<never>(randomUUID()),
        customerId: asId<PlatformId>('77'),
        rewardId: 'five-off',
        points: null,
        cart: null,
      },
      now,
    );

  test('each entry, change of the tier and step of a redemption is told, in its order', async () => {
    const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
    const levels = [
      { id: 'base', name, threshold: 0 },
      { id: 'gold', name, threshold: 100_00 },
    ];
    const window = { kind: 'lifetime' as const };
    const tiers = { metric: 'spend' as const, currency: 'EUR', window, keep: { kind: 'none' as const }, levels };
    const tenant = await world.tenant({ document: program({ tiers }) });
    const follower = await follow();
    await tenant.settle([order({ orderId: 1, lines: [line({ listMinor: 30_000 })] })], now);
    const redeemed = await redeem(tenant);
    if (!redeemed.ok) throw new Error('not redeemed');
    await cancelRedemption(tenant.deps, tenant.store, asId<PlatformId>('77'), redeemed.value.id, now);
    now = at('14:30');
    await finishRedemptions(tenant.deps, now);
    // The tier is derived again with a further order, and stays: of that nothing is told.
    const further = { orderId: 2, instant: at('14:20'), updatedAt: at('14:20') };
    await tenant.settle([order({ ...further, lines: [line({ listMinor: 5000 })] })], now);
    await readAll(tenant, follower);
    const said = ofTenant(tenant, follower).map(({ event }) =>
      event.kind === 'points_moved'
        ? [event.entryKind, event.points]
        : event.kind === 'tier_changed'
          ? [event.before, event.tierId]
          : event.kind === 'redemption_changed'
            ? [event.state]
            : [],
    );
    expect(said).toEqual([
      ['award', 300],
      [null, 'gold'],
      ['redeem', -100],
      ['held'],
      ['issued'],
      ['cancelling'],
      ['release', 100],
      ['released'],
      ['award', 50],
    ]);
    expect(ofTenant(tenant, follower).every(({ event }) => spine.includes(eventName(event)))).toBe(true);
    const numbers = ofTenant(tenant, follower).map(({ seq }) => seq);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  test('whatever happens, the points of the events are the points of the entries', async () => {
    const step = fc.record({
      kind: fc.constantFrom('order', 'refund', 'adjust', 'redeem', 'mature', 'merge'),
      who: fc.integer({ min: 1, max: 3 }),
      amount: fc.integer({ min: -40, max: 80 }),
    });
    const document = program({
      policies: { expiry: { kind: 'after_months', months: 1, endOfMonth: false }, minimumLifeDays: 0 },
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const tenant = await world.tenant({ document });
        const follower = await follow();
        now = at('13:00');
        await tenant.settle([fifty('1', 901), fifty('2', 902), fifty('3', 903)], now);
        for (const [index, { kind, who, amount }] of steps.entries()) {
          now = instant(now + days(6));
          const member = await memberOf(tenant, String(who));
          const later = { instant: now, updatedAt: now };
          if (kind === 'order') await tenant.settle([{ ...fifty(String(who), index + 1), ...later }], now);
          else if (kind === 'refund')
            await tenant.settle([{ ...fifty(String(who), 900 + who), updatedAt: now, cancelledAt: now }], now);
          else if (kind === 'adjust') await give(tenant, member, amount === 0 ? 1 : amount);
          else if (kind === 'redeem') await redeem(tenant);
          else if (kind === 'mature') await matureMembers(tenant.deps, now);
          else {
            const into = await memberOf(tenant, String(1 + (who % 3)));
            const actor = { kind: 'system' as const };
            await mergeMembers(tenant.deps, tenant.store.programId, { from: member, to: into }, actor, now);
          }
        }
        await matureMembers(tenant.deps, now);
        await readAll(tenant, follower);
        const entries = await world.database.prisma.entry.findMany({ where: { programId: tenant.store.programId } });
        const moved = ofTenant(tenant, follower).flatMap(({ memberId, event }) =>
          event.kind === 'points_moved' ? [{ id: event.entryId, memberId, points: event.points }] : [],
        );
        const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
        expect([...moved].sort(byId)).toEqual(
          entries.map(({ id, memberId, points }) => ({ id, memberId, points: Number(points) })).sort(byId),
        );
        await tenant.audit();
      }),
      { numRuns: 8 },
    );
  });

  test('a follower that dies after it handled a batch is told the batch again, and nobody else meanwhile', async () => {
    const tenant = await world.tenant();
    const follower = await follow();
    await tenant.settle([fifty()], now);
    await number();
    const { prisma } = world.database;
    const dying = new Proxy(prisma, {
      get: (target, key) =>
        key === '$executeRawUnsafe' ? () => new Promise(() => undefined) : (Reflect.get(target, key) as unknown),
    });
    const deps = { ...tenant.deps, database: { ...world.database, prisma: dying } };
    void followNext(deps, follower, mine, () => now); // never comes back: its process is gone
    while (follower.told.length === 0) await sleep(10);
    expect(await next(tenant, follower, other)).toBe(0);
    expect(ofTenant(tenant, follower)).toHaveLength(1);
    const later = instant(now + 121_000);
    expect(await next(tenant, follower, other, later)).toBeGreaterThan(0);
    const [first, again] = ofTenant(tenant, follower);
    expect(again).toEqual(first);
    expect(await next(tenant, follower, other, later), 'the cursor has moved on').toBe(0);
  });

  test('two that read for one follower at once: one of them does', async () => {
    const tenant = await world.tenant();
    const follower = await follow(() => sleep(200));
    await tenant.settle([fifty()], now);
    await number();
    const answers = await Promise.all([next(tenant, follower, mine), next(tenant, follower, other)]);
    expect(answers.filter((read) => read > 0)).toHaveLength(1);
    expect(ofTenant(tenant, follower)).toHaveLength(1);
  });

  test('one whose lease ended meanwhile does not move the cursor of the one who took over', async () => {
    const tenant = await world.tenant();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let isFirst = true;
    const follower = await follow(async () => {
      if (!isFirst) throw new Error('no');
      isFirst = false;
      await held;
    });
    await tenant.settle([fifty()], now);
    await number();
    const slow = next(tenant, follower, mine);
    while (isFirst) await sleep(10);
    await expect(next(tenant, follower, other, instant(now + 121_000))).rejects.toThrow('no');
    release();
    await slow;
    expect((await stateOf(follower))?.attempts, 'the late one did not call it done').toBe(1);
  });

  test('one that fails keeps its reason, waits longer each time, shows on Health, and is told all when it works', async () => {
    const tenant = await world.tenant();
    let works = false;
    const follower = await follow(() => (works ? Promise.resolve() : Promise.reject(new Error('the mail is down'))));
    await tenant.settle([fifty()], now);
    await number();
    await expect(next(tenant, follower)).rejects.toThrow('the mail is down');
    expect(await next(tenant, follower, mine, instant(now + 1_999)), 'not before its time').toBe(0);
    await expect(next(tenant, follower, mine, instant(now + 2_000))).rejects.toThrow();
    expect(await next(tenant, follower, mine, instant(now + 2_000 + 3_999))).toBe(0);
    expect(await stateOf(follower)).toMatchObject({ attempts: 2, failure: 'the mail is down' });
    const shown = (await healthPage(world.database, tenant.store, now)).followers;
    expect(shown.find(({ name }) => name === follower.name)).toMatchObject({
      attempts: 2,
      failure: 'the mail is down',
    });
    const seen = async () => (await attention(world.database, tenant.store, program(), now)).followers;
    const before = await seen();
    expect(before).toBeGreaterThan(0);
    works = true;
    now = instant(now + 60_000);
    await readAll(tenant, follower);
    expect(ofTenant(tenant, follower)).toHaveLength(1);
    expect(await stateOf(follower)).toMatchObject({ attempts: 0, failure: null });
    expect(await seen()).toBe(before - 1);
  });

  test('in the worker one that is slow and one that fails hold nobody up', async () => {
    const tenant = await world.tenant();
    const slow = await follow(() => sleep(2_000));
    const failing = await follow(() => Promise.reject(new Error('no')));
    const quick = await follow();
    const errors: unknown[] = [];
    const loops = startFollowers(tenant.deps, [failing, slow, quick], {
      process: mine,
      clock: () => instant(Date.now()),
      onError: (error) => void errors.push(error),
    });
    const started = Date.now();
    await tenant.settle([fifty()], now);
    while (ofTenant(tenant, quick).length === 0 && Date.now() - started < 15_000) await sleep(20);
    expect(ofTenant(tenant, quick)).toHaveLength(1);
    expect(ofTenant(tenant, slow), 'the slow one is still at it').toHaveLength(0);
    await loops.stop();
    expect(ofTenant(tenant, slow), 'a batch is finished before the worker stops').toHaveLength(1);
    expect(errors.length).toBeGreaterThan(0);
    expect((await stateOf(failing))?.failure).toBe('no');
    await world.database.prisma.follower.deleteMany({ where: { name: failing.name } });
  });

  test('events are kept 35 days; what somebody missed by then is counted and shown', async () => {
    const tenant = await world.tenant();
    const [reader, stuck] = [await follow(), await follow()];
    await tenant.settle([fifty()], now);
    await readAll(tenant, reader);
    const count = () => world.database.prisma.event.count({ where: { programId: tenant.store.programId } });
    await forgetEvents(world, [reader, stuck], instant(now + days(35)));
    expect(await count()).toBe(1);
    const late = instant(now + days(35) + 1);
    while ((await forgetEvents(world, [reader, stuck], late)) > 0);
    expect(await count()).toBe(0);
    expect((await stateOf(reader))?.dropped).toBe(0);
    expect((await stateOf(stuck))?.dropped).toBeGreaterThan(0);
    expect((await healthPage(world.database, tenant.store, now)).followers.map(({ name }) => name)).toContain(
      stuck.name,
    );
    await tenant.settle([fifty('77', 2)], late);
    await readAll(tenant, stuck);
    expect(ofTenant(tenant, stuck), 'it goes on with what comes').toHaveLength(1);
  });

  test('warnings follow what moves lots, and tell that points expire soon', async () => {
    const policies = {
      expiry: { kind: 'after_months' as const, months: 1, endOfMonth: false },
      minimumLifeDays: 0,
      warningDays: [30, 7],
    };
    const tenant = await world.tenant({ document: program({ policies }) });
    const [follower] = warnings.follows ?? [];
    if (follower === undefined) throw new Error('nobody follows');
    const listener = { ...(await follow()), names: ['warnings.points_expire_soon'] };
    await registerFollowers(world.database.prisma, [follower.name]);
    await tenant.settle([fifty()], now);
    now = instant(now + days(25)); // ten o'clock and all is well: by then seven days are left
    await give(tenant, await memberOf(tenant), -10);
    await readAll(tenant, follower);
    await readAll(tenant, follower);
    const member = await memberOf(tenant);
    const recorded = await warningsOf(world.database.prisma, tenant.store.programId, member, 5);
    expect(recorded.map(({ daysBefore, points }) => [daysBefore, points])).toEqual([[7, 40]]);
    await readAll(tenant, listener);
    expect(ofTenant(tenant, listener).map(({ event }) => event)).toEqual([
      {
        kind: 'wing',
        wing: 'warnings',
        name: 'points_expire_soon',
        values: { lapsesAt: recorded[0]?.lapsesAt, points: 40, daysBefore: 7 },
      },
    ]);
    await tenant.settle([{ ...fifty('78', 2), instant: now, updatedAt: now }], now);
    const kept = await memberOf(tenant, '78');
    await mergeMembers(tenant.deps, tenant.store.programId, { from: member, to: kept }, { kind: 'system' }, now);
    await readAll(tenant, follower);
    expect(await warningsOf(world.database.prisma, tenant.store.programId, member, 5), 'an alias has none').toEqual([]);
  });

  test.runIf(engine === 'server')(
    'two that number at once give each event one number, in the order of commits',
    async () => {
      const tenant = await world.tenant();
      const follower = await follow();
      await tenant.settle(
        Array.from({ length: 10 }, (_, n) => fifty(String(n), n + 1)),
        now,
      );
      const member = await memberOf(tenant, '1');
      let isOver = false;
      const numbering = Array.from({ length: 2 }, async () => {
        while (!isOver) await numberNextEvents(world);
      });
      for (let n = 1; n <= 30; n += 1) await Promise.all([give(tenant, member, n), give(tenant, member, 100 + n)]);
      isOver = true;
      await Promise.all(numbering);
      await readAll(tenant, follower);
      const told = ofTenant(tenant, follower);
      expect(new Set(told.map(({ seq }) => seq)).size).toBe(70);
      // Entries of one member are written under its lock: their order of commits is the order of `n`.
      const rows = await world.database.prisma.event.findMany({
        where: { programId: tenant.store.programId, memberId: member },
        orderBy: { n: 'asc' },
      });
      const numbers = rows.map(({ seq }) => Number(seq));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      expect(told.filter(({ memberId }) => memberId === member).map(({ seq }) => seq)).toEqual(numbers);
    },
  );

  test.runIf(engine === 'server')(
    'a commit held open for five seconds while others pass: no event is skipped',
    async () => {
      const tenant = await world.tenant();
      const follower = await follow();
      await tenant.settle([fifty('1', 1), fifty('2', 2)], now);
      const [late, quick] = [await memberOf(tenant, '1'), await memberOf(tenant, '2')];
      let isWritten = false;
      const held = {
        ...tenant.deps,
        enqueue: async (...asked: Parameters<typeof tenant.deps.enqueue>) => {
          await tenant.deps.enqueue(...asked);
          isWritten = true;
          await sleep(5_000);
        },
      };
      const open = give(tenant, late, 7, held);
      while (!isWritten) await sleep(10);
      for (let n = 1; n <= 5; n += 1) {
        await give(tenant, quick, n);
        await readAll(tenant, follower);
      }
      const points = () =>
        ofTenant(tenant, follower).flatMap(({ event }) => (event.kind === 'points_moved' ? [event.points] : []));
      expect(points()).toEqual([50, 50, 1, 2, 3, 4, 5]);
      await open;
      await readAll(tenant, follower);
      expect(points(), 'the late one is told after the others').toEqual([50, 50, 1, 2, 3, 4, 5, 7]);
    },
  );

  test('what is rolled back is not told', async () => {
    const tenant = await world.tenant();
    const follower = await follow();
    await tenant.settle([fifty()], now);
    const failing = { ...tenant.deps, enqueue: () => Promise.reject(new Error('the queue is gone')) };
    await expect(give(tenant, await memberOf(tenant), 5, failing)).rejects.toThrow('the queue is gone');
    await inTransaction(world.database, async (tx) => void (await tx.$executeRawUnsafe('SELECT 1')));
    await readAll(tenant, follower);
    expect(ofTenant(tenant, follower)).toHaveLength(1);
  });
});
