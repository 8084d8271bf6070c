import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { newReward, type Reward } from '~/core/rewards/section';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { findSimulation, forgetSimulations, type Simulation } from '~/features/simulation/db/simulations';
import { askSimulation, cancelSimulation, keptSince } from '~/features/simulation/usecases/askSimulation';
import { runSimulationLater } from '~/features/simulation/usecases/effects/runSimulation';
import { runSimulation } from '~/features/simulation/usecases/runSimulation';
import { simulationFile, simulationPage } from '~/features/simulation/views/simulationPage';
import { uuidv7 } from '~/process/uuid';
import { overrideTier } from '~/usecases/overrideTier';
import { publishDraft } from '~/usecases/drafts/publishDraft';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const moment = (text: string): Instant => instant(Date.parse(text));
// Later than everything that is settled here: nothing comes to be known between two questions.
const now = instant(Date.now() + 60_000);
const monthsAgo = (months: number, day = 10): Instant => {
  const date = new Date(now);
  return moment(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, day, 10)).toISOString());
};

const bought = (orderId: number, at: Instant, minor: number) =>
  order({ orderId, instant: at, createdAt: at, updatedAt: at, lines: [line({ listMinor: minor })] });

const double = (document: ProgramDocument): ProgramDocument => ({
  ...document,
  earning: { ...document.earning, rates: [{ currency: 'EUR', points: 2, amountMinor: 100 }] },
});

describe.each(engines)('a draft against the published version, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const published = program();
  /** A program with two orders of this year and one from before, and a draft of it. */
  const withDraft = async (draft: ProgramDocument = double(published)): Promise<Tenant> => {
    const tenant = await world.tenant({ document: published, publishedAt: monthsAgo(30) });
    const orders = [bought(1, monthsAgo(20), 90_000), bought(2, monthsAgo(3), 10_000), bought(3, monthsAgo(1), 5000)];
    for (const one of orders) await tenant.settle([one], instant(one.updatedAt + 60_000));
    const wish = { document: draft, basedOn: 1, revision: null };
    expect((await saveDraft(tenant.deps, tenant.store.programId, wish, 'staff:1', now)).ok).toBe(true);
    return tenant;
  };
  const ask = (tenant: Tenant, chance = 0, at = now, id = uuidv7()) =>
    askSimulation(tenant.deps, tenant.store.programId, { id, chance }, at);
  const play = async (tenant: Tenant, chance = 0): Promise<Simulation> => {
    const asked = await ask(tenant, chance);
    if (!asked.ok) throw new Error(asked.error.kind);
    await runSimulation(tenant.deps, tenant.store.programId, asked.value.id, () => now);
    const found = await findSimulation(tenant.deps.database.prisma, tenant.store.programId, asked.value.id);
    if (found === null) throw new Error('no simulation');
    return found;
  };

  test('what is sent again long after is asked once: the newest one is looked at', async () => {
    const tenant = await withDraft();
    const [first, second] = [uuidv7(), uuidv7()];
    expect(await ask(tenant, 3000, now, first)).toEqual({ ok: true, value: { id: first } });
    await runSimulation(tenant.deps, tenant.store.programId, first, () => now);
    expect(await ask(tenant, 4000, instant(now + 1000), second)).toEqual({ ok: true, value: { id: second } });
    await runSimulation(tenant.deps, tenant.store.programId, second, () => now);
    expect(await ask(tenant, 3000, instant(now + 2000), first)).toEqual({ ok: true, value: { id: second } });
  });

  test('one that was cancelled before it began does not keep the next one from being played', async () => {
    const tenant = await withDraft();
    const { deps, store } = tenant;
    const [first, second] = [uuidv7(), uuidv7()];
    expect((await ask(tenant, 3000, now, first)).ok).toBe(true);
    for (const time of [1, 2]) await cancelSimulation(deps, store.programId, first, instant(now + time));
    expect(await ask(tenant, 4000, instant(now + 1000), second)).toEqual({ ok: true, value: { id: second } });
    const waiting = await world.queue.fetch(runSimulationLater, 100);
    const mine = waiting.flatMap(({ data }) => (data.programId === store.programId ? [data.simulationId] : []));
    expect(mine.sort()).toEqual([first, second].sort());
    for (const id of mine) await runSimulation(deps, store.programId, id, () => now);
    const states = [first, second].map((id) => findSimulation(deps.database.prisma, store.programId, id));
    expect((await Promise.all(states)).map((one) => one?.state)).toEqual(['cancelled', 'done']);
    await world.queue.complete(runSimulationLater, waiting);
  });

  test('plays against what was in force when it was asked, whatever is published before it is played', async () => {
    const tenant = await withDraft();
    const { deps, store } = tenant;
    const id = uuidv7();
    expect(await ask(tenant, 0, now, id)).toEqual({ ok: true, value: { id } });
    expect((await publishDraft(deps, store.programId, 1, 'staff:1', now)).ok).toBe(true);
    await runSimulation(deps, store.programId, id, () => now);
    const done = await findSimulation(deps.database.prisma, store.programId, id);
    expect(done).toMatchObject({ state: 'done', version: 1 });
    expect([done?.results?.published.at(8)?.issued, done?.results?.draft.at(8)?.issued]).toEqual([100, 200]);
  });

  test('counts the orders of twelve months by month, those before earn nothing in it', async () => {
    const { results, state, ordersPlayed, ordersFound } = await play(await withDraft());
    expect({ state, ordersPlayed, ordersFound }).toEqual({ state: 'done', ordersPlayed: 3, ordersFound: 3 });
    expect(results).toMatchObject({ currency: 'EUR', members: 1, orders: 2 });
    expect(results?.months).toHaveLength(12);
    const issued = (side: 'published' | 'draft') => results?.[side].map((month) => month.issued);
    expect(issued('published')).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 100, 0, 50, 0]);
    expect(issued('draft')).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 200, 0, 100, 0]);
    expect(results?.revenueMinor).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 10_000, 0, 5000, 0]);
    expect(results?.draft.at(-1)?.open).toBe(300);
    // 100 points are worth 5.00: 150 points 7.50, twice as many 15.00.
    expect(results?.winners).toMatchObject([{ beforeMinor: 750, afterMinor: 1500 }]);
    expect(results?.losers).toEqual([]);
    expect(results?.bands).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0]);
  });

  test('with a chance of one, a reward is taken as soon as it can be afforded, and its cost is counted', async () => {
    const { results } = await play(await withDraft(), 10_000);
    const taken = (side: 'published' | 'draft') =>
      results?.[side].map(({ rewards, costMinor }) => [rewards, costMinor]);
    // Of 100 points the 5.00 of one reward, of 200 points the 10.00 of the chosen amount.
    expect(taken('published')?.at(10)).toEqual([1, 500]);
    expect(taken('draft')?.at(10)).toEqual([1, 1000]);
    expect(results?.draft.at(10)).toMatchObject({ issued: 100, redeemed: 200, open: 100 });
  });

  test('a product costs its price now less what is paid for it, the dearest of those that can be bought', async () => {
    const cup = { ...newReward('free_product', 'cup', 'EUR'), enabled: true, points: 100, copayMinor: 290 } as Reward;
    const draft = { ...published, rewards: [{ ...cup, variantIds: ['41', '42', '43', '44'] } as Reward] };
    const tenant = await withDraft(draft);
    for (const [id, priceMinor, isAvailable] of [
      ['41', 1290, true],
      ['42', 900, true],
      ['43', 5000, false],
    ] as const) {
      const variantId = asId<PlatformId>(id);
      tenant.shop.variants.set(id, {
        ...{ variantId, productId: variantId, vendor: null },
        handle: 'cup',
        priceMinor,
        currency: 'EUR',
        isAvailable,
      });
    }
    const { results } = await play(tenant, 10_000);
    expect(results?.draft.at(10)).toMatchObject({ rewards: 1, costMinor: 1000 });
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    const unread = await play(tenant, 9_000);
    expect(unread).toMatchObject({ state: 'failed', failure: 'shop_away' });
  });

  test('the same question has its answer already, until an order comes', async () => {
    const tenant = await withDraft();
    const first = await play(tenant);
    const later = instant(now + 60_000);
    expect(await ask(tenant, 0, later)).toEqual({ ok: true, value: { id: first.id } });
    const other = await ask(tenant, 3000, later);
    expect(other.ok && other.value.id !== first.id).toBe(true);
  });

  test('a tier that staff gave since is another question', async () => {
    const silver = { id: 'silver', name: published.names.points, threshold: null };
    const tiers = { metric: 'spend', currency: 'EUR', window: { kind: 'lifetime' }, levels: [silver] };
    const tenant = await withDraft(programDocumentSchema.parse({ ...double(published), tiers }));
    const first = await play(tenant);
    const { programId } = tenant.store;
    const { id: memberId } = await tenant.deps.database.prisma.member.findFirstOrThrow({ where: { programId } });
    const gift = { memberId: asId<MemberId>(memberId), tierId: null, until: null, reason: 'a guest', by: 'staff:1' };
    const later = instant(now + 60_000);
    expect((await overrideTier(tenant.deps, programId, { id: uuidv7(), ...gift }, later)).ok).toBe(true);
    const again = await ask(tenant, 0, instant(now + 120_000));
    expect(again.ok && again.value.id !== first.id).toBe(true);
  });

  test('one is played at a time, and one that nobody waits for ends as it is', async () => {
    const tenant = await withDraft();
    const { programId } = tenant.store;
    const asked = await ask(tenant);
    if (!asked.ok) throw new Error(asked.error.kind);
    expect(await ask(tenant, 3000)).toEqual({ ok: false, error: { kind: 'already_running' } });
    await cancelSimulation(tenant.deps, programId, asked.value.id, now);
    await runSimulation(tenant.deps, programId, asked.value.id, () => now);
    const cancelled = await findSimulation(tenant.deps.database.prisma, programId, asked.value.id);
    expect(cancelled).toMatchObject({ state: 'cancelled', results: null });
    expect((await ask(tenant, 3000)).ok).toBe(true);
  });

  test('without a draft, and with one that is wrong, nothing is played', async () => {
    const tenant = await world.tenant({ document: published });
    expect(await ask(tenant)).toEqual({ ok: false, error: { kind: 'no_draft' } });
    const wrong = { ...published, earning: { ...published.earning, holdDays: -1 } };
    const broken = await withDraft(wrong);
    expect(await ask(broken)).toEqual({ ok: false, error: { kind: 'invalid' } });
  });

  test('says whether it is of the draft as it is, and is kept for 30 days', async () => {
    const tenant = await withDraft();
    const { programId } = tenant.store;
    const { id } = await play(tenant);
    const { deps, store } = tenant;
    const page = () => simulationPage(deps.database, deps.platformOf(store), store, now);
    expect(await page()).toMatchObject({
      hasDraft: true,
      share: { basisPoints: 3000, seenAt: null },
      simulation: { id, isOver: true, isOfDraft: true },
    });
    const lines = await simulationFile(tenant.deps.database, programId, id);
    expect(lines?.find((one) => one.includes('draft,100.00'))).toContain(',draft,100.00,200,0,0,0,200,10.00,0,0.00');
    const wish = { document: published, basedOn: 1, revision: 1 };
    const document = { ...published, timeZone: 'Europe/Berlin' };
    await saveDraft(deps, programId, { ...wish, document }, 'staff:1', now);
    expect((await page()).simulation?.isOfDraft).toBe(false);
    const { prisma } = tenant.deps.database;
    await forgetSimulations(prisma, keptSince(instant(now + 29 * 86_400_000)));
    expect(await findSimulation(prisma, programId, id)).not.toBeNull();
    await forgetSimulations(prisma, keptSince(instant(now + 31 * 86_400_000)));
    expect(await findSimulation(prisma, programId, id)).toBeNull();
  });
});
