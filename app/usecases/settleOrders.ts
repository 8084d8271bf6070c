import { bundlesOf, concernedBy, type Bundle, type ToldOrder } from '~/core/settlement/bundles';
import { evaluate } from '~/core/settlement/evaluate';
import { hasLabels, type Grounds } from '~/core/settlement/grounds';
import { ledgersNeeded, type LedgersNeeded } from '~/core/settlement/ledgers';
import type { HistoryAsked, LockedMember, OrderRecord } from '~/core/settlement/records';
import { see, type Work } from '~/core/settlement/see';
import { settle, type Settlement } from '~/core/settlement/settle';
import type { EntryId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { MemberKey } from '~/core/values/keys';
import { writeCheckpoints } from '~/db/checkpoints';
import { labelsOfMembers } from '~/db/customers';
import { expiredOfAwards } from '~/db/entryAwards';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { loadLedgers } from '~/db/ledger';
import { lockMembers } from '~/db/members';
import { lockOrders, writeOrders } from '~/db/orders';
import { versionsInForce } from '~/db/programs';
import { lockRedemptionsByCode } from '~/db/spentRedemptions';
import { historiesOf } from '~/db/tiers';
import type { Deps, StoreRef } from './deps';
import { settleMemberLater } from './effects/settleMember';
import { enrolMembers } from './enrolMembers';
import { OlderVersion, withGrounds } from './withGrounds';
import { writeMembers } from './writeMembers';

/** One state of an order, as some message or read-back brought it, and the shop that it is of. */
export type OrderMessage = ToldOrder & { readonly store: StoreRef };

export type SettleDeps = Pick<Deps, 'database' | 'programs' | 'enqueue' | 'newId' | 'platformOf'>;

/** What could not be settled yet, because the platform could not be asked about its products. */
export type Settled = { readonly waiting: readonly OrderMessage[] };

/**
 * Settles a batch of orders: whatever was duplicated, swapped or came late, afterwards the ledger holds for each
 * exactly what it is worth in its newest known state. At most 13 statements, however many orders; one more where rules
 * ask for labels, and one where a long history is summed up. Throws when an order of an unknown store is among them, or
 * the database cannot be reached.
 */
export const settleOrders = async (
  deps: SettleDeps,
  messages: readonly OrderMessage[],
  now: Instant,
): Promise<Settled> => {
  if (messages.length === 0) return { waiting: [] };
  const programIds = messages.map(({ store }) => store.programId);
  return withGrounds(deps, { programIds, messages }, now, async ({ grounds, waiting, labelled }) => {
    const batch = bundlesOf(
      messages.filter((message) => !waiting.has(message)),
      now,
    );
    if (batch.length > 0)
      await inTransaction(deps.database, (tx) => settleWork(deps, tx, { batch, asked: [], labelled }, grounds, now), [
        '23505',
      ]);
    return { waiting: [...waiting] };
  });
};

/**
 * Derives members' orders and tiers anew, each since a moment, without a message about any: because time went on, staff
 * decided something, or more orders depended on a change than one transaction settles.
 */
export const settleMembers = (deps: SettleDeps, members: readonly HistoryAsked[], now: Instant): Promise<void> =>
  withGrounds(deps, { programIds: members.map(({ programId }) => programId) }, now, ({ grounds }) =>
    inTransaction(deps.database, (tx) => settleMembersIn(deps, tx, members, grounds, now), ['23505']),
  );

/** The same inside a transaction that changed what the members' orders depend on. */
export const settleMembersIn = async (
  deps: SettleDeps,
  tx: Tx,
  members: readonly HistoryAsked[],
  grounds: Grounds,
  now: Instant,
): Promise<void> => settleWork(deps, tx, { batch: [], asked: members, labelled: [] }, grounds, now);

/**
 * Derives a member's orders anew since a moment, because the store gave or took labels; nothing where no rule asks for
 * them.
 */
export const settleLabels = (deps: SettleDeps, member: HistoryAsked, now: Instant): Promise<void> =>
  withGrounds(deps, { programIds: [member.programId] }, now, async ({ grounds }) => {
    if (!hasLabels(grounds, member.programId)) return;
    await inTransaction(deps.database, (tx) => settleMembersIn(deps, tx, [member], grounds, now), ['23505']);
  });

/**
 * One decision in three steps of the core (`see`, `evaluate`, `settle`): each answers what has to be read for the next;
 * here it is only locked, read and written.
 */
const settleWork = async (deps: SettleDeps, tx: Tx, work: Work, read: Grounds, now: Instant): Promise<void> => {
  const newId = deps.newId<EntryId>;
  const members = await lockEverybody(deps, tx, work.batch, work.asked, now);
  await refuseOlder(tx, read);
  const labels = await labelsOf(tx, members, read);
  const records = work.batch.length === 0 ? [] : await lockOrders(tx, work.batch);
  refuseMoved(records, members);
  const sight = see(work, { members, records, labels }, read, now);
  const evaluation = evaluate(sight, await historiesOf(tx, sight.histories), newId);
  const { orders, tiers, checkpoints } = evaluation;
  if (orders.length === 0 && tiers.length === 0 && checkpoints.length === 0) return;
  const redemptions = await lockRedemptionsByCode(tx, evaluation.codes);
  const needed = ledgersNeeded(sight, evaluation, redemptions);
  const ledgers = await loadLedgers(tx, needed.members, needed.orders);
  const expired = await expiredOf(tx, needed.awards);
  const loaded = { redemptions, ledgers, expiredOfAwards: expired };
  await write(deps, tx, members, settle(sight, evaluation, loaded, newId), now);
};

const labelsOf = async (tx: Tx, members: readonly LockedMember[], grounds: Grounds) => {
  const asking = members.filter(({ programId }) => hasLabels(grounds, programId));
  return asking.length === 0 ? [] : labelsOfMembers(tx, asking);
};

const expiredOf = async (tx: Tx, awards: LedgersNeeded['awards']): Promise<ReadonlyMap<string, number>> => {
  const expired = new Map<string, number>();
  for (const { programId, keys } of awards)
    for (const [key, points] of await expiredOfAwards(tx, programId, keys)) expired.set(key, points);
  return expired;
};

// By an older version a member would be judged as before, and what the publication left to be looked at again be lost.
const refuseOlder = async (tx: Tx, { versions }: Grounds): Promise<void> => {
  const inForce = await versionsInForce(tx, [...versions.keys()]);
  for (const [programId, read] of versions)
    if (inForce.get(programId) !== read.at(-1)?.version) throw new OlderVersion();
};

// An order that moved to another member while we waited for the lock: SQL's own state for "start again and see".
const refuseMoved = (records: readonly OrderRecord[], members: readonly LockedMember[]): void => {
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
  const { identities, codes } = concernedBy(batch);
  await enrolMembers(deps, tx, identities, now);
  return lockMembers(tx, { identities, orders: batch, codes, members: asked });
};

const write = async (
  deps: SettleDeps,
  tx: Tx,
  members: readonly LockedMember[],
  { outcomes, tiers, checkpoints, unfinished, book }: Settlement,
  now: Instant,
): Promise<void> => {
  await writeOrders(
    tx,
    outcomes.map(({ order }) => order),
    now,
  );
  const uses = outcomes.flatMap((outcome) => outcome.uses);
  await writeMembers(deps, tx, { members, sheets: book.changed(), tiers, uses }, now);
  await writeCheckpoints(tx, checkpoints);
  await deps.enqueue(
    unfinished.map(({ programId, memberId }) => settleMemberLater.of({ programId, memberId })),
    tx,
  );
};
