import { lapseLots } from '~/core/ledger/lapse';
import type { EntryId, ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { ProgramDocument } from '~/core/program/document';
import type { MemberKey } from '~/core/values/keys';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { lockMembers, membersToMature, putOff } from '~/db/members';
import { currentProgram } from '~/db/programs';
import type { Deps } from './deps';
import { changeMembers, type OpenedMembers } from './writeMembers';

export const maturedAtOnce = 500;

/**
 * Refreshes the members whose lots mature or lapse by now: repays debts from what became available, takes out what
 * lapsed, writes the balance and publishes it. A fixed number of statements for all of them. Answers how many there
 * were.
 */
export const matureMembers = async (deps: Deps, now: Instant): Promise<number> => {
  const due = await membersToMature(deps.database.prisma, now, maturedAtOnce);
  if (due.length === 0) return 0;
  const documents = new Map<ProgramId, ProgramDocument>();
  for (const programId of new Set(due.map((member) => member.programId))) {
    const program = await currentProgram(deps.database.prisma, programId);
    if (program !== null) documents.set(programId, program.document);
  }
  await matureAll(deps, due, documents, now);
  return due.length;
};

const laterMs = 3_600_000;

/**
 * A member whose ledger cannot be brought forward is looked at again in an hour and reported; the others do not wait
 * for it.
 */
const matureAll = async (
  deps: Deps,
  due: readonly MemberKey[],
  documents: ReadonlyMap<ProgramId, ProgramDocument>,
  now: Instant,
): Promise<void> => {
  try {
    await inTransaction(deps.database, (tx) => mature(deps, tx, due, documents, now), ['23505']);
  } catch (error) {
    const [only] = due;
    if (due.length > 1) {
      const half = Math.ceil(due.length / 2);
      let failure: unknown = null;
      for (const part of [due.slice(0, half), due.slice(half)])
        await matureAll(deps, part, documents, now).catch((one: unknown) => (failure = one));
      if (failure !== null) throw failure;
      return;
    }
    if (only !== undefined) await putOff(deps.database.prisma, only, instant(now + laterMs));
    throw error;
  }
};

const mature = async (
  deps: Deps,
  tx: Tx,
  due: readonly MemberKey[],
  documents: ReadonlyMap<ProgramId, ProgramDocument>,
  now: Instant,
): Promise<void> => {
  const members = await lockMembers(tx, { identities: [], orders: [], codes: [], members: due });
  const decide = ({ book, openOf }: OpenedMembers): void => {
    for (const { programId, memberId } of members) {
      const document = documents.get(programId);
      if (document === undefined) continue;
      const { expiry } = document.policies;
      const policy = expiry.kind === 'none' ? 'after_months' : expiry.kind;
      book.post(memberId, lapseLots(openOf(memberId), policy, document.timeZone, now, deps.newId<EntryId>));
    }
  };
  await changeMembers(deps, tx, { members, decide }, now);
};
