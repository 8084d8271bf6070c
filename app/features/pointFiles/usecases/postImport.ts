import type { LedgerWhy } from '~/core/ledger/why';
import { entryKey } from '~/core/ledger/entry';
import { changeTo, importLine } from '~/core/ledger/import';
import { cacheHolds } from '~/core/ledger/memberBook';
import type { Slice } from '~/core/ledger/types';
import { asId, type EntryId, type PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { invariant } from '~/core/values/result';
import { linesToPost, markPosted, type LineToPost } from '~/features/pointFiles/db/importPosting';
import { lockBatch, updateBatch, type BatchKey, type ImportBatch } from '~/features/pointFiles/db/imports';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { customerIdentity, emailIdentity, identityKey, type Identity } from '~/core/orders/owner';
import type { LockedMember } from '~/core/settlement/records';
import { lockMembers } from '~/db/members';
import { currentProgram } from '~/db/programs';
import type { Deps } from '~/usecases/deps';
import { enrolMembers } from '~/usecases/enrolMembers';
import { changeMembers, type OpenedMembers } from '~/usecases/writeMembers';

export const postedAtOnce = 500;

/** Posts the lines of a file in their order, some hundreds a transaction; how far it came is written with them. */
export const postImport = async (deps: Deps, key: BatchKey, clock: () => Instant): Promise<void> => {
  for (;;) {
    const now = clock();
    const posted = await inTransaction(deps.database, (tx) => postSome(deps, tx, key, now), ['23505']);
    if (posted === 0) return;
    await new Promise((resume) => setImmediate(resume)); // the pages of this process come first
  }
};

/** The next lines of a file; answers how many there were. A fixed number of statements, however many. */
const postSome = async (deps: Deps, tx: Tx, key: BatchKey, now: Instant): Promise<number> => {
  const batch = await lockBatch(tx, key);
  if (batch?.state !== 'posting') return 0;
  const lines = await linesToPost(tx, batch, postedAtOnce);
  const last = lines.at(-1);
  if (last === undefined) {
    await updateBatch(tx, batch, { state: 'done', finishedAt: now });
    return 0;
  }
  const written = await postLines(deps, tx, batch, lines, now);
  await markPosted(tx, batch, written);
  const points = written.reduce((sum, line) => sum + line.points, batch.postedPoints);
  await updateBatch(tx, batch, { position: last.position, posted: batch.posted + lines.length, postedPoints: points });
  return lines.length;
};

const identityOf = ({ programId, storeId }: ImportBatch, { kind, value }: LineToPost): Identity =>
  kind === 'customer' ? customerIdentity(programId, storeId, asId<PlatformId>(value)) : emailIdentity(programId, value);

/** What the entry of a line says, whoever's it is. */
const entryOf = (batch: ImportBatch, { line, note, points }: LineToPost) => {
  const setTo = batch.mode === 'reset' ? { setTo: points } : {};
  const why: LedgerWhy = { v: 1, kind: 'import', source: batch.fileName, line, note, ...setTo };
  return {
    kind: 'import' as const,
    key: entryKey.import(batch.id, line),
    concerns: {},
    marks: { batchId: batch.id, batchLine: line },
    why,
    actor: { kind: 'staff' as const, id: batch.by },
  };
};

type WrittenLine = Parameters<typeof markPosted>[2][number] & { readonly points: number };

const postLines = async (
  deps: Deps,
  tx: Tx,
  batch: ImportBatch,
  lines: readonly LineToPost[],
  now: Instant,
): Promise<readonly WrittenLine[]> => {
  const { programId } = batch;
  const program = await currentProgram(tx, programId);
  invariant(program !== null, 'a file is posted to a program without a version');
  const identities = [
    ...new Map(lines.map((line) => [identityKey(identityOf(batch, line)), identityOf(batch, line)])).values(),
  ];
  await enrolMembers(deps, tx, identities, now);
  const members = await lockMembers(tx, { identities, orders: [], codes: [] });
  const memberOf = new Map(
    members.flatMap(({ memberId, identityKeys }) => identityKeys.map((name) => [name, memberId])),
  );
  const taking = new Set(
    lines.filter(({ points }) => points < 0).map((line) => memberOf.get(identityKey(identityOf(batch, line)))),
  );
  const withActivities = program.document.policies.expiry.kind === 'inactivity_months';
  const resets = batch.mode === 'reset';
  const read = ({ memberId, cached }: LockedMember) =>
    resets || withActivities || taking.has(memberId) || !cacheHolds(cached, now) ? { withActivities } : null;
  const decide = ({ book, activitiesOf }: OpenedMembers): readonly WrittenLine[] =>
    lines.flatMap((line) => {
      const memberId = memberOf.get(identityKey(identityOf(batch, line)));
      invariant(memberId !== undefined, `line ${line.line} is nobody's`);
      // Decided here, while the member is locked: what was spent or earned since the file was looked over is no error.
      const amount = resets ? changeTo(book.openOf(memberId), line.points, now) : line.points;
      if (amount === 0) return [];
      const draft = { id: deps.newId<EntryId>(), memberId, recordedAt: now, ...entryOf(batch, line) };
      const posted = {
        ...line,
        points: amount,
        isBalance: line.occurredAt === null,
        occurredAt: line.occurredAt ?? now,
      };
      const isOfFile = ({ batchId }: Slice): boolean => batchId === batch.id;
      book.post(
        memberId,
        importLine(
          book.openOf(memberId),
          draft,
          posted,
          { document: program.document, activities: activitiesOf(memberId), isOfFile },
          now,
        ),
      );
      return [{ line: line.line, memberId, entryId: draft.id, points: amount }];
    });
  return changeMembers(deps, tx, { members, read, decide }, now);
};
