import type { Instant } from '~/core/values/instant';
import { inTransaction } from '~/db/inTransaction';
import { lockMember, membersToMature } from '~/db/members';
import type { Deps } from './deps';
import { closeBook, openBook } from './ledgerBook';

export const maturedAtOnce = 200;

/**
 * Refreshes the members whose lots mature or lapse by now: repays debts from what became available, writes
 * the balance and publishes it. Answers how many there were.
 */
export const matureMembers = async (deps: Deps, now: Instant): Promise<number> => {
  const due = await membersToMature(deps.database.prisma, now, maturedAtOnce);
  for (const { programId, memberId } of due) {
    await inTransaction(deps.database, async (tx) => {
      const member = await lockMember(tx, programId, memberId);
      if (member === null) return;
      const { book } = await openBook(tx, member, now);
      await closeBook(tx, programId, book);
      await deps.enqueue([{ kind: 'publish_member', programId, memberId }], tx);
    });
  }
  return due.length;
};
