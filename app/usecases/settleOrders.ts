import { openMemberBook, type MemberBook } from '~/core/ledger/memberBook';
import type { LedgerPlan } from '~/core/ledger/types';
import { compareOrders } from '~/core/evaluation/facts';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { keepSnapshot, standsOn, type KeptSnapshots } from '~/core/orders/winner';
import type { EntryId, MemberId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { memberKeyText, writePlans, type MemberKey } from '~/db/ledger';
import { labelsOfMembers, type CustomerKey } from '~/db/customers';
import { customerIdentity, identityKey, type Identity } from '~/db/identities';
import { lockMembers, type LockedMember } from '~/db/members';
import { lockOrders, orderKeyText, writeOrders, type OrderKey, type OrderRecord } from '~/db/orders';
import { writeUses } from '~/db/redemptions';
import { lockRedemptionsByCode } from '~/db/spentRedemptions';
import { writeMembers, type HistoryAsked, type TierState } from '~/db/tiers';
import type { Deps, StoreRef } from './deps';
import { enrolMembers } from './enrolMembers';
import { deriveMembers, type Derivation } from './settling/derive';
import {
  evaluateAlone,
  hasHistory,
  hasLabels,
  identityOf,
  labelsKey,
  momentsOf,
  seeOrder,
  type Bundle,
  type Evaluated,
  type Grounds,
  type Seen,
} from './settling/evaluate';
import { readGrounds } from './settling/grounds';
import { loadNeeded, renewalOf } from './settling/ledgers';
import { settleOne, type Outcome } from './settling/post';
import { takeBackRewards } from './settling/rewards';

/** One state of an order, as some message or read-back brought it. */
export type OrderMessage = {
  readonly store: StoreRef;
  readonly snapshot: OrderSnapshot;
  /** An import of past orders names the version by which orders older than the program earn. */
  readonly backfillVersion?: number;
  /** The import of past orders is taken back. */
  readonly withdrawn?: boolean;
  /** When it came, if that was not just now: what is taken back or returned is dated by it. */
  readonly receivedAt?: Instant;
};

export type SettleDeps = Pick<Deps, 'database' | 'programs' | 'enqueue' | 'newId' | 'platformOf'>;

/** What could not be settled yet, because the platform could not be asked about its products. */
export type Settled = { readonly waiting: readonly OrderMessage[] };

/**
 * Settles a batch of orders: whatever was duplicated, swapped or came late, afterwards the ledger holds for each
 * exactly what it is worth in its newest known state. At most 12 statements, however many orders; one more where rules
 * ask for labels. Throws when an order of an unknown store is among them, or the database cannot be reached.
 */
export const settleOrders = async (
  deps: SettleDeps,
  messages: readonly OrderMessage[],
  now: Instant,
): Promise<Settled> => {
  if (messages.length === 0) return { waiting: [] };
  const programIds = messages.map(({ store }) => store.programId);
  const { grounds, waiting, labelled } = await readGrounds(deps, programIds, messages, now);
  const batch = groupByOrder(
    messages.filter((message) => !waiting.has(message)),
    now,
  );
  if (batch.length > 0)
    await inTransaction(deps.database, (tx) => settleBatch(deps, tx, { batch, asked: [], labelled }, grounds, now), [
      '23505',
    ]);
  return { waiting: [...waiting] };
};

/**
 * Derives members' orders and tiers anew, each since a moment, without a message about any: because time went on, staff
 * decided something, or more orders depended on a change than one transaction settles.
 */
export const settleMembers = async (
  deps: SettleDeps,
  members: readonly HistoryAsked[],
  now: Instant,
): Promise<void> => {
  const { grounds } = await readGrounds(
    deps,
    members.map(({ programId }) => programId),
    [],
    now,
  );
  await inTransaction(deps.database, (tx) => settleMembersIn(deps, tx, members, grounds, now), ['23505']);
};

/** The same inside a transaction that changed what the members' orders depend on. */
export const settleMembersIn = async (
  deps: SettleDeps,
  tx: Tx,
  members: readonly HistoryAsked[],
  grounds: Grounds,
  now: Instant,
): Promise<void> => settleBatch(deps, tx, { batch: [], asked: members, labelled: [] }, grounds, now);

/**
 * Derives a member's orders anew since a moment, because the store gave or took labels; nothing where no rule asks for
 * them.
 */
export const settleLabels = async (deps: SettleDeps, member: HistoryAsked, now: Instant): Promise<void> => {
  const { grounds } = await readGrounds(deps, [member.programId], [], now);
  if (!hasLabels(grounds.versions, member.programId)) return;
  await inTransaction(deps.database, (tx) => settleMembersIn(deps, tx, [member], grounds, now), ['23505']);
};

const groupByOrder = (messages: readonly OrderMessage[], now: Instant): readonly Bundle[] => {
  const bundles = new Map<string, Bundle>();
  for (const { store, snapshot, backfillVersion, withdrawn, receivedAt } of messages) {
    const key = { programId: store.programId, storeId: store.storeId, orderId: snapshot.orderId };
    const before = bundles.get(orderKeyText(key));
    bundles.set(orderKeyText(key), {
      ...key,
      snapshots: [...(before?.snapshots ?? []), snapshot],
      backfillVersion: before?.backfillVersion ?? backfillVersion ?? null,
      withdrawn: withdrawn ?? false,
      at: instant(Math.max(before?.at ?? -Infinity, receivedAt ?? now)),
    });
  }
  return [...bundles.values()];
};

/**
 * What a transaction settles: orders of which something came, members to be looked at again, customers whose labels
 * were just read.
 */
type Work = {
  readonly batch: readonly Bundle[];
  readonly asked: readonly HistoryAsked[];
  readonly labelled: readonly CustomerKey[];
};

const settleBatch = async (
  deps: SettleDeps,
  tx: Tx,
  { batch, asked: given, labelled }: Work,
  read: Grounds,
  now: Instant,
): Promise<void> => {
  const members = await lockEverybody(deps, tx, batch, given, now);
  const owners = new Map(members.flatMap(({ memberId, identityKeys }) => identityKeys.map((key) => [key, memberId])));
  const grounds = await withLabelsOf(tx, members, read);
  const asked = [...given, ...ownersOf(labelled, owners)];
  const records = new Map(
    (batch.length === 0 ? [] : await lockOrders(tx, batch)).map((record) => [orderKeyText(record), record]),
  );
  refuseMoved(records.values(), members);
  const seen = batch.map((bundle) => seeOrder(bundle, records.get(orderKeyText(bundle)) ?? null, grounds, owners));
  const momentOf = momentsOf(seen, now);
  const { orders: evaluated, tiers, unfinished } = await evaluateAll(deps, tx, seen, asked, grounds, momentOf);
  if (evaluated.length === 0 && tiers.length === 0) return;
  const redemptions = [...(await lockRedemptionsByCode(tx, codesOf(evaluated)))];
  const ledgers = await loadNeeded(tx, evaluated, tiers, redemptions, members, grounds, now);
  const book = openMemberBook(
    members.map(({ programId, memberId, cached }) => {
      const ledger = ledgers.get(memberId);
      const renewal = ledger === undefined ? null : renewalOf(grounds, programId, ledger);
      return { memberId, cached, open: ledger?.open ?? null, renewal, now: momentOf({ programId, memberId }) };
    }),
    now,
    deps.newId<EntryId>,
  );
  const inTime = [...evaluated].sort((a, b) => compareOrders(standsOn(a.kept), standsOn(b.kept)));
  const outcomes = inTime.map((order) => settleOne(deps, order, grounds, redemptions, ledgers, book));
  for (const { memberId, plan } of tiers) if (plan !== null) book.post(memberId, renewedSince(plan, memberId, book));
  const settled = await takeBackRewards(deps, tx, tiers, grounds, momentOf, book);
  await write(deps, tx, outcomes, settled, unfinished, book, members, now);
};

// A reward may become known late: what the member did since renews its points as if they had been there.
const renewedSince = (plan: LedgerPlan, memberId: MemberId, book: MemberBook): LedgerPlan => ({
  ...plan,
  opened: plan.opened.map((slice) => ({ ...slice, expiresAt: book.endOf(slice, memberId) })),
});

const withLabelsOf = async (tx: Tx, members: readonly LockedMember[], grounds: Grounds): Promise<Grounds> => {
  const asking = members.filter(({ programId }) => hasLabels(grounds.versions, programId));
  if (asking.length === 0) return grounds;
  const known = await labelsOfMembers(tx, asking);
  return {
    ...grounds,
    labels: new Map(known.map(({ memberId, storeId, customers }) => [labelsKey(memberId, storeId), customers])),
  };
};

// Orders that were settled before the customer's labels were read are derived again with them.
const ownersOf = (labelled: readonly CustomerKey[], owners: ReadonlyMap<string, MemberId>): readonly HistoryAsked[] =>
  labelled.flatMap(({ programId, storeId, customerId }) => {
    const memberId = owners.get(identityKey(customerIdentity(programId, storeId, customerId)));
    return memberId === undefined ? [] : [{ programId, memberId, since: null }];
  });

/** Orders that depend on no other one are evaluated alone; the others with their members' whole histories. */
const evaluateAll = async (
  deps: SettleDeps,
  tx: Tx,
  seen: readonly Seen[],
  asked: readonly HistoryAsked[],
  grounds: Grounds,
  momentOf: (member: MemberKey) => Instant,
): Promise<Derivation> => {
  const alone = seen.filter(
    ({ isNew, memberId, programId }) => isNew && (memberId === null || !hasHistory(grounds, programId)),
  );
  const together = seen.filter(
    ({ isNew, memberId, programId }) => isNew && memberId !== null && hasHistory(grounds, programId),
  );
  const members = new Map<string, HistoryAsked>();
  for (const member of asked)
    if (hasHistory(grounds, member.programId) || hasLabels(grounds.versions, member.programId)) ask(members, member);
  for (const { programId, memberId, kept, record, isNew } of seen) {
    if (!isNew || !hasHistory(grounds, programId)) continue;
    const since = instant(Math.min(standsOn(kept).instant, record === null ? Infinity : standsOn(record).instant));
    for (const id of [memberId, record?.memberId ?? null])
      if (id !== null) ask(members, { programId, memberId: id, since });
  }
  const orders = alone.map((order) => evaluateAlone(order, grounds));
  if (members.size === 0) return { orders, tiers: [], unfinished: [] };
  // Orders that leave a member for nobody are of the batch, too, and those that are evaluated alone: the histories must
  // not count them.
  const derived = await deriveMembers(
    tx,
    [...members.values()],
    [...together, ...alone],
    grounds,
    momentOf,
    deps.newId<EntryId>,
  );
  const derivedKeys = new Set(derived.orders.map(orderKeyText));
  return {
    ...derived,
    orders: [...orders.filter((order) => !derivedKeys.has(orderKeyText(order))), ...derived.orders],
  };
};

// Of two moments since which a member's orders are derived, the earlier one; null is before all.
const ask = (members: Map<string, HistoryAsked>, asked: HistoryAsked): void => {
  const key = memberKeyText(asked);
  const before = members.get(key);
  const since =
    before?.since === null || asked.since === null ? null : instant(Math.min(asked.since, before?.since ?? Infinity));
  members.set(key, { ...asked, since });
};

// An order that moved to another member while we waited for the lock: SQL's own state for "start again and see".
const refuseMoved = (records: Iterable<OrderRecord>, members: readonly LockedMember[]): void => {
  const locked = new Set(members.map(({ memberId }) => memberId));
  for (const { memberId } of records) {
    if (memberId !== null && !locked.has(memberId))
      throw Object.assign(new Error('an order moved to another member meanwhile'), { code: '40001' });
  }
};

// Members that are missing are made; then every member concerned is locked, in the order of ids.
const lockEverybody = async (
  deps: SettleDeps,
  tx: Tx,
  batch: readonly Bundle[],
  asked: readonly MemberKey[],
  now: Instant,
): Promise<readonly LockedMember[]> => {
  const identities = new Map<string, Identity & { readonly orders: readonly OrderKey[] }>();
  for (const bundle of batch) {
    // The state that says most about whose the order is; only what is known already may say more.
    const kept = bundle.snapshots.reduce<KeptSnapshots | null>(keepSnapshot, null);
    const identity = kept === null ? null : identityOf(bundle, kept.owned);
    if (identity === null) continue;
    const orders = identities.get(identityKey(identity))?.orders ?? [];
    identities.set(identityKey(identity), { ...identity, orders: [...orders, bundle] });
  }
  const wanted = [...identities.values()];
  await enrolMembers(deps, tx, wanted, now);
  const codes = batch.flatMap(({ programId, snapshots }) =>
    snapshots.flatMap((snapshot) => snapshot.discountCodes.map((code) => ({ programId, code: code.toUpperCase() }))),
  );
  return lockMembers(tx, { identities: wanted, orders: batch, codes, members: asked });
};

const codesOf = (orders: readonly Evaluated[]) => [
  ...new Map(
    orders
      .flatMap(({ programId, kept }) =>
        kept.newest.discountCodes.map((code) => ({ programId, code: code.toUpperCase() })),
      )
      .map((asked) => [`${asked.programId}|${asked.code}`, asked]),
  ).values(),
];

const write = async (
  deps: SettleDeps,
  tx: Tx,
  outcomes: readonly Outcome[],
  tiers: readonly TierState[],
  unfinished: readonly MemberKey[],
  book: MemberBook,
  members: readonly LockedMember[],
  now: Instant,
): Promise<void> => {
  const locked = new Map<MemberId, LockedMember>(members.map((member) => [member.memberId, member]));
  const pages = book.changed().flatMap((page) => {
    const member = locked.get(page.memberId);
    return member === undefined ? [] : [{ ...page, programId: member.programId }];
  });
  const uses = outcomes.flatMap((outcome) => outcome.uses);
  await writePlans(tx, pages);
  await writeOrders(
    tx,
    outcomes.map(({ order }) => order),
    now,
  );
  await writeMembers(tx, pages, tiers);
  await writeUses(tx, uses, now);
  const moved = tiers.filter(({ memberId, tier }) => locked.get(memberId)?.tier !== tier);
  const told = new Map(
    [...pages, ...uses, ...moved].map(({ programId, memberId }) => [
      memberKeyText({ programId, memberId }),
      { programId, memberId },
    ]),
  );
  await deps.enqueue(
    [
      ...[...told.values()].map((member) => ({ kind: 'publish_member' as const, ...member })),
      ...unfinished.map(({ programId, memberId }) => ({ kind: 'settle_member' as const, programId, memberId })),
    ],
    tx,
  );
};
