import type { LedgerWhy } from '~/core/ledger/why';
import { entryKey } from '~/core/ledger/entry';
import { giveBackImport, undoImport } from '~/core/ledger/import';
import type { Slice } from '~/core/ledger/types';
import type { EntryId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { invariant } from '~/core/values/result';
import { membersToUndo, type GivenToMember } from '~/features/pointFiles/db/importPosting';
import { lockBatch, updateBatch, type BatchKey, type ImportBatch } from '~/features/pointFiles/db/imports';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { lockMembers } from '~/db/members';
import { currentProgram } from '~/db/programs';
import type { Deps } from '~/usecases/deps';
import { changeMembers, type OpenedMembers } from '~/usecases/writeMembers';

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
  const { programId } = batch;
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
  const decide = ({ book, openOf }: OpenedMembers): void => {
    for (const one of given) {
      if (one.given === 0) continue;
      const draft = draftOf(batch, one, deps.newId<EntryId>(), now);
      if (one.given < 0) {
        book.post(one.ownerId, giveBackImport(draft, -one.given, document));
        continue;
      }
      const own = new Set<string>(one.entryIds);
      const isOfFile = ({ lotId }: Slice): boolean => own.has(lotId);
      const file = { given: one.given, lapsed: one.lapsed, isOfFile };
      book.post(one.ownerId, undoImport(openOf(one.ownerId), draft, file, now));
    }
  };
  await changeMembers(deps, tx, { members, decide }, now);
  await updateBatch(tx, batch, { undone: batch.undone + given.length, undoneUpTo: last.memberId });
  return given.length;
};

const draftOf = (batch: ImportBatch, { memberId, ownerId }: GivenToMember, id: EntryId, now: Instant) => {
  const why: LedgerWhy = { v: 1, kind: 'import_undone', source: batch.fileName };
  return {
    id,
    memberId: ownerId,
    kind: 'import' as const,
    key: entryKey.importUndone(batch.id, memberId),
    concerns: {},
    marks: { batchId: batch.id },
    why,
    actor: { kind: 'staff' as const, id: batch.by },
    occurredAt: now,
    recordedAt: now,
  };
};
