import { describe, expect, test } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { newReward, type RewardKind } from '~/core/rewards/section';
import { chanceOf } from '~/core/simulation/chance';
import { playMember, type Run } from '~/core/simulation/play';
import { bandLimits, openResults, periodUpTo } from '~/core/simulation/results';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type MemberId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { line, order, program } from 'test/support/builders';

const moment = (text: string): Instant => instant(Date.parse(text));
const period = periodUpTo(moment('2026-11-26T12:00:00Z'), 'Europe/Rome');
const storeId = asId<StoreId>('00000000-0000-7000-8000-000000000001');
const ground = { programId: asId<ProgramId>('p'), zones: new Map(), products: new Map(), sold: new Map() };

const words = { en: 'How many?', it: 'Quanti?', de: 'Wie viele?', fr: 'Combien ?', es: '¿Cuántos?' };

/** A program whose only reward is of a kind, for 100 points. */
const withReward = (kind: RewardKind, part: object = {}): ProgramDocument =>
  programDocumentSchema.parse({
    ...program(),
    rewards: [{ ...newReward(kind, 'only', 'EUR'), enabled: true, points: 100, ...part }],
  });

const placed = (orderId: number, day: string, cancelledAt: Instant | null = null): OrderSnapshot => {
  const at = moment(`${day}T10:00:00Z`);
  return order({
    ...{ orderId, instant: at, createdAt: at, updatedAt: cancelledAt ?? at, cancelledAt },
    lines: [line({ listMinor: 10_000 })],
  });
};

/** 100 points by a first order; the second one, at which a reward is taken, is cancelled a week later. */
const run = (document: ProgramDocument): Run =>
  playMember(
    { ...ground, document },
    {
      memberId: asId<MemberId>('ada'),
      labels: [],
      overrides: [],
      orders: [placed(1, '2026-10-01'), placed(2, '2026-10-10', moment('2026-10-17T10:00:00Z'))].map((snapshot) => ({
        storeId,
        snapshot,
      })),
    },
    { from: period.from, to: period.to, chance: 1 },
  );
const movesOf = ({ entries }: Run) => entries.map(({ kind, points }) => [kind, points]);

describe('a reward that is taken in a simulation', () => {
  test('comes back with its order when it is a code', () => {
    const played = run(withReward('amount_off', { amountMinor: 500 }));
    expect(movesOf(played)).toEqual([
      ['award', 100],
      ['redeem', -100],
      ['award', 100],
      ['return', 100],
      ['clawback', -100],
    ]);
    expect(played.taken).toMatchObject([{ rewardId: 'only', costMinor: 500, currency: 'EUR' }]);
  });
  test.each([
    ['donation', { amountMinor: 700, charity: 'Greenpeace' }, 700],
    ['experience', { question: words }, 0],
    ['pool_code', {}, 0],
    ['partner', { provider: 'cine', itemId: 'ticket', cost: { amountMinor: 900, currency: 'EUR' } }, 900],
  ] as const)('stays spent when it was given: %s', (kind, part, costMinor) => {
    const played = run(withReward(kind, part));
    expect(movesOf(played)).toEqual([
      ['award', 100],
      ['redeem', -100],
      ['award', 100],
      ['clawback', -100],
    ]);
    expect(played.taken).toMatchObject([{ rewardId: 'only', costMinor }]);
  });
  test('is taken off the lines that it is for, by what the shop says of their products', () => {
    const products = new Map([[`${storeId}|31`, { type: null, tags: [], collections: ['7'], saleVariants: [] }]]);
    const lines = { kind: 'collection', collectionIds: ['7'] };
    const cost = (document: ProgramDocument, known: typeof products) => {
      const member = { memberId: asId<MemberId>('ada'), labels: [], overrides: [] };
      const first = placed(1, '2026-10-01');
      const orders = [
        { storeId, snapshot: first },
        {
          storeId,
          snapshot: {
            ...placed(2, '2026-10-10'),
            lines: [
              line({ lineId: 1, productId: asId<PlatformId>('31'), listMinor: 2000 }),
              line({ lineId: 2, productId: asId<PlatformId>('32'), listMinor: 8000 }),
            ],
          },
        },
      ];
      const played = playMember(
        { ...ground, document, products: known },
        { ...member, orders },
        { from: period.from, to: period.to, chance: 1 },
      );
      return played.taken.map(({ costMinor }) => costMinor);
    };
    const half = { basisPoints: 5000 };
    expect(cost(withReward('percent_off', half), new Map())).toEqual([5000]);
    expect(cost(withReward('percent_off', { ...half, lines }), products)).toEqual([1000]);
    expect(cost(withReward('percent_off', { ...half, lines }), new Map())).toEqual([]);
    expect(cost(withReward('amount_off', { amountMinor: 2001, lines }), products)).toEqual([]);
    expect(cost(withReward('amount_off', { amountMinor: 2000, lines }), products)).toEqual([2000]);
  });
  test('costs what it costs in the money of the results only', () => {
    const costs = (currency: string) => {
      const document = withReward('donation', { amountMinor: 700, charity: 'Greenpeace', currency });
      const results = openResults({ published: document, draft: document }, period, 'EUR');
      results.add([], { published: run(document), draft: run(document) });
      return results.read().draft.reduce((sum, { costMinor }) => sum + costMinor, 0);
    };
    expect([costs('EUR'), costs('JPY')]).toEqual([700, 0]);
  });
});

describe('what a simulation adds up', () => {
  test('twelve local months to the one around the moment', () => {
    expect([period.months.length, period.months[0], period.months.at(-1)]).toEqual([12, '2025-12', '2026-11']);
    expect(period.from).toBe(moment('2025-11-30T23:00:00Z'));
    expect(period.ends.at(-1)).toBe(moment('2026-11-30T23:00:00Z'));
  });
  test.each([
    [-5001, 0],
    [-5000, 1],
    [-101, 3],
    [-100, 4],
    [0, 4],
    [100, 4],
    [101, 5],
    [5000, 7],
    [5001, 8],
  ])('a member with a difference of %s cents is in band %s of nine', (cents, band) => {
    const document = programDocumentSchema.parse({
      ...program(),
      rewards: [{ ...newReward('amount_off', 'cent', 'EUR'), enabled: true, points: 1, amountMinor: 1 }],
    });
    const results = openResults({ published: document, draft: document }, period, 'EUR');
    const given = (points: number): Run => {
      const [first] = run(document).entries;
      if (first === undefined) throw new Error('nothing was posted');
      return {
        memberId: asId<MemberId>('ada'),
        taken: [],
        tiers: [],
        entries: [{ ...first, points: points as never }],
      };
    };
    results.add([], { published: given(10_000), draft: given(10_000 + cents) });
    expect(results.read().bands.findIndex((count) => count === 1)).toBe(band);
    expect(bandLimits('EUR')).toHaveLength(8);
  });
  test('the draw is the same for the same text, and spread over what can be drawn', () => {
    const draws = Array.from({ length: 10_000 }, (_, index) => chanceOf(`member|store|${index}`));
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    expect(draws.filter((draw) => draw < 0.3).length / 10_000).toBeCloseTo(0.3, 1);
    expect(chanceOf('member|store|7')).toBe(draws[7]);
  });
});
