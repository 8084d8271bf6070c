import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareOrders, type OrderFacts } from '~/core/evaluation/facts';
import { checkpointAt, startPast, type Checkpoint, type HistoryLimits } from '~/core/evaluation/past';
import { customerIdentity, identityKey } from '~/core/orders/owner';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { standsOn } from '~/core/orders/winner';
import type { ProgramVersion } from '~/core/program/versions';
import { bundlesOf } from '~/core/settlement/bundles';
import { evaluate } from '~/core/settlement/evaluate';
import type { Grounds } from '~/core/settlement/grounds';
import type { HistoryAsked, HistoryWanted, MemberHistory, OrderRecord, TierState } from '~/core/settlement/records';
import { see } from '~/core/settlement/see';
import type { TierOverride } from '~/core/tiers/clock';
import type { EntryAward } from '~/core/tiers/entryAwards';
import { asId, type MemberId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { bonus, inForce, line, order, program, refund } from 'test/support/builders';
import { ids } from 'test/support/ledger';

const programId = asId<ProgramId>('program');
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const beginning = Date.parse('2025-01-20T09:00:00Z');
const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
const id = (number: number): PlatformId => asId<PlatformId>(String(number));
const stores = [
  { storeId: asId<StoreId>('rome'), zone: 'Europe/Rome' },
  { storeId: asId<StoreId>('tokyo'), zone: 'Asia/Tokyo' },
];
const members = [1, 2].map((number) => asId<MemberId>(`member ${number}`));

const levels = (silver: number) => [
  { id: 'base', name, threshold: 0 },
  { id: 'silver', name, threshold: silver, entryPoints: 100 },
  { id: 'gold', name, threshold: silver * 3, entryPoints: 300 },
];
const metrics = { spend: 6000, points: 80, orders: 4 };
const windows = [
  { kind: 'lifetime' as const },
  { kind: 'calendar_year' as const },
  { kind: 'rolling_months' as const, months: 2 },
];
const documents = fc
  .record({
    metric: fc.constantFrom('spend' as const, 'points' as const, 'orders' as const),
    window: fc.constantFrom(...windows),
    keep: fc.constantFrom(
      { kind: 'none' as const },
      { kind: 'months' as const, months: 1 },
      { kind: 'window' as const },
    ),
    requalify: fc.constantFrom('drop_to_qualified' as const, 'one_level' as const),
    hasTiers: fc.constantFrom(true, true, true, false),
    perDay: fc.constantFrom(null, 50),
    contextFinalDays: fc.constantFrom(30, 365),
  })
  .map(({ hasTiers, perDay, contextFinalDays, ...tiers }) =>
    program({
      earning: {
        caps: { perDay, perMonth: 400, lifetime: 2000 },
        bonuses: [
          bonus({ id: 'third', points: 7, conditions: [{ kind: 'order_number', numbers: [1, 3, 5, 8, 13] }] }),
          ...(hasTiers
            ? [bonus({ id: 'silver', times: 2, conditions: [{ kind: 'tier', tierIds: ['silver', 'gold'] }] })]
            : []),
        ],
      },
      policies: { contextFinalDays },
      tiers: hasTiers ? { ...tiers, currency: 'EUR', levels: levels(metrics[tiers.metric]) } : null,
    }),
  );

/** What is kept of members: all that settling reads of their histories. */
type Table = {
  readonly limits: HistoryLimits;
  readonly orders: Map<string, OrderRecord & { readonly facts: OrderFacts | null }>;
  readonly checkpoints: Map<MemberId, { readonly version: number; readonly checkpoint: Checkpoint }>;
  readonly tiers: Map<MemberId, Pick<TierState, 'tier' | 'nextChangeAt' | 'changes'>>;
  readonly awards: Map<MemberId, readonly EntryAward[]>;
};
const tableOf = (limits: HistoryLimits): Table => ({
  limits,
  orders: new Map(),
  checkpoints: new Map(),
  tiers: new Map(),
  awards: new Map(),
});

/** What is the same however it is kept. */
type Life = {
  now: Instant;
  versions: readonly ProgramVersion[];
  merged: boolean;
  readonly overrides: Map<MemberId, readonly TierOverride[]>;
};
const groundsOf = ({ versions }: Life): Grounds => ({
  settings: new Map(stores.map(({ storeId, zone }) => [storeId, { programId, zone, versions }])),
  versions: new Map([[programId, versions]]),
  products: new Map(),
  labels: new Map(),
});
const ownerOf = ({ merged }: Life, customer: number): MemberId =>
  members[merged ? 0 : customer - 1] ?? asId<MemberId>('nobody');

const historyOf = (table: Table, { overrides }: Life, asked: HistoryWanted): MemberHistory => {
  const { memberId, since, version } = asked;
  const kept = table.checkpoints.get(memberId);
  const holds = kept !== undefined && since !== null && kept.checkpoint.until < since && kept.version === version;
  const holding = holds ? kept.checkpoint : null;
  const mine = [...table.orders.values()].filter(
    (one) => one.memberId === memberId && (holding === null || standsOn(one).instant > holding.until),
  );
  const inFull = (one: (typeof mine)[number]) => since === null || one.facts === null || standsOn(one).instant >= since;
  return {
    programId,
    memberId,
    orders: mine.filter(inFull).map((one) => ({ ...one, isRemembered: one.facts !== null })),
    remembered: mine.flatMap((one) => (inFull(one) ? [] : (one.facts ?? []))),
    checkpoint: kept === undefined ? null : { holding },
    overrides: overrides.get(memberId) ?? [],
    awards: table.awards.get(memberId) ?? [],
  };
};

const settleIn = (
  table: Table,
  life: Life,
  snapshots: readonly { readonly storeId: StoreId; readonly snapshot: OrderSnapshot }[],
  asked: readonly HistoryAsked[],
  counts: { held: number; outdated: number },
): void => {
  const batch = bundlesOf(
    snapshots.map(({ storeId, snapshot }) => ({ store: { programId, storeId }, snapshot })),
    life.now,
  );
  const locked = members.map((memberId, index) => ({
    programId,
    memberId,
    cached: { available: 0, pending: 0, debt: 0, nextChangeAt: null } as never,
    tier: null,
    mergedInto: null,
    identityKeys: [1, 2]
      .filter((customer) => ownerOf(life, customer) === members[index])
      .flatMap((customer) =>
        stores.map(({ storeId }) => identityKey(customerIdentity(programId, storeId, id(customer)))),
      ),
  }));
  const records = batch.flatMap(({ orderId }) => table.orders.get(orderId) ?? []);
  const sight = see(
    { batch, asked, labelled: [] },
    { members: locked, records, labels: [] },
    groundsOf(life),
    life.now,
  );
  const histories = sight.histories.map((one) => historyOf(table, life, one));
  for (const { checkpoint } of histories) {
    if (checkpoint?.holding != null) counts.held += 1;
    if (checkpoint?.holding === null) counts.outdated += 1;
  }
  const { orders, tiers, checkpoints } = evaluate({ ...sight, limits: table.limits }, histories, ids());
  for (const one of orders) {
    const { storeId, orderId, memberId, kept, context, finding, worth, facts } = one;
    const ledger = { entitlement: worth.points, posted: worth.points, seq: 1, forgivenLapsed: 0, erased: false };
    table.orders.set(orderId, { programId, storeId, orderId, memberId, ...kept, context, finding, facts, ...ledger });
  }
  for (const { memberId, tier, nextChangeAt, changes, awards, undue } of tiers) {
    table.tiers.set(memberId, { tier, nextChangeAt, changes });
    const fresh = [...awards, ...undue.map((one) => ({ ...one, points: 0, seq: one.seq + 1 }))];
    const isOld = (one: EntryAward) =>
      !fresh.some(({ tierId, period }) => tierId === one.tierId && period === one.period);
    table.awards.set(memberId, [...(table.awards.get(memberId) ?? []).filter(isOld), ...fresh]);
  }
  for (const { memberId, version, checkpoint } of checkpoints)
    if (checkpoint === null) table.checkpoints.delete(memberId);
    else table.checkpoints.set(memberId, { version, checkpoint });
};

const happenings = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      customer: fc.constantFrom(1, 1, 1, 2),
      store: fc.nat(1),
      late: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(90 * 24) }),
      minor: fc.constantFrom(1000, 2500, 7000),
      financialStatus: fc.constantFrom('paid' as const, 'paid' as const, 'pending' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      which: fc.nat(100),
      after: fc.nat(60 * 24),
      what: fc.constantFrom('cancelled', 'part', 'refunded', 'voided', 'paid', 'moved', 'earlier'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('looked at' as const), from: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('published' as const), document: documents, same: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('given' as const),
      tierId: fc.constantFrom(null, 'silver', 'gold'),
      days: fc.option(fc.nat(90)),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'merged' as const }) },
);
type Happening = typeof happenings extends fc.Arbitrary<infer Of> ? Of : never;

const changed = (
  before: OrderSnapshot,
  { what, after }: Extract<Happening, { readonly kind: 'change' }>,
  now: Instant,
): OrderSnapshot => {
  const at = instant(Math.min(now, before.instant + after * hourMs));
  const one = { ...before, updatedAt: now };
  const refunds = [...before.refunds, refund({ refundId: before.refunds.length + 1, at, adjustmentMinor: -500 })];
  switch (what) {
    case 'cancelled':
      return { ...one, cancelledAt: at };
    case 'part':
      return { ...one, financialStatus: 'partially_refunded', refunds };
    case 'refunded':
      return { ...one, financialStatus: 'refunded', refunds };
    case 'voided':
      return { ...one, financialStatus: 'voided' };
    case 'moved':
      return { ...one, customerId: before.customerId === id(1) ? id(2) : id(1) };
    case 'earlier':
      return { ...one, instant: instant(before.instant - after * hourMs) };
    default:
      return { ...one, financialStatus: 'paid' };
  }
};

/** What comes in: snapshots, and members who are looked at again. */
const comesOf = (
  happening: Happening,
  life: Life,
  placed: Map<string, { storeId: StoreId; snapshot: OrderSnapshot }>,
) => {
  const nothing = { snapshots: [], asked: [] as readonly HistoryAsked[] };
  const everybody = (since: Instant | null) => ({
    ...nothing,
    asked: members.slice(0, life.merged ? 1 : 2).map((memberId) => ({ programId, memberId, since })),
  });
  switch (happening.kind) {
    case 'order': {
      const { customer, store, late, minor, financialStatus } = happening;
      const moment = instant(life.now - late * hourMs);
      const snapshot = order({
        ...{ orderId: 1000 + placed.size, customerId: id(customer), financialStatus },
        ...{ instant: moment, createdAt: moment, updatedAt: life.now, lines: [line({ listMinor: minor })] },
      });
      const one = { storeId: stores[store]?.storeId ?? asId<StoreId>('none'), snapshot };
      placed.set(snapshot.orderId, one);
      return { ...nothing, snapshots: [one] };
    }
    case 'change': {
      const before = [...placed.values()].at(-1 - (happening.which % Math.max(1, placed.size)));
      if (before === undefined) return nothing;
      const one = { ...before, snapshot: changed(before.snapshot, happening, life.now) };
      placed.set(one.snapshot.orderId, one);
      return { ...nothing, snapshots: [one] };
    }
    case 'looked at':
      return everybody(happening.from ? null : life.now);
    case 'published': {
      const newest = life.versions.at(-1);
      if (newest === undefined || life.versions.length > 3) return nothing;
      const tiers = happening.same ? newest.document.tiers : happening.document.tiers;
      life.versions = [...life.versions, inForce(life.now, { ...happening.document, tiers }, newest.version + 1)];
      return everybody(life.now);
    }
    case 'given': {
      const [memberId = asId<MemberId>('nobody')] = members;
      const until = happening.days === null ? null : instant(life.now + happening.days * dayMs);
      life.overrides.set(memberId, [
        ...(life.overrides.get(memberId) ?? []),
        { tierId: happening.tierId, from: life.now, until },
      ]);
      return everybody(life.now);
    }
    case 'merged':
      life.merged = true;
      return everybody(null);
  }
};

const merge = ({ orders, checkpoints, awards, tiers }: Table): void => {
  const [kept = asId<MemberId>('nobody'), gone = asId<MemberId>('nobody')] = members;
  for (const [key, one] of orders) if (one.memberId === gone) orders.set(key, { ...one, memberId: kept });
  const before = awards.get(kept) ?? [];
  const others = (awards.get(gone) ?? []).filter(
    (one) => !before.some(({ tierId, period }) => tierId === one.tierId && period === one.period),
  );
  awards.set(kept, [...before, ...others]);
  awards.delete(gone);
  tiers.delete(gone);
  for (const member of members) checkpoints.delete(member);
};

/** The checkpoint of a member as all facts before it give it. */
const madeAnew = ({ orders }: Table, life: Life, memberId: MemberId, until: Instant): Checkpoint | null => {
  const past = startPast(life.versions, life.overrides.get(memberId) ?? [], { keptAt: until });
  const facts = [...orders.values()].flatMap((one) => (one.memberId === memberId ? (one.facts ?? []) : []));
  for (const fact of facts.filter((one) => one.instant <= until).sort(compareOrders)) {
    past.advance(fact.instant);
    past.learn(fact);
  }
  past.advance(instant(until + 1));
  return past.checkpoint();
};

const comparable = ({ orders, tiers, awards }: Table) => ({
  orders: Object.fromEntries(orders),
  tiers: Object.fromEntries(tiers),
  awards: Object.fromEntries(awards),
});

test('a history that goes on from a checkpoint is the one that reads everything, whatever comes', () => {
  const counts = { held: 0, outdated: 0 };
  const risen = new Set<string>();
  fc.assert(
    fc.property(
      documents,
      fc.array(fc.tuple(fc.oneof(fc.nat(40), fc.nat(24 * 40)), happenings), { minLength: 10, maxLength: 40 }),
      (document, story) => {
        const versions = [inForce(instant(beginning), document)];
        const life: Life = { now: instant(beginning), versions, merged: false, overrides: new Map() };
        const placed = new Map<string, { storeId: StoreId; snapshot: OrderSnapshot }>();
        const [short, long] = [tableOf({ most: 3, left: 1 }), tableOf({ most: Infinity, left: 0 })];
        for (const [hours, happening] of story) {
          life.now = instant(life.now + hours * hourMs);
          if (happening.kind === 'merged' && !life.merged) for (const table of [short, long]) merge(table);
          const { snapshots, asked } = comesOf(happening, life, placed);
          settleIn(long, life, snapshots, asked, { held: 0, outdated: 0 });
          settleIn(short, life, snapshots, asked, counts);
          expect(comparable(short)).toEqual(comparable(long));
          for (const [memberId, { version, checkpoint }] of short.checkpoints)
            if (version === life.versions.at(-1)?.version)
              expect(checkpoint).toEqual(madeAnew(long, life, memberId, checkpoint.until));
        }
        for (const { tier } of short.tiers.values()) if (tier !== null) risen.add(tier);
        expect(long.checkpoints.size).toBe(0);
      },
    ),
    { numRuns: Number(process.env.FIDELIO_TEST_TIMES ?? 1) * 250 },
  );
  expect(counts.held, 'checkpoints are met').toBeGreaterThan(600);
  expect(counts.outdated, 'and outdated').toBeGreaterThan(200);
  expect([...risen].sort()).toEqual(['base', 'gold', 'silver']);
});

test('a checkpoint is worth keeping of many orders only, and never before the tiers were as they are', () => {
  const placed = Array.from({ length: 10 }, (_, index) => instant(beginning + ((index * 7) % 10) * dayMs));
  const tiers = { metric: 'orders' as const, currency: 'EUR', window: windows[0] ?? { kind: 'lifetime' as const } };
  const [before, after] = [4, 5].map((silver) => program({ tiers: { ...tiers, levels: levels(silver) } }));
  if (before === undefined || after === undefined) throw new Error('two programs');
  const first = inForce(instant(beginning), before);
  expect(checkpointAt(placed, [first], { most: 10, left: 2 })).toBeNull();
  expect(checkpointAt(placed, [first], { most: 9, left: 2 })).toBe(beginning + 7 * dayMs);
  const same = inForce(instant(beginning + 8 * dayMs), program({ rate: [2, 100], tiers: before.tiers }), 2);
  expect(checkpointAt(placed, [first, same], { most: 9, left: 2 })).toBe(beginning + 7 * dayMs);
  const other = inForce(instant(beginning + 8 * dayMs), after, 2);
  const again = inForce(instant(beginning + 9 * dayMs), after, 3);
  expect(checkpointAt(placed, [first, other, again], { most: 9, left: 2 })).toBe(beginning + 8 * dayMs);
});
