import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newReward, type Reward } from '~/core/rewards/section';
import { openLimits } from '~/core/simulation/limits';
import { playMember } from '~/core/simulation/play';
import { asId, type MemberId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { findSimulation } from '~/features/simulation/db/simulations';
import { askSimulation } from '~/features/simulation/usecases/askSimulation';
import { runSimulation } from '~/features/simulation/usecases/runSimulation';
import { uuidv7 } from '~/process/uuid';
import { redeemReward } from '~/usecases/redeemReward';
import { line, order, program } from 'test/support/builders';
import { openWorld, type Tenant, type World } from 'test/support/world';

const hour = 3_600_000;
// All of it lies in the year that is played.
const begin = instant(Math.floor(Date.now() / hour) * hour - 100 * 24 * hour);
const end = instant(begin + 90 * 24 * hour);

const donation = (id: string, points: number, total: number | null): Reward =>
  ({
    ...newReward('donation', id, 'EUR'),
    ...{ enabled: true, points, charity: 'Bosco', amountMinor: points * 10 },
    limits: { perMember: null, total },
  }) as Reward;
// What is dearer comes first: that is what members who can afford both take.
const documentWith = ([most, next]: readonly (number | null)[]) => ({
  ...program(),
  rewards: [donation('dear', 40, most ?? null), donation('cheap', 15, next ?? null)],
});

/** Members by number, who order one after the other; every order is of its own hour. */
const orders = fc.array(
  fc.record({ who: fc.integer({ min: 1, max: 4 }), minor: fc.integer({ min: 1000, max: 6000 }) }),
  { minLength: 3, maxLength: 24 },
);
const totals = fc.tuple(
  fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
  fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
);

type Placed = { readonly who: number; readonly minor: number; readonly at: Instant };

const snapshotOf = ({ who, minor, at }: Placed, index: number) =>
  order({
    ...{ orderId: 100 + index, instant: at, createdAt: at, updatedAt: at },
    customerId: asId<PlatformId>(String(who)),
    lines: [line({ listMinor: minor })],
  });

/** What the shop gives: before each order its member asks for the dear reward, and if that is refused for the other. */
const given = async ({ deps, store, settle }: Tenant, placed: readonly Placed[]): Promise<readonly string[]> => {
  const taken: string[] = [];
  for (const [index, one] of placed.entries()) {
    const customerId = asId<PlatformId>(String(one.who));
    for (const rewardId of ['dear', 'cheap']) {
      const wish = { redemptionId: asId<RedemptionId>(uuidv7()), customerId, rewardId, points: null, cart: null };
      if (!(await redeemReward(deps, store, wish, one.at)).ok) continue;
      taken.push(`${one.who} ${rewardId} ${one.at}`);
      break;
    }
    await settle([snapshotOf(one, index)], one.at);
  }
  return taken.sort();
};

describe('a reward that is limited for all members together', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld('embedded')));
  afterAll(() => world?.close());

  test('goes in a simulation to whom it would have gone in the shop, one by one', async () => {
    await fc.assert(
      fc.asyncProperty(orders, totals, async (drawn, limited) => {
        const placed = drawn.map((one, index) => ({ ...one, at: instant(begin + index * hour) }));
        const document = documentWith(limited);
        const tenant = await world.tenant({ document, publishedAt: instant(begin - hour) });
        const real = await given(tenant, placed);
        const { programId, storeId } = tenant.store;
        const ground = { programId, document, zones: new Map(), products: new Map(), sold: new Map() };
        const limits = openLimits(document.rewards);
        const play = (who: number): readonly string[] => {
          const memberId = asId<MemberId>(String(who));
          const member = {
            ...{ memberId, labels: [], overrides: [] },
            orders: placed.flatMap((one, index) =>
              one.who === who ? [{ storeId, snapshot: snapshotOf(one, index) }] : [],
            ),
          };
          const { taken } = playMember(ground, member, { from: begin, to: end, chance: 1 }, limits.grantsOf(memberId));
          limits.note(memberId, taken);
          return taken.map(({ rewardId, at }) => `${who} ${rewardId} ${at}`);
        };
        const members = [...new Set(placed.map(({ who }) => who))];
        const played = new Map(members.map((who) => [who, play(who)]));
        for (let losers = limits.runOut(); losers !== null; losers = limits.runOut())
          for (const who of members) if (losers.has(asId<MemberId>(String(who)))) played.set(who, play(who));
        expect([...played.values()].flat().sort()).toEqual(real);
      }),
      { numRuns: 60, seed: 20261127 },
    );
  }, 240_000);

  test('is counted by a whole simulation as often as it is there, and the rest of the members take another', async () => {
    const placed = Array.from({ length: 24 }, (_, index) => ({
      ...{ who: (index % 8) + 1, minor: 5000 },
      at: instant(begin + index * hour),
    }));
    const published = documentWith([null, null]);
    const tenant = await world.tenant({ document: published, publishedAt: instant(begin - hour) });
    for (const [index, one] of placed.entries()) await tenant.settle([snapshotOf(one, index)], one.at);
    const { programId } = tenant.store;
    const now = instant(Date.now() + 60_000);
    const wish = { document: documentWith([5, 3]), basedOn: 1, revision: null };
    expect((await saveDraft(tenant.deps, programId, wish, 'staff:1', now)).ok).toBe(true);
    const asked = await askSimulation(tenant.deps, programId, { id: uuidv7(), chance: 10_000 }, now);
    if (!asked.ok) throw new Error(asked.error.kind);
    await runSimulation(tenant.deps, programId, asked.value.id, () => now);
    const found = await findSimulation(tenant.deps.database.prisma, programId, asked.value.id);
    expect(found).toMatchObject({ state: 'done', ordersFound: 24, ordersPlayed: 24 });
    const sum = (side: 'published' | 'draft', what: 'rewards' | 'costMinor' | 'issued') =>
      found?.results?.[side].reduce((all, month) => all + month[what], 0);
    // Each of eight members takes the dear one at the second and the third order: 50 points, then 10 and 50.
    expect([sum('published', 'rewards'), sum('published', 'costMinor')]).toEqual([16, 16 * 400]);
    expect([sum('draft', 'rewards'), sum('draft', 'costMinor')]).toEqual([8, 5 * 400 + 3 * 150]);
    expect([sum('published', 'issued'), sum('draft', 'issued')]).toEqual([1200, 1200]);
    expect(found?.results).toMatchObject({ members: 8, orders: 24 });
  });

  test('of a part of the members so much of it is there as that part is', () => {
    const limits = openLimits(documentWith([40, null]).rewards, 0.1);
    const taken = Array.from({ length: 6 }, () => ({
      ...{ rewardId: 'dear', at: begin, costMinor: 0, currency: 'EUR' },
    }));
    limits.note(asId<MemberId>('ada'), taken);
    expect([...(limits.runOut() ?? [])]).toEqual(['ada']);
    expect(limits.grantsOf(asId<MemberId>('ada')).get('dear')).toBe(4);
    expect(limits.grantsOf(asId<MemberId>('bea')).get('dear')).toBe(0);
  });
});
