import { lengthenLots } from '~/core/ledger/renew';
import type { ProgramDocument } from '~/core/program/document';
import { canonicalJson } from '~/core/values/canonicalJson';
import type { ProgramId } from '~/core/values/ids';
import { instant, wholeSecond, type Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import { lockMembers, membersWithLots } from '~/db/members';
import { insertVersion, type PublishedProgram } from '~/db/programs';
import { storesOf, type Store } from '~/db/stores';
import { ordersSince } from '~/db/orderLists';
import { requalifyEverybody } from '~/db/tiers';
import { refOf, type Deps } from './deps';
import { publishProgramLater } from './effects/publishProgram';
import { settleOrderLater } from './effects/settleOrder';
import { changeMembers, type OpenedMembers } from './writeMembers';

/** A version that is about to be: what was in force before, its document, who publishes it, the draft that it was. */
export type NextVersion = {
  readonly before: PublishedProgram | null;
  readonly document: ProgramDocument;
  readonly by: string;
  readonly draftRevision: number | null;
};

/**
 * Makes a document the next version of a program whose row is locked, in force from the second of `from` on, with all
 * that follows from it: lives of open points, tiers, the storefront's summary. Answers its number.
 */
export const publishVersion = async (
  deps: Deps,
  tx: Tx,
  programId: ProgramId,
  { before, ...next }: NextVersion,
  from: Instant,
): Promise<number> => {
  const version = (before?.version ?? 0) + 1;
  // An order placed after this carries at least this second, but maybe no fraction of it.
  const inForce = wholeSecond(from);
  await insertVersion(tx, { programId, version, ...next }, inForce);
  if (before !== null && livesOf(before.document) !== livesOf(next.document))
    await changeExpiry(deps, tx, programId, [before.document, next.document], inForce);
  if (canonicalJson(before?.document.tiers ?? null) !== canonicalJson(next.document.tiers))
    await requalifyEverybody(tx, programId, inForce);
  const stores = await storesOf(tx, programId);
  await deps.enqueue(
    stores.map((store) => publishProgramLater.of({ store: refOf(store) })),
    tx,
  );
  await settleAgain(deps, tx, programId, stores, inForce);
  return version;
};

/**
 * Orders of the time since the version is in force that were settled already had the version before: they are told of
 * anew. Of a version that counts from a planned moment these may be many, else those of the seconds that publishing
 * took.
 */
const settleAgain = async (
  deps: Deps,
  tx: Tx,
  programId: ProgramId,
  stores: readonly Store[],
  inForce: Instant,
): Promise<void> => {
  const byId = new Map(stores.map((store) => [store.storeId, store]));
  for (
    let page = await ordersSince(tx, programId, inForce, null);
    page.length > 0;
    page = await ordersSince(tx, programId, inForce, page.at(-1) ?? null)
  ) {
    const messages = page.flatMap(({ storeId, snapshot }) => {
      const store = byId.get(storeId);
      return store === undefined ? [] : [settleOrderLater.of({ store: refOf(store), snapshot })];
    });
    await deps.enqueue(messages, tx);
  }
};

/**
 * What a new expiry policy means for lots that are open, and for what is on hold or spent and may come back: switching
 * on gives lots without an end the full period from today; anything else only ever lengthens their lives (rules §4).
 * Page by page, in the transaction that publishes.
 */
const changeExpiry = async (
  deps: Deps,
  tx: Tx,
  programId: ProgramId,
  [before, after]: readonly [ProgramDocument, ProgramDocument],
  now: Instant,
): Promise<void> => {
  for (
    let page = await membersWithLots(tx, programId, null);
    page.length > 0;
    page = await membersWithLots(tx, programId, page.at(-1) ?? null)
  ) {
    const members = await lockMembers(tx, {
      identities: [],
      orders: [],
      codes: [],
      members: page.map((memberId) => ({ programId, memberId })),
    });
    const versions = [{ version: 0, publishedAt: instant(-8.64e15), document: before }];
    const decide = ({ book, openOf, activitiesOf }: OpenedMembers): void => {
      for (const { memberId } of members) {
        const renewal = { versions, activities: activitiesOf(memberId), zone: after.timeZone, lapsed: [] };
        book.post(memberId, lengthenLots(openOf(memberId), after.policies, renewal, now));
      }
    };
    const read = () => ({ withActivities: true, withSpent: true });
    await changeMembers(deps, tx, { members, read, decide }, now);
  }
};

/** All of the policies that says how long points live. */
const livesOf = ({ policies: { expiry, minimumLifeDays } }: ProgramDocument): string =>
  canonicalJson({ expiry, minimumLifeDays });
