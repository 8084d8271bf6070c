import type { ProgramDocument } from '~/core/program/document';
import { playMember } from '~/core/simulation/play';
import { openResults, periodUpTo } from '~/core/simulation/results';
import type { PlayedMember } from '~/core/simulation/table';
import { asId, type MemberId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { line, order, program, refund } from 'test/support/builders';
import type { Row } from './run';

const dayMs = 86_400_000;
const to = instant(Date.parse('2026-11-26T12:00:00Z'));
const storeId = asId<StoreId>('00000000-0000-7000-8000-000000000001');
const programId = asId<ProgramId>('00000000-0000-7000-8000-000000000002');

/** Numbers from 0 to below 1, the same in every run. */
const randomFrom = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};

/** Members with one to a dozen orders in the year, one in twelve of them partly refunded. */
export const membersWith = (count: number): readonly PlayedMember[] => {
  const random = randomFrom(7);
  const members: PlayedMember[] = [];
  for (let made = 0; made < count;) {
    const orders = Math.min(count - made, 1 + Math.floor(random() * random() * 12));
    members.push({
      memberId: asId<MemberId>(`m${members.length}`),
      labels: [],
      overrides: [],
      orders: Array.from({ length: orders }, (_, index) => {
        const at = instant(to - Math.floor(random() * 330) * dayMs + index * 1000 - dayMs);
        const back = random() < 1 / 12 ? [refund({ at: instant(at + dayMs), lines: [[1, 1]] })] : [];
        const lines = Array.from({ length: 1 + Math.floor(random() * 5) }, (_one, n) =>
          line({ lineId: n + 1, listMinor: 500 + Math.floor(random() * 6000) }),
        );
        const moments = { instant: at, createdAt: at, updatedAt: at };
        const customerId = asId<PlatformId>(String(members.length));
        return { storeId, snapshot: order({ orderId: made + index, ...moments, customerId, lines, refunds: back }) };
      }),
    });
    made += orders;
  }
  return members;
};

const level = (id: string, threshold: number, basisPoints: number) => ({
  ...{ id, name: { en: id, it: id, de: id, fr: id, es: id }, threshold },
  perks: [{ kind: 'multiply' as const, basisPoints }],
});

/** Two versions to compare: a plain one, and one with tiers and points that lapse. */
export const benchVersions = {
  published: program(),
  draft: program({
    policies: { expiry: { kind: 'inactivity_months', months: 6 } },
    tiers: {
      ...{ metric: 'spend', currency: 'EUR', window: { kind: 'rolling_months', months: 12 } },
      levels: [level('silver', 8000, 12_000), level('gold', 20_000, 15_000)],
    },
  }),
};

/** The same draft with rewards that run out for all members. */
export const limitedDraft: ProgramDocument = {
  ...benchVersions.draft,
  rewards: benchVersions.draft.rewards.map((reward) => ({ ...reward, limits: { perMember: null, total: 500 } })),
};

/** How many orders a second are played under both versions. */
export const benchSimulation = (count: number): Row => {
  const { published, draft } = benchVersions;
  const members = membersWith(count);
  const period = periodUpTo(to, published.timeZone);
  const results = openResults({ published, draft }, period, 'EUR');
  const shared = {
    programId,
    zones: new Map([[storeId, 'Europe/Rome']]),
    products: new Map<string, null>(),
    sold: new Map(),
  };
  const grounds = { published: { document: published, ...shared }, draft: { document: draft, ...shared } };
  const played = { from: period.from, to, chance: 0.3 };
  const start = performance.now();
  for (const member of members)
    results.add(member.orders, {
      published: playMember(grounds.published, member, played),
      draft: playMember(grounds.draft, member, played),
    });
  const seconds = (performance.now() - start) / 1000;
  const { orders } = results.read();
  return {
    what: `simulation: ${count.toLocaleString('en')} orders under two versions, one core`,
    value: `${Math.round(orders / seconds).toLocaleString('en')} /s, ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
    must: 'aim ≥ 10,000 /s',
  };
};
