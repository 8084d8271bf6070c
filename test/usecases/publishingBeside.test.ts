import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { perTongue } from '~/core/values/text';
import { inTransaction, isDatabaseAway, type Tx } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import { currentProgram, insertVersion, lockProgram } from '~/db/programs';
import { uuidv7 } from '~/process/uuid';
import { publishDraft } from '~/usecases/drafts/publishDraft';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { mergeMembers } from '~/usecases/mergeMembers';
import { overrideTier } from '~/usecases/overrideTier';
import { requalifyMembers } from '~/usecases/requalifyMembers';
import { settleMembers, settleOrders } from '~/usecases/settleOrders';
import { PublishedAgain } from '~/usecases/withGrounds';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const now = at('12:00');
const later = (minutes: number): Instant => instant(now + minutes * 60_000);

const level = (id: string, threshold: number) => ({
  ...{ id, name: perTongue(() => id), threshold, entryPoints: null, perks: [] },
});
const withLevels = (...levels: readonly ReturnType<typeof level>[]): ProgramDocument =>
  programDocumentSchema.parse({
    ...program(),
    tiers: { metric: 'points', currency: 'EUR', window: { kind: 'lifetime' }, levels },
  });

describe.each(engines)('while a version is being published, on %s', (engine) => {
  // The embedded database has one connection: there nothing is beside anything.
  const beside = test.runIf(engine === 'server');
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world.close());

  /** Holds what `work` locks until it is let go. */
  const holding = async (work: (tx: Tx) => Promise<unknown>): Promise<() => Promise<void>> => {
    let letGo = (): void => undefined;
    const gone = new Promise<void>((resolve) => (letGo = resolve));
    let held: Promise<void> = Promise.resolve();
    await new Promise<void>((isHeld) => {
      held = inTransaction(world.database, async (tx) => {
        await work(tx);
        isHeld();
        await gone;
      });
    });
    return () => {
      letGo();
      return held;
    };
  };
  /** Until so many transactions wait for a lock. */
  const waiting = (count: number): Promise<void> =>
    expect
      .poll(
        async () => {
          const [row] = await world.database.prisma.$queryRawUnsafe<{ n: bigint }[]>(
            `SELECT count(DISTINCT pid) AS n FROM pg_locks JOIN pg_stat_activity USING (pid)
             WHERE NOT granted AND datname = current_database()`,
          );
          return Number(row?.n ?? 0);
        },
        { timeout: 15_000 },
      )
      .toBeGreaterThanOrEqual(count);
  const customer = (id: string) =>
    order({ orderId: Number(id), customerId: asId<PlatformId>(id), lines: [line({ listMinor: 2000 })] });
  /** Two members, and a draft without the tier that the second of them is given. */
  const begun = async () => {
    const tenant = await world.tenant({ document: withLevels(level('silver', 100), level('gold', 500)) });
    const { deps, store } = tenant;
    for (const id of ['77', '78']) await tenant.settle([customer(id)], now);
    const without = { document: withLevels(level('silver', 50)), basedOn: 1, revision: null };
    await saveDraft(deps, store.programId, without, 'staff:anna', now);
    const [first, guest] = await Promise.all(['77', '78'].map((value) => memberOf(tenant, value)));
    if (first === undefined || guest === undefined) throw new Error('no members');
    return { ...tenant, first, guest };
  };
  const memberOf = async ({ deps, store: { programId } }: Tenant, value: string): Promise<MemberId> =>
    asId<MemberId>(
      (await deps.database.prisma.memberIdentity.findFirstOrThrow({ where: { programId, kind: 'customer', value } }))
        .memberId,
    );
  type Begun = Awaited<ReturnType<typeof begun>>;
  const give = ({ deps, store, guest }: Begun) => {
    const gift = { id: uuidv7(), memberId: guest, tierId: 'gold', until: null, reason: 'a friend', by: 'staff:1' };
    return overrideTier(deps, store.programId, gift, later(1));
  };
  const publish = ({ deps, store }: Begun) => publishDraft(deps, store.programId, 1, 'staff:anna', later(1));
  const tierOf = async ({ deps, store: { programId }, guest }: Begun) => {
    while ((await requalifyMembers(deps, later(2))) > 0);
    const member = await deps.database.prisma.member.findUniqueOrThrow({
      where: { programId_id: { programId, id: guest } },
    });
    return member.tier;
  };
  const levels = async ({ deps, store }: Begun) =>
    (await currentProgram(deps.database.prisma, store.programId))?.document.tiers?.levels.map(({ id }) => id);

  beside('a tier that it takes away is given to nobody: who gives it then reads that it is gone', async () => {
    const tenant = await begun();
    const { programId } = tenant.store;
    const letGo = await holding((tx) => lockMember(tx, programId, tenant.first));
    const published = publish(tenant);
    await waiting(1);
    const given = give(tenant);
    await Promise.race([given, waiting(2)]);
    await letGo();
    expect(await published).toMatchObject({ ok: true, value: { version: 2, kept: [] } });
    expect(await given).toEqual({ ok: false, error: { kind: 'unknown_tier' } });
    expect([await levels(tenant), await tierOf(tenant)]).toEqual([['silver'], null]);
    expect(await tenant.deps.database.prisma.tierOverride.count({ where: { programId } })).toBe(0);
  });

  beside('a tier that is just being given stays, and publishing names it', async () => {
    const tenant = await begun();
    const letGo = await holding((tx) => lockMember(tx, tenant.store.programId, tenant.guest));
    const given = give(tenant);
    await waiting(1);
    const published = publish(tenant);
    await waiting(2);
    await letGo();
    expect(await given).toEqual({ ok: true, value: null });
    expect(await published).toMatchObject({ ok: true, value: { version: 2, kept: [{ name: { en: 'gold' } }] } });
    expect([await levels(tenant), await tierOf(tenant)]).toEqual([['silver', 'gold'], 'gold']);
  });

  /** The same use cases; after each reading of the versions something happens, before anybody is locked. */
  const betweenReadingAndLocking = ({ deps }: Tenant, happens: () => Promise<unknown>): Tenant['deps'] => ({
    ...deps,
    programs: {
      ...deps.programs,
      versionsOf: async (...asked) => {
        const read = await deps.programs.versionsOf(...asked);
        await happens();
        return read;
      },
    },
  });
  const publishAgain = ({ deps, store: { programId } }: Begun): Promise<void> =>
    inTransaction(deps.database, async (tx) => {
      await lockProgram(tx, programId);
      const { version = 0 } = (await currentProgram(tx, programId)) ?? {};
      const document = withLevels(level('silver', version % 2 === 0 ? 100 : 50), level('gold', 500));
      await insertVersion(tx, { programId, version: version + 1, document, by: 'test' }, later(version));
    });

  test('an order is settled by what is in force when its member is locked, not by what was read before', async () => {
    const tenant = await begun();
    let published: Promise<unknown> | undefined;
    const deps = betweenReadingAndLocking(tenant, () => (published ??= publish(tenant)));
    const snapshot = { ...customer('78'), orderId: asId<PlatformId>('80'), instant: later(2), updatedAt: later(2) };
    const grown = { ...snapshot, lines: [line({ listMinor: 4000 })] };
    await settleOrders(deps, [{ store: tenant.store, snapshot: grown }], later(2));
    expect(await published).toMatchObject({ ok: true });
    expect(await tierOf(tenant)).toBe('silver');
    const kept = await tenant.deps.database.prisma.order.findFirstOrThrow({
      where: { programId: tenant.store.programId, orderId: '80' },
    });
    expect(kept.context).toMatchObject({ programVersion: 2 });
    await tenant.audit();
  });

  test('a tier is settled by what is in force, too, and a member who is merged', async () => {
    for (const act of [
      (deps: Tenant['deps'], { store, guest }: Begun) =>
        settleMembers(deps, [{ programId: store.programId, memberId: guest, since: null }], later(2)),
      (deps: Tenant['deps'], { store, first, guest }: Begun) =>
        mergeMembers(deps, store.programId, { from: first, to: guest }, { kind: 'staff', id: '1' }, later(2)),
    ]) {
      const tenant = await begun();
      await tenant.settle([{ ...customer('78'), orderId: asId<PlatformId>('80') }], now);
      await tenant.settle([{ ...customer('78'), orderId: asId<PlatformId>('81') }], now);
      let published: Promise<unknown> | undefined;
      await act(
        betweenReadingAndLocking(tenant, () => (published ??= publish(tenant))),
        tenant,
      );
      expect(await tierOf(tenant)).toBe('silver');
      await tenant.audit();
    }
  });

  test('published again and again meanwhile, orders are tried later, and staff are told to try again', async () => {
    const tenant = await begun();
    const deps = betweenReadingAndLocking(tenant, () => publishAgain(tenant));
    const { store } = tenant;
    const settled = settleOrders(deps, [{ store, snapshot: customer('79') }], later(1));
    const failure = await settled.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PublishedAgain);
    expect(isDatabaseAway(failure)).toBe(true);
    expect(await give({ ...tenant, deps })).toEqual({ ok: false, error: { kind: 'publishing' } });
    const programId = store.programId;
    expect(await tenant.deps.database.prisma.tierOverride.count({ where: { programId } })).toBe(0);
    expect(await tenant.deps.database.prisma.order.count({ where: { programId } })).toBe(2);
    expect(await give(tenant)).toEqual({ ok: true, value: null });
  });

  beside('the first order of somebody new does not wait for it', async () => {
    const tenant = await begun();
    const letGo = await holding((tx) => lockProgram(tx, tenant.store.programId));
    const settled = tenant.settle([customer('79')], later(1)).then(() => 'settled');
    expect(await Promise.race([settled, waiting(1).then(() => 'waits')])).toBe('settled');
    expect((await tenant.balance(later(1), '79')).available).toBe(20);
    await letGo();
  });
});
