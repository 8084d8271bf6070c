import type { OrderFacts } from '../evaluation/facts';
import type { CustomerLabels } from '../evaluation/labels';
import type { Checkpoint } from '../evaluation/past';
import { lapseLots } from '../ledger/lapse';
import { openMemberBook, type MemberBook } from '../ledger/memberBook';
import { renews } from '../ledger/renew';
import { identityKey, identityOf } from '../orders/owner';
import type { OrderSnapshot } from '../orders/snapshot';
import { standsOn } from '../orders/winner';
import type { ProgramDocument } from '../program/document';
import type { Redemption } from '../redemptions/states';
import type { SoldVariant } from '../rewards/quote';
import { bundlesOf, type Bundle } from '../settlement/bundles';
import { evaluate } from '../settlement/evaluate';
import type { Grounds } from '../settlement/grounds';
import { ledgersNeeded } from '../settlement/ledgers';
import type {
  HistoryAsked,
  HistoryWanted,
  MemberHistory,
  OrderRecord,
  OrderToWrite,
  TierState,
} from '../settlement/records';
import { see } from '../settlement/see';
import { settle, type Settlement } from '../settlement/settle';
import type { TierOverride } from '../tiers/clock';
import type { EntryAward } from '../tiers/entryAwards';
import type { EntryId, MemberId, ProgramId, RedemptionId, StoreId } from '../values/ids';
import { instant, type Instant } from '../values/instant';
import { orderKeyText } from '../values/keys';
import { openShelf, type Shelf } from './shelf';
import type { PlayedOrder } from './timeline';

/** By what members are played: one version of the program, as if it had always been in force. */
export type PlayGround = {
  readonly programId: ProgramId;
  readonly document: ProgramDocument;
  /** The time zone of each store. */
  readonly zones: ReadonlyMap<StoreId, string>;
  /** What rules ask of products, by `productKeyText`; null: there is no such product. */
  readonly products: Grounds['products'];
  /** How the shop sells the products that rewards offer now, by variant: nobody knows what they cost then. */
  readonly sold: ReadonlyMap<string, SoldVariant>;
};

/** A member whose orders are played. */
export type PlayedMember = {
  readonly memberId: MemberId;
  readonly orders: readonly PlayedOrder[];
  readonly labels: readonly { readonly storeId: StoreId; readonly customers: readonly CustomerLabels[] }[];
  /** Tiers that staff gave, in the order in which they were given. */
  readonly overrides: readonly TierOverride[];
};

type PlayedRecord = OrderRecord & { readonly facts: OrderFacts | null; readonly isRemembered: boolean };

/** One member with everything that a database would hold of them. It changes while time goes on. */
export type Table = {
  readonly ground: PlayGround;
  readonly member: PlayedMember;
  readonly grounds: Grounds;
  readonly shelf: Shelf;
  readonly records: Map<string, PlayedRecord>;
  readonly redemptions: Map<RedemptionId, Redemption & { readonly programId: ProgramId }>;
  /** What was paid on entering tiers, by key. */
  readonly awards: Map<string, EntryAward>;
  readonly newId: () => EntryId;
  checkpoint: Checkpoint | null;
  tier: TierState | null;
};

// Whatever is played was in force before any order.
const always = instant(-8.64e15);

/** The version's number, for why entries exist. */
export const playedVersion = 1;

/** An empty table for a member. */
export const openTable = (ground: PlayGround, member: PlayedMember, newId: () => EntryId): Table => {
  const { programId, document } = ground;
  const versions = [{ version: playedVersion, publishedAt: always, document }];
  const stores = new Set(member.orders.map(({ storeId }) => storeId));
  const zoneOf = (storeId: StoreId): string => ground.zones.get(storeId) ?? document.timeZone;
  return {
    ground,
    member,
    grounds: {
      settings: new Map([...stores].map((storeId) => [storeId, { programId, zone: zoneOf(storeId), versions }])),
      versions: new Map([[programId, versions]]),
      products: ground.products,
      labels: new Map(),
    },
    shelf: openShelf(member.memberId),
    records: new Map(),
    redemptions: new Map(),
    awards: new Map(),
    newId,
    checkpoint: null,
    tier: null,
  };
};

/** The shop told states of orders, each when it happened; what they are worth by now is posted. */
export const tell = (table: Table, told: readonly (PlayedOrder & { readonly at: Instant })[], now: Instant): void => {
  const { programId } = table.ground;
  const messages = told.map(({ storeId, snapshot, at }) => ({
    receivedAt: at,
    store: { programId, storeId },
    snapshot: asTold(table, snapshot),
  }));
  settleHere(table, bundlesOf(messages, now), [], now);
};

/** Orders of before the time that is played: later ones may ask of them, but their points are not there. */
export const recall = (table: Table, told: readonly PlayedOrder[], now: Instant): void => {
  tell(
    table,
    told.map((order) => ({ ...order, at: now })),
    now,
  );
  table.shelf.empty();
};

/** Time goes on to a moment: lots lapse and tiers end at their own moments. */
export const goOn = (table: Table, to: Instant): void => {
  for (;;) {
    const lapses = table.shelf.nextChangeAt();
    const ends = table.tier?.nextChangeAt ?? null;
    if (lapses === null && ends === null) return;
    const next = instant(Math.min(lapses ?? Infinity, ends ?? Infinity));
    if (next > to) return;
    if (lapses !== null && lapses <= next) sweep(table, next);
    if (ends !== null && ends <= next) requalify(table, next);
  }
};

/** Opens the member's book, with everything that may renew lots. */
export const openBook = ({ ground, grounds, member, shelf, newId }: Table, now: Instant): MemberBook => {
  const { open, activities } = shelf.load([], () => 0);
  const versions = grounds.versions.get(ground.programId) ?? [];
  const renewal = renews(versions) ? { versions, activities, lapsed: [], zone: ground.document.timeZone } : null;
  return openMemberBook([{ memberId: member.memberId, cached: shelf.balance(), open, renewal }], now, newId);
};

const sweep = (table: Table, now: Instant): void => {
  const { shelf, member, newId } = table;
  const { policies, timeZone } = table.ground.document;
  const book = openMemberBook(
    [{ memberId: member.memberId, cached: shelf.balance(), open: shelf.openOf() }],
    now,
    newId,
  );
  const policy = policies.expiry.kind === 'none' ? 'after_months' : policies.expiry.kind;
  book.post(member.memberId, lapseLots(book.openOf(member.memberId) ?? shelf.openOf(), policy, timeZone, now, newId));
  shelf.write(book);
};

const requalify = (table: Table, now: Instant): void => {
  const { ground, member } = table;
  // What came before now stands: only the tier may change.
  settleHere(table, [], [{ programId: ground.programId, memberId: member.memberId, since: now }], now);
};

// The codes are those of rewards that were taken in the play. An order that names nobody any more stays the member's.
const asTold = ({ redemptions, member }: Table, snapshot: OrderSnapshot): OrderSnapshot => {
  const discountCodes = [...redemptions.values()].flatMap(({ code, usedOrderId }) =>
    usedOrderId === snapshot.orderId && code !== null ? [code] : [],
  );
  const isNobodys = snapshot.customerId === null && snapshot.emailHash === null;
  return { ...snapshot, discountCodes, emailHash: isNobodys ? member.memberId : snapshot.emailHash };
};

/** The three steps of settling, with this table in place of a database. */
const settleHere = (table: Table, batch: readonly Bundle[], asked: readonly HistoryAsked[], now: Instant): void => {
  const { ground, grounds, member, shelf, records, newId } = table;
  const identityKeys = batch.flatMap((bundle) =>
    bundle.snapshots.flatMap((snapshot) => {
      const identity = identityOf(bundle, snapshot);
      return identity === null ? [] : [identityKey(identity)];
    }),
  );
  const locked = {
    programId: ground.programId,
    memberId: member.memberId,
    cached: shelf.balance(),
    tier: table.tier?.tier ?? null,
    mergedInto: null,
    identityKeys,
  };
  const known = batch.flatMap((bundle) => records.get(orderKeyText(bundle)) ?? []);
  const labels = member.labels.map((one) => ({ memberId: member.memberId, ...one }));
  const sight = see({ batch, asked, labelled: [] }, { members: [locked], records: known, labels }, grounds, now);
  const histories = sight.histories.map((wanted) => historyOf(table, wanted));
  const evaluation = evaluate(sight, histories, newId);
  const codes = new Set(evaluation.codes.map(({ code }) => code));
  const redemptions = [...table.redemptions.values()]
    .filter(({ code }) => code !== null && codes.has(code))
    .map((redemption) => {
      const { spent, unpaid } = shelf.spentOn(redemption.id);
      return { redemption, spent, unpaid };
    });
  const needed = ledgersNeeded(sight, evaluation, redemptions);
  const forgivenOf = (order: Pick<OrderRecord, 'storeId' | 'orderId'>): number =>
    records.get(orderKeyText({ programId: ground.programId, storeId: order.storeId, orderId: order.orderId }))
      ?.forgivenLapsed ?? 0;
  const ledgers = needed.members.map(({ programId, memberId }) => {
    const { open, expired, activities, lapsed } = shelf.load(needed.orders, forgivenOf);
    return { programId, memberId, open, expired, activities, lapsed };
  });
  const expiredOfAwards = shelf.expiredOfAwards(needed.awards.flatMap(({ keys }) => keys));
  write(table, settle(sight, evaluation, { redemptions, ledgers, expiredOfAwards }, newId));
};

const write = (table: Table, { outcomes, checkpoints, tiers, book }: Settlement): void => {
  for (const fresh of checkpoints) table.checkpoint = fresh.checkpoint;
  for (const tier of tiers) {
    table.tier = tier;
    for (const award of tier.awards) table.awards.set(award.key, award);
  }
  table.shelf.write(book);
  for (const { order, uses } of outcomes) {
    table.records.set(orderKeyText(order), recordOf(order));
    for (const { id, state, usedOrderId, returned } of uses) {
      const redemption = table.redemptions.get(id);
      if (redemption !== undefined) table.redemptions.set(id, { ...redemption, state, usedOrderId, returned });
    }
  }
};

// Written out: copying it would cost more than what is done with it.
const recordOf = (order: OrderToWrite): PlayedRecord => ({
  programId: order.programId,
  storeId: order.storeId,
  orderId: order.orderId,
  memberId: order.memberId,
  newest: order.newest,
  settled: order.settled,
  owned: order.owned,
  context: order.context,
  finding: order.finding,
  entitlement: order.entitlement,
  posted: order.posted,
  seq: order.seq,
  forgivenLapsed: order.forgivenLapsed,
  erased: false,
  facts: order.facts,
  isRemembered: order.facts !== null,
});

const historyOf = (table: Table, { since }: HistoryWanted): MemberHistory => {
  const { ground, member, records, checkpoint: kept } = table;
  const holding = kept !== null && since !== null && kept.until < since ? kept : null;
  const mine = [...records.values()].filter((one) => holding === null || standsOn(one).instant > holding.until);
  const isInFull = (one: (typeof mine)[number]): boolean =>
    since === null || one.facts === null || standsOn(one).instant >= since;
  return {
    programId: ground.programId,
    memberId: member.memberId,
    orders: mine.filter(isInFull),
    remembered: mine.flatMap((one) => (isInFull(one) ? [] : (one.facts ?? []))),
    checkpoint: kept === null ? null : { holding },
    overrides: member.overrides,
    awards: [...table.awards.values()],
  };
};
