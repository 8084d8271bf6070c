import { cacheHolds, openMemberBook, type MemberBook } from '~/core/ledger/memberBook';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { movesPoints } from '~/core/redemptions/onOrder';
import type { MemberId, ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { loadLedgers, memberKeyText, writePlans, type LoadedLedger } from '~/db/ledger';
import { ensureMembers, identityKey, lockMembers, writeBalances, type Identity, type LockedMember } from '~/db/members';
import { lockOrders, orderKeyText, writeOrders, type OrderRecord } from '~/db/orders';
import type { StoreSettings } from '~/db/programs';
import { writeUses } from '~/db/redemptions';
import { lockRedemptionsByCode, type SpentRedemption } from '~/db/spentRedemptions';
import type { Deps, StoreRef } from './deps';
import { evaluate, identityOf, type Bundle, type Evaluated } from './settling/evaluate';
import { redemptionsOn, settleOne, type Outcome } from './settling/post';

/** One state of an order, as some message or read-back brought it. */
export type OrderMessage = {
  readonly store: StoreRef;
  readonly snapshot: OrderSnapshot;
  /** An import of past orders names the version by which orders older than the program earn. */
  readonly backfillVersion?: number;
};

type SettleDeps = Pick<Deps, 'database' | 'programs' | 'enqueue' | 'newId'>;

/**
 * Settles a batch of orders: whatever was duplicated, swapped or came late, afterwards the ledger holds
 * for each exactly what it is worth in its newest known state. At most 12 statements, however many orders.
 * Throws when an order of an unknown store is among them, or the database cannot be reached.
 */
export const settleOrders = async (deps: SettleDeps, messages: readonly OrderMessage[], now: Instant): Promise<void> => {
  if (messages.length === 0) return;
  const stores = [...new Map(messages.map(({ store }) => [store.storeId, store])).values()];
  const settings = await deps.programs.settingsOf(stores);
  const batch = groupByOrder(messages);
  await inTransaction(deps.database, (tx) => settleBatch(deps, tx, batch, settings, now), ['23505']);
};

const groupByOrder = (messages: readonly OrderMessage[]): readonly Bundle[] => {
  const bundles = new Map<string, Bundle>();
  for (const { store, snapshot, backfillVersion } of messages) {
    const key = { programId: store.programId, storeId: store.storeId, orderId: snapshot.orderId };
    const before = bundles.get(orderKeyText(key));
    bundles.set(orderKeyText(key), {
      ...key,
      snapshots: [...(before?.snapshots ?? []), snapshot],
      backfillVersion: before?.backfillVersion ?? backfillVersion ?? null,
    });
  }
  return [...bundles.values()];
};

const settleBatch = async (deps: SettleDeps, tx: Tx, batch: readonly Bundle[], settings: ReadonlyMap<string, StoreSettings>, now: Instant): Promise<void> => {
  const members = await lockEverybody(deps, tx, batch, now);
  const owners = new Map(members.flatMap(({ memberId, identityKeys }) => identityKeys.map((key) => [key, memberId])));
  const records = new Map((await lockOrders(tx, batch)).map((record) => [orderKeyText(record), record]));
  refuseMoved(records.values(), members);
  const evaluated: Evaluated[] = [];
  for (const bundle of batch) {
    const order = await evaluate(deps, tx, bundle, records.get(orderKeyText(bundle)) ?? null, settings, owners);
    if (order !== null) evaluated.push(order);
  }
  if (evaluated.length === 0) return;
  const redemptions = [...(await lockRedemptionsByCode(tx, codesOf(evaluated)))];
  const ledgers = await loadNeeded(tx, evaluated, redemptions, members, now);
  const book = openMemberBook(
    members.map(({ memberId, cached }) => ({ memberId, cached, open: ledgers.get(memberId)?.open ?? null })),
    now,
  );
  const byInstant = [...evaluated].sort((a, b) => a.kept.newest.instant - b.kept.newest.instant || (a.orderId < b.orderId ? -1 : 1));
  const outcomes = byInstant.map((order) => settleOne(deps, order, redemptions, ledgers, book, now));
  await write(deps, tx, outcomes, book, members, now);
};

// An order that moved to another member while we waited for the lock: SQL's own state for "start again and see".
const refuseMoved = (records: Iterable<OrderRecord>, members: readonly LockedMember[]): void => {
  const locked = new Set(members.map(({ memberId }) => memberId));
  for (const { memberId } of records) {
    if (memberId !== null && !locked.has(memberId)) throw Object.assign(new Error('an order moved to another member meanwhile'), { code: '40001' });
  }
};

// Members that are missing are made; then every member concerned is locked, in the order of ids.
const lockEverybody = async (deps: SettleDeps, tx: Tx, batch: readonly Bundle[], now: Instant): Promise<readonly LockedMember[]> => {
  const identities = new Map<string, Identity>();
  for (const bundle of batch) {
    for (const snapshot of bundle.snapshots) {
      const identity = identityOf(bundle, snapshot);
      if (identity !== null) identities.set(identityKey(identity), identity);
    }
  }
  const asked = [...identities.values()];
  await ensureMembers(
    tx,
    asked.map((identity) => ({ identity, memberId: deps.newId<MemberId>() })),
    now,
  );
  const codes = batch.flatMap(({ programId, snapshots }) =>
    snapshots.flatMap((snapshot) => snapshot.discountCodes.map((code) => ({ programId, code: code.toUpperCase() }))),
  );
  return lockMembers(tx, { identities: asked, orders: batch, codes });
};

const codesOf = (orders: readonly Evaluated[]) => [
  ...new Map(
    orders
      .flatMap(({ programId, kept }) => kept.newest.discountCodes.map((code) => ({ programId, code: code.toUpperCase() })))
      .map((asked) => [`${asked.programId}|${asked.code}`, asked]),
  ).values(),
];

/** Lots are read only for members from whom points are taken, who have debt, or whose cache is out of date. */
const loadNeeded = async (
  tx: Tx,
  orders: readonly Evaluated[],
  redemptions: readonly SpentRedemption[],
  members: readonly LockedMember[],
  now: Instant,
): Promise<ReadonlyMap<MemberId, LoadedLedger>> => {
  const needed = new Set<MemberId>();
  const own: Parameters<typeof loadLedgers>[2] & object = orders.flatMap((order) => {
    const holder = order.record?.memberId ?? order.memberId;
    const posted = order.record?.posted ?? 0;
    const taken = holder !== null && (order.worth.points < posted || (holder !== order.memberId && posted > 0));
    if (taken) needed.add(holder);
    for (const { redemption } of redemptionsOn(order, redemptions)) {
      if (movesPoints(redemption, order.kept.settled)) needed.add(redemption.memberId);
    }
    return taken ? [{ programId: order.programId, memberId: holder, storeId: order.storeId, orderId: order.orderId }] : [];
  });
  const credited = new Set(orders.flatMap(({ memberId }) => (memberId === null ? [] : [memberId])));
  for (const { memberId, cached } of members) if (credited.has(memberId) && !cacheHolds(cached, now)) needed.add(memberId);
  const loaded = await loadLedgers(
    tx,
    members.filter(({ memberId }) => needed.has(memberId)),
    own,
  );
  return new Map(loaded.map((ledger) => [ledger.memberId, ledger]));
};

const write = async (
  deps: SettleDeps,
  tx: Tx,
  outcomes: readonly Outcome[],
  book: MemberBook,
  members: readonly LockedMember[],
  now: Instant,
): Promise<void> => {
  const programs = new Map<MemberId, ProgramId>(members.map(({ memberId, programId }) => [memberId, programId]));
  const pages = book.changed().flatMap((page) => {
    const programId = programs.get(page.memberId);
    return programId === undefined ? [] : [{ ...page, programId }];
  });
  const uses = outcomes.flatMap((outcome) => outcome.uses);
  await writePlans(tx, pages);
  await writeOrders(
    tx,
    outcomes.map(({ order }) => order),
    now,
  );
  await writeBalances(tx, pages);
  await writeUses(tx, uses, now);
  const told = new Map([...pages, ...uses].map(({ programId, memberId }) => [memberKeyText({ programId, memberId }), { programId, memberId }]));
  await deps.enqueue(
    [...told.values()].map((member) => ({ kind: 'publish_member' as const, ...member })),
    tx,
  );
};
