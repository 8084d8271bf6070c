import type { LedgerWhy } from '~/core/ledger/why';
import { entryKey } from '~/core/ledger/entry';
import { giveBackImport, undoImport } from '~/core/ledger/import';
import { openMemberBook } from '~/core/ledger/memberBook';
import type { EntryId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { invariant } from '~/core/values/result';
import { membersToUndo } from '~/db/importPosting';
import { lockBatch, updateBatch, type BatchKey } from '~/db/imports';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { loadLedgers, writePlans } from '~/db/ledger';
import { lockMembers, writeBalances } from '~/db/members';
import { currentProgram } from '~/db/programs';
import type { Deps } from '../deps';

const undoneAtOnce = 500;

/**
 * Takes a file back from its members, some hundreds a transaction: one entry each, which sums up to what the file gave.
 */
export const undoLines = async (deps: Deps, key: BatchKey, clock: () => Instant): Promise<void> => {
  for (;;) {
    const now = clock();
    const undone = await inTransaction(deps.database, (tx) => undoSome(deps, tx, key, now), ['23505']);
    if (undone === 0) return;
    await new Promise((resume) => setImmediate(resume)); // the pages of this process come first
  }
};

const undoSome = async (deps: Deps, tx: Tx, key: BatchKey, now: Instant): Promise<number> => {
  const batch = await lockBatch(tx, key);
  if (batch?.state !== 'undoing') return 0;
  const { programId, fileName } = batch;
  const given = await membersToUndo(tx, batch, undoneAtOnce);
  const last = given.at(-1);
  if (last === undefined) {
    await updateBatch(tx, batch, { state: 'undone', undoneAt: now });
    return 0;
  }
  const document = (await currentProgram(tx, programId))?.document;
  invariant(document !== undefined, 'a file was posted to a program without a version');
  const owners = [...new Set(given.map(({ ownerId }) => ownerId))].map((memberId) => ({ programId, memberId }));
  const members = await lockMembers(tx, { identities: [], orders: [], codes: [], members: owners });
  if (members.some(({ mergedInto }) => mergedInto !== null))
    throw Object.assign(new Error('a member was merged meanwhile'), { code: '40001' });
  const ledgers = new Map((await loadLedgers(tx, owners)).map((ledger) => [ledger.memberId, ledger.open]));
  const book = openMemberBook(
    members.map(({ memberId, cached }) => ({
      memberId,
      cached,
      open: ledgers.get(memberId) ?? { memberId, slices: [], debts: [] },
    })),
    now,
  );
  for (const { memberId, ownerId, given: net, lapsed, entryIds } of given) {
    if (net === 0) continue;
    const open = book.openOf(ownerId);
    invariant(open !== null, 'a file is taken back from a ledger that was not loaded');
    const why: LedgerWhy = { v: 1, kind: 'import_undone', source: fileName };
    const draft = {
      id: deps.newId<EntryId>(),
      memberId: ownerId,
      kind: 'import' as const,
      key: entryKey.importUndone(batch.id, memberId),
      concerns: {},
      why,
      actor: { kind: 'staff' as const, id: batch.by },
      occurredAt: now,
      recordedAt: now,
    };
    if (net < 0) {
      book.post(ownerId, giveBackImport(draft, -net, document));
      continue;
    }
    const own = new Set<string>(entryIds);
    book.post(ownerId, undoImport(open, draft, { given: net, lapsed, isOfFile: ({ lotId }) => own.has(lotId) }, now));
  }
  const pages = book.changed().map((page) => ({ ...page, programId }));
  await writePlans(tx, pages);
  await writeBalances(tx, pages);
  await deps.enqueue(
    pages.map(({ memberId }) => ({ kind: 'publish_member' as const, programId, memberId })),
    tx,
  );
  await updateBatch(tx, batch, { undone: batch.undone + given.length, undoneUpTo: last.memberId });
  return given.length;
};
