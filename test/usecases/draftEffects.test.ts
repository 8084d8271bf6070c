import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { asId, type MemberId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { overrideTier } from '~/usecases/overrideTier';
import { publishDraft } from '~/usecases/drafts/publishDraft';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { redeemReward } from '~/usecases/redeemReward';
import { requalifyMembers } from '~/usecases/requalifyMembers';
import { draftEffects, shopFacts } from '~/views/draftEffects';
import { tiersByStaff, tierSizes } from '~/views/tierSizes';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const named = (text: string) => ({ en: text, it: text, de: text, fr: text, es: text });
const now = at('18:00');
const hourMs = 3_600_000;
const tiers = (silver: number, gold: number) => ({
  metric: 'spend' as const,
  currency: 'EUR',
  window: { kind: 'lifetime' as const },
  levels: [
    { id: 'silver', name: named('Silver'), threshold: silver },
    { id: 'gold', name: named('Gold'), threshold: gold },
  ],
});

describe.each(engines)('what publishing a draft does at once, on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  const buying = (spent: Readonly<Record<string, number>>) =>
    Object.entries(spent).map(([customer, minor], index) =>
      order({ orderId: index + 1, customerId: asId<PlatformId>(customer), lines: [line({ listMinor: minor })] }),
    );
  const effectsOf = async (tenant: Tenant, document: ProgramDocument, basedOn = 1) => {
    const { deps, store } = tenant;
    const saved = await saveDraft(deps, store.programId, { document, basedOn, revision: null }, 'staff:anna', now);
    if (!saved.ok) throw new Error(saved.error.kind);
    return draftEffects(deps, store.programId, now);
  };
  const tiersIn = async ({ deps, store }: Tenant): Promise<readonly (string | null)[]> =>
    (await deps.database.prisma.member.findMany({ where: { programId: store.programId }, orderBy: { id: 'asc' } })).map(
      ({ tier }) => tier,
    );

  test('tiers, as publishing then really makes them: the first ones, and higher thresholds', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    await tenant.settle(buying({ 1: 5000, 2: 12_000, 3: 25_000, 4: 30_000 }), now);
    expect(await effectsOf(tenant, program({ tiers: tiers(10_000, 20_000) }))).toMatchObject({
      tiers: { up: 3, down: 0 },
      takes: false,
      isEstimate: false,
    });
    await publishDraft(deps, store.programId, 1, 'staff:anna', now);
    await requalifyMembers(deps, now);
    expect(await tiersIn(tenant)).toEqual([null, 'silver', 'gold', 'gold']);
    const stricter = { ...tiers(10_000, 28_000), keep: { kind: 'none' as const } };
    expect(await effectsOf(tenant, program({ tiers: stricter }), 2)).toMatchObject({
      tiers: { up: 0, down: 1 },
      takes: true,
    });
    await publishDraft(deps, store.programId, 2, 'staff:anna', now);
    await requalifyMembers(deps, now);
    expect(await tiersIn(tenant)).toEqual([null, 'silver', 'silver', 'gold']);
    await tenant.audit();
  });

  test('how many members each level would hold: as publishing then really makes them', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    await tenant.settle(buying({ 1: 5000, 2: 12_000, 3: 25_000, 4: 30_000 }), now);
    const draft = program({ tiers: tiers(10_000, 20_000) });
    const sizes = { levels: { silver: 1, gold: 2 }, none: 1, at: now, isEstimate: false };
    expect(await tierSizes(deps, store.programId, draft, now)).toEqual(sizes);
    expect(await tierSizes(deps, store.programId, program(), now)).toEqual({ ...sizes, levels: {}, none: 4 });
    await saveDraft(deps, store.programId, { document: draft, basedOn: 1, revision: null }, 'staff:anna', now);
    await publishDraft(deps, store.programId, 1, 'staff:anna', now);
    await requalifyMembers(deps, now);
    expect(await tiersIn(tenant)).toEqual([null, 'silver', 'gold', 'gold']);
    expect(await tierSizes(deps, store.programId, draft, now)).toEqual(sizes);
  });

  test('tiers that staff gave are counted as long as they last, by what was given last', async () => {
    const tenant = await world.tenant({ document: program({ tiers: tiers(10_000, 20_000) }) });
    const { deps, store } = tenant;
    await tenant.settle(buying({ 1: 5000, 2: 12_000 }), now);
    const members = await deps.database.prisma.member.findMany({ where: { programId: store.programId } });
    const give = (place: number, tierId: string | null, hours: number, from: Instant) =>
      overrideTier(
        deps,
        store.programId,
        {
          ...{ id: randomUUID(), memberId: asId<MemberId>(members[place]?.id ?? ''), tierId },
          ...{ until: instant(from + hours * hourMs), reason: 'a friend', by: 'staff:anna' },
        },
        from,
      );
    await give(0, 'gold', 100, now);
    await give(1, 'gold', 100, now);
    const counted = (at: Instant) => tiersByStaff(deps.database, store.programId, at);
    expect(await counted(now)).toEqual({ gold: 2 });
    const later = instant(now + hourMs);
    await give(1, 'silver', 10, later);
    expect(await counted(later)).toEqual({ gold: 1, silver: 1 });
    expect(await counted(instant(now + 200 * hourMs))).toEqual({});
  });

  test('codes that stay valid, points that get an end; nothing where nothing of it changes', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    await tenant.settle(buying({ 77: 20_000, 78: 3000 }), at('12:01'));
    const wish = { customerId: asId<PlatformId>('77'), rewardId: 'as-you-like', points: 100, cart: null };
    const redeemed = await redeemReward(
      deps,
      store,
      { redemptionId: asId<RedemptionId>(randomUUID()), ...wish },
      at('12:02'),
    );
    expect(redeemed.ok).toBe(true);
    const base = program();
    const ending = program({ policies: { expiry: { kind: 'inactivity_months', months: 12 } } });
    expect(await effectsOf(tenant, { ...ending, rewards: base.rewards.slice(0, 1) })).toEqual({
      revision: 1,
      tiers: null,
      codes: 1,
      ending: 2,
      takes: true,
      isEstimate: false,
      kept: [],
    });
  });

  test('nothing is counted without a draft, or while something is wrong with it', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    expect(await draftEffects(deps, store.programId, now)).toBeNull();
    const base = program();
    const wrong = { ...base, earning: { ...base.earning, holdDays: Number.NaN } };
    expect(await effectsOf(tenant, wrong)).toBeNull();
  });

  test('what half of the buyers spend in a year', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    expect(await shopFacts(deps.database, store, now)).toEqual({
      currency: 'EUR',
      today: '2026-06-10',
      medianYearMinor: null,
    });
    await tenant.settle(buying({ 1: 1000, 2: 8000, 3: 9000 }), now);
    expect((await shopFacts(deps.database, store, now)).medianYearMinor).toBe(8000);
  });
});
