import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import type { TierChange } from '~/core/tiers/clock';
import { playMember } from '~/core/simulation/play';
import { timelineOf } from '~/core/simulation/timeline';
import { canonicalJson } from '~/core/values/canonicalJson';
import { asId, type MemberId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { tierChangesOf } from '~/db/tiers';
import { overridesOfMembers } from '~/features/simulation/db/playedMembers';
import { uuidv7 } from '~/process/uuid';
import { matureMembers } from '~/usecases/matureMembers';
import { overrideTier } from '~/usecases/overrideTier';
import { requalifyMembers } from '~/usecases/requalifyMembers';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { bonus, line, order, program, refund } from 'test/support/builders';
import { openWorld, type Tenant, type World } from 'test/support/world';

const day = 86_400_000;
const begin = instant(Date.parse('2025-01-10T10:00:00Z'));
const end = instant(Date.parse('2027-06-01T00:00:00Z'));

const level = (id: string, threshold: number, times: number, entryPoints: number | null) => ({
  id,
  name: { en: id, it: id, de: id, fr: id, es: id },
  threshold,
  entryPoints,
  perks: [{ kind: 'multiply' as const, basisPoints: times }],
});

const tiers = (
  metric: 'spend' | 'points' | 'orders',
  window: { kind: 'calendar_year' } | { kind: 'rolling_months'; months: number },
) => ({
  metric,
  currency: 'EUR',
  window,
  levels:
    metric === 'orders'
      ? [level('silver', 2, 12_000, 30), level('gold', 4, 15_000, 70)]
      : [
          level('silver', metric === 'spend' ? 8000 : 80, 12_000, 30),
          level('gold', metric === 'spend' ? 20_000 : 220, 15_000, 70),
        ],
});

const documents: readonly ProgramDocument[] = [
  program({ policies: { expiry: { kind: 'after_months', months: 6, endOfMonth: true } } }),
  program({ policies: { expiry: { kind: 'inactivity_months', months: 3 } }, earning: { holdDays: 14 } }),
  program({ tiers: tiers('spend', { kind: 'rolling_months', months: 4 }), earning: { holdDays: 3 } }),
  program({
    tiers: tiers('points', { kind: 'calendar_year' }),
    policies: { expiry: { kind: 'on_date', day: '2026-03-31' } },
  }),
  program({
    tiers: tiers('orders', { kind: 'rolling_months', months: 6 }),
    policies: { expiry: { kind: 'inactivity_months', months: 5 }, clawback: 'clamp' },
    earning: {
      caps: { perOrder: 90, perDay: 120, perMonth: 200, lifetime: 900 },
      bonuses: [bonus({ id: 'first', points: 25, conditions: [{ kind: 'order_number', numbers: [1, 3] }] })],
    },
  }),
];

/** Orders of one customer over a year and a half, with refunds and cancellations of their own times. */
const histories = fc.array(
  fc.record({
    day: fc.integer({ min: 0, max: 540 }),
    lines: fc.array(fc.record({ minor: fc.integer({ min: 1, max: 9000 }), units: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    refundedAfter: fc.option(fc.integer({ min: 1, max: 90 }), { nil: null }),
    cancelledAfter: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null, freq: 4 }),
    paid: fc.constantFrom('paid' as const, 'paid' as const, 'paid' as const, 'pending' as const),
  }),
  { minLength: 1, maxLength: 9 },
);
type History = typeof histories extends fc.Arbitrary<infer Of> ? Of : never;

const snapshotsOf = (history: History): readonly OrderSnapshot[] =>
  history.map(({ day: placed, lines, refundedAfter, cancelledAfter, paid }, index) => {
    const at = instant(begin + placed * day + index * 1000);
    const back = refundedAfter === null || paid === 'pending' ? null : instant(at + refundedAfter * day);
    const off = cancelledAfter === null ? null : instant(at + cancelledAfter * day + 5000);
    return order({
      orderId: 5000 + index,
      instant: at,
      createdAt: at,
      updatedAt: instant(Math.max(at, back ?? 0, off ?? 0)),
      cancelledAt: off,
      financialStatus: back === null ? paid : 'partially_refunded',
      lines: lines.map(({ minor, units }, n) =>
        line({
          lineId: n + 1,
          listMinor: minor * units,
          quantity: units,
          currentQuantity: n === 0 && back !== null ? units - 1 : units,
        }),
      ),
      refunds: back === null ? [] : [refund({ refundId: index + 1, at: back, lines: [[1, 1]] })],
    });
  });

/** Tiers that staff gave or took, some for a time. */
const gifts = fc.array(
  fc.record({
    day: fc.integer({ min: 0, max: 540 }),
    tierId: fc.constantFrom('silver', 'gold', null),
    days: fc.option(fc.integer({ min: 1, max: 200 }), { nil: null }),
  }),
  { maxLength: 3 },
);

type Line = { readonly kind: string; readonly points: number; readonly forgiven: number; readonly key: string };
type Posted = Line & { readonly id: string; readonly at: number; readonly why: unknown };

/** Entries by what they say, whatever ids lots and entries got. */
const said = (entries: readonly Posted[]): readonly string[] => {
  const names = new Map(entries.map(({ id, key }) => [id, key]));
  const named = (key: string): string =>
    key.replace(/^(?:expire|revive):(.+):\d+$/, (whole: string, lot: string) =>
      whole.replace(lot, names.get(lot) ?? lot),
    );
  return entries
    .map(({ kind, points, forgiven, key, at, why }) =>
      canonicalJson({ kind, points, forgiven, key: named(key), at, why }),
    )
    .sort();
};

/** Settles the states of orders in time order, and in between has staff give tiers, once there is a member. */
const settled = async (
  { deps, store, settle }: Tenant,
  snapshots: readonly OrderSnapshot[],
  given: readonly { readonly day: number; readonly tierId: string | null; readonly days: number | null }[],
) => {
  const { prisma } = deps.database;
  const { programId } = store;
  const sweep = async (now: Instant): Promise<void> => {
    while ((await matureMembers(deps, now)) > 0);
    while ((await requalifyMembers(deps, now)) > 0);
  };
  const give = async (at: Instant, tierId: string | null, until: Instant | null): Promise<void> => {
    const member = await prisma.member.findFirst({ where: { programId } });
    if (member === null) return;
    const wish = { id: uuidv7(), memberId: asId<MemberId>(member.id), tierId, until, reason: 'a guest', by: 'staff:1' };
    expect(await overrideTier(deps, programId, wish, at)).toMatchObject({ ok: true });
  };
  const told = timelineOf(
    snapshots.map((one) => ({ storeId: store.storeId, snapshot: one })),
    end,
  ).map(({ snapshot, at }) => ({ at, happen: () => settle([snapshot], at) }));
  // Half a second away from any order.
  const gave = given.map(({ day: placed, tierId, days }) => {
    const at = instant(begin + placed * day + 500);
    return { at, happen: () => give(at, tierId, days === null ? null : instant(at + days * day)) };
  });
  for (const { at, happen } of [...told, ...gave].sort((one, other) => one.at - other.at)) {
    await sweep(at);
    await happen();
  }
  await sweep(end);
  const member = await prisma.member.findFirstOrThrow({ where: { programId } });
  const memberId = asId<MemberId>(member.id);
  const entries = (await prisma.entry.findMany({ where: { programId } })).map((row): Posted => ({
    ...{ id: row.id, kind: row.kind, points: Number(row.points), forgiven: Number(row.forgiven), key: row.key },
    at: row.occurredAt.getTime(),
    why: row.why,
  }));
  const tierChanges = [...(await tierChangesOf(prisma, programId, memberId, 1000))].reverse();
  const overrides = (await overridesOfMembers(prisma, programId, [memberId])).get(memberId) ?? [];
  return { memberId, entries, tierChanges, overrides };
};

// The first one is of the moment of the version, which is another one in a play.
const isLater = ({ cause }: TierChange): boolean => cause !== 'start';

describe('a simulation without redemptions', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld('embedded')));
  afterAll(() => world?.close());

  test('posts what settling the same states in time order posts, entry by entry', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.constantFrom(...documents), gifts, async (history, document, given) => {
        const snapshots = snapshotsOf(history);
        const tenant = await world.tenant({ document, publishedAt: instant(Date.parse('2020-01-01T00:00:00Z')) });
        const real = await settled(tenant, snapshots, document.tiers === null ? [] : given);
        const { programId, storeId } = tenant.store;
        const run = playMember(
          { programId, document, zones: new Map([[storeId, 'Europe/Rome']]), products: new Map(), sold: new Map() },
          {
            memberId: real.memberId,
            orders: snapshots.map((snapshot) => ({ storeId, snapshot })),
            labels: [],
            overrides: real.overrides,
          },
          { from: begin, to: end, chance: 0 },
        );
        const played = run.entries.map((entry): Posted => ({
          ...{ id: entry.id, kind: entry.kind, points: entry.points, forgiven: entry.forgiven, key: entry.key },
          at: entry.occurredAt,
          why: entry.why,
        }));
        expect(said(played)).toEqual(said(real.entries));
        expect(run.tiers.filter(isLater)).toEqual(real.tierChanges.filter(isLater));
      }),
      { numRuns: 120, seed: 20261126 },
    );
  }, 240_000);
});
