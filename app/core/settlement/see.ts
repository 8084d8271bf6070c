import { asksOfLines, asksOfProducts, freezeLines } from '../earning/frozenLines';
import type { OrderContext } from '../earning/context';
import { contextAt } from '../evaluation/context';
import { lastingContext } from '../evaluation/history';
import type { CustomerLabels } from '../evaluation/labels';
import { historyLimits, type HistoryLimits } from '../evaluation/past';
import { customerIdentity, identityKey, identityOf } from '../orders/owner';
import { redactSnapshot } from '../orders/redact';
import type { OrderSnapshot } from '../orders/snapshot';
import { keepSnapshot, standsOn, type KeptSnapshots } from '../orders/winner';
import type { MemberId, ProgramId, StoreId } from '../values/ids';
import { instant, type Instant } from '../values/instant';
import {
  memberKeyText,
  orderKeyText,
  productKeyText,
  type CustomerKey,
  type MemberKey,
  type OrderKey,
} from '../values/keys';
import { invariant } from '../values/result';
import type { Bundle } from './bundles';
import { hasHistory, hasLabels, labelsKey, type Grounds } from './grounds';
import type { HistoryAsked, HistoryWanted, LockedMember, OrderRecord } from './records';

/**
 * What is settled together: orders of which something came, members to be looked at again, customers whose labels were
 * just read.
 */
export type Work = {
  readonly batch: readonly Bundle[];
  readonly asked: readonly HistoryAsked[];
  readonly labelled: readonly CustomerKey[];
};

/** What was locked for a work, and read under the locks. */
export type Locked = {
  readonly members: readonly LockedMember[];
  /** Of the batch's orders those that are known. */
  readonly records: readonly OrderRecord[];
  /** The labels of those locked members whose programs ask for them. */
  readonly labels: readonly {
    readonly memberId: MemberId;
    readonly storeId: StoreId;
    readonly customers: readonly CustomerLabels[];
  }[];
};

/** An order in its newest state, before it is said what it is worth. */
export type Seen = OrderKey & {
  readonly record: OrderRecord | null;
  readonly kept: KeptSnapshots;
  /** The version that applies, and what is frozen of its context. */
  readonly base: OrderContext | null;
  readonly zone: string;
  /** The member's labels in the store; null where they are not known. */
  readonly labels: readonly CustomerLabels[] | null;
  /** Whose order it is now. */
  readonly memberId: MemberId | null;
  readonly at: Instant;
  /** Whether anything about it is new. */
  readonly isNew: boolean;
};

/** The orders of a work in their newest states, and the members whose histories have to be read to judge them. */
export type Sight = {
  readonly grounds: Grounds;
  readonly members: readonly LockedMember[];
  readonly seen: readonly Seen[];
  /** As of when a member is judged. */
  readonly momentOf: (member: MemberKey) => Instant;
  readonly now: Instant;
  /** To be read for the next step. */
  readonly histories: readonly HistoryWanted[];
  readonly limits: HistoryLimits;
};

/**
 * The first step of settling: puts what messages brought together with what was known. `read` are the grounds without
 * labels, which were read under the locks. Throws when an order is of an unknown store.
 */
export const see = ({ batch, asked, labelled }: Work, locked: Locked, read: Grounds, now: Instant): Sight => {
  const { members } = locked;
  const owners = new Map(members.flatMap(({ memberId, identityKeys }) => identityKeys.map((key) => [key, memberId])));
  const labels = locked.labels.map(
    ({ memberId, storeId, customers }) => [labelsKey(memberId, storeId), customers] as const,
  );
  const grounds = { ...read, labels: new Map(labels) };
  const records = new Map(locked.records.map((record) => [orderKeyText(record), record]));
  const seen = batch.map((bundle) => seeOrder(bundle, records.get(orderKeyText(bundle)) ?? null, grounds, owners));
  const histories = historiesAsked(seen, [...asked, ...ownersOf(labelled, owners)], grounds);
  return { grounds, members, seen, momentOf: momentsOf(seen, now), now, histories, limits: historyLimits };
};

// Orders that were settled before the customer's labels were read are derived again with them.
const ownersOf = (labelled: readonly CustomerKey[], owners: ReadonlyMap<string, MemberId>): readonly HistoryAsked[] =>
  labelled.flatMap(({ programId, storeId, customerId }) => {
    const memberId = owners.get(identityKey(customerIdentity(programId, storeId, customerId)));
    return memberId === undefined ? [] : [{ programId, memberId, since: null }];
  });

// Whose orders depend on each other are derived anew since the earliest moment at which something changed.
const historiesAsked = (
  seen: readonly Seen[],
  asked: readonly HistoryAsked[],
  grounds: Grounds,
): readonly HistoryWanted[] => {
  const members = new Map<string, HistoryAsked>();
  for (const member of asked)
    if (hasHistory(grounds, member.programId) || hasLabels(grounds, member.programId)) ask(members, member);
  for (const { programId, memberId, kept, record, isNew } of seen) {
    if (!isNew || !hasHistory(grounds, programId)) continue;
    const since = instant(Math.min(standsOn(kept).instant, record === null ? Infinity : standsOn(record).instant));
    for (const id of [memberId, record?.memberId ?? null])
      if (id !== null) ask(members, { programId, memberId: id, since });
  }
  return [...members.values()].map(({ programId, memberId, since }) => ({
    programId,
    memberId,
    since,
    version: grounds.versions.get(programId)?.at(-1)?.version ?? 0,
  }));
};

// Of two moments since which a member's orders are derived, the earlier one; null is before all.
const ask = (members: Map<string, HistoryAsked>, asked: HistoryAsked): void => {
  const key = memberKeyText(asked);
  const before = members.get(key);
  const since =
    before?.since === null || asked.since === null ? null : instant(Math.min(asked.since, before?.since ?? Infinity));
  members.set(key, { ...asked, since });
};

/**
 * By when each member is judged: the moment at which the newest message about one of the member's orders came, else
 * now.
 */
const momentsOf = (seen: readonly Seen[], now: Instant): ((member: MemberKey) => Instant) => {
  const moments = new Map<string, Instant>();
  for (const { programId, memberId, record, at } of seen) {
    for (const id of [memberId, record?.memberId ?? null]) {
      if (id === null) continue;
      const key = memberKeyText({ programId, memberId: id });
      moments.set(key, instant(Math.max(at, moments.get(key) ?? -Infinity)));
    }
  }
  return (member) => moments.get(memberKeyText(member)) ?? now;
};

// Whose the order is was found when the state that says so came; it is not asked again, who it names may have been
// merged since. Another state of the same guest says nothing new either: an account may have claimed the order, and the
// address may be another's by now. Whose customer was erased stays with its member.
const ownerOf = (
  bundle: Bundle,
  owned: OrderSnapshot,
  record: OrderRecord | null,
  owners: ReadonlyMap<string, MemberId>,
): MemberId | null => {
  if (record !== null && (owned === record.owned || record.erased)) return record.memberId;
  if (record !== null && owned.customerId === null && record.owned.emailHash === owned.emailHash)
    return record.memberId;
  const identity = identityOf(bundle, owned);
  return identity === null ? null : (owners.get(identityKey(identity)) ?? null);
};

// Whose customer was erased keeps of a further message what the ledger needs, and of its codes those that are known as
// ours.
const withoutErased = ({ snapshots }: Bundle, record: OrderRecord | null): readonly OrderSnapshot[] => {
  if (record?.erased !== true) return snapshots;
  const codes = new Set(record.newest.discountCodes.map((code) => code.toUpperCase()));
  return snapshots.map((snapshot) =>
    redactSnapshot(snapshot, record.memberId !== null, (code) => codes.has(code.toUpperCase())),
  );
};

/** Puts what messages brought together with what was known of an order; `owners` are members by `identityKey`. */
export const seeOrder = (
  bundle: Bundle,
  record: OrderRecord | null,
  grounds: Grounds,
  owners: ReadonlyMap<string, MemberId>,
): Seen => {
  const { programId, storeId, orderId, at } = bundle;
  const place = grounds.settings.get(storeId);
  invariant(place !== undefined, `the store ${storeId} does not exist`);
  const kept = withoutErased(bundle, record).reduce<KeptSnapshots | null>(
    keepSnapshot,
    record === null ? null : record,
  );
  invariant(kept !== null, 'an order without a snapshot');
  const { instant: moment } = standsOn(kept);
  const context = bundle.withdrawn === true && record?.context?.via === 'backfill' ? null : (record?.context ?? null);
  const known = lastingContext(context, moment, grounds.versions.get(programId) ?? [], at);
  const version = contextAt(known, moment, place.versions, bundle.backfillVersion);
  const lines = record?.context?.lines;
  const frozen = version === null || known !== null || lines === undefined ? version : { ...version, lines };
  const states = [
    kept.newest,
    standsOn(kept),
    ...(record === null ? [] : [record.newest, standsOn(record)]),
    ...bundle.snapshots,
  ];
  const base = withLines(frozen, states, storeId, grounds, programId);
  const memberId = ownerOf(bundle, kept.owned, record, owners);
  const same =
    record !== null && kept.newest === record.newest && kept.settled === record.settled && kept.owned === record.owned;
  const isNew = !same || base !== record.context || memberId !== record.memberId;
  const labels = labelsOf(grounds, memberId, storeId);
  return { programId, storeId, orderId, record, kept, base, zone: place.zone, labels, memberId, at, isNew };
};

/** The order as it is known, for a member whose orders are derived anew. */
export const knownOrder = (record: OrderRecord, grounds: Grounds, at: Instant): Seen => {
  const { programId, storeId, orderId, memberId, context } = record;
  const zone = grounds.settings.get(storeId)?.zone;
  invariant(zone !== undefined, `the store ${storeId} does not exist`);
  const labels = labelsOf(grounds, memberId, storeId);
  return { programId, storeId, orderId, record, kept: record, base: context, zone, labels, memberId, at, isNew: false };
};

// A member who is nobody's customer in the store has no labels there.
const labelsOf = (grounds: Grounds, memberId: MemberId | null, storeId: StoreId): readonly CustomerLabels[] | null =>
  memberId === null ? [] : (grounds.labels.get(labelsKey(memberId, storeId)) ?? null);

// What rules ask of lines is frozen when a line is first seen; lines that an edit adds later bring theirs then.
const withLines = (
  context: OrderContext | null,
  states: readonly OrderSnapshot[],
  storeId: OrderKey['storeId'],
  grounds: Grounds,
  programId: ProgramId,
): OrderContext | null => {
  // Whatever version asks: an order may turn out to be of another one, when its product is not there any more.
  const documents = (grounds.versions.get(programId) ?? []).map(({ document }) => document);
  if (context === null || !documents.some(asksOfLines)) return context;
  const lines = freezeLines(context.lines, states, documents.some(asksOfProducts), (productId) =>
    grounds.products.get(productKeyText({ storeId, productId })),
  );
  const missing = states[0]?.lines.find(({ lineId }) => !(lineId in lines));
  invariant(missing === undefined, `the facts of the product ${missing?.productId ?? ''} were not read`);
  return lines === context.lines ? context : { ...context, lines };
};
