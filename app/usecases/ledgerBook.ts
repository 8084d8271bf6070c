import { openMemberBook, type MemberBook } from '~/core/ledger/memberBook';
import type { OpenLedger } from '~/core/ledger/types';
import type { ProgramId } from '~/core/values/ids';
import { renews } from '~/core/ledger/renew';
import type { ProgramDocument } from '~/core/program/document';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import { loadLedgers, writePlans } from '~/db/ledger';
import type { LockedMember } from '~/core/settlement/records';
import { writeBalances } from '~/db/members';

/**
 * The book of one locked member, with the open ledger in it. With the program in force, activities renew lots where it
 * says so.
 */
export const openBook = async (
  tx: Tx,
  member: LockedMember,
  now: Instant,
  document: ProgramDocument | null = null,
): Promise<{ readonly book: MemberBook; readonly open: OpenLedger }> => {
  const { memberId, cached } = member;
  const versions = document === null ? [] : [{ version: 0, publishedAt: instant(-8.64e15), document }];
  const inactivity = renews(versions);
  const [loaded] = await loadLedgers(tx, [{ ...member, withActivities: inactivity }]);
  const renewal =
    inactivity && document !== null
      ? { versions, activities: loaded?.activities ?? [], zone: document.timeZone, lapsed: [] }
      : null;
  const book = openMemberBook(
    [{ memberId, cached, open: loaded?.open ?? { memberId, slices: [], debts: [] }, renewal }],
    now,
  );
  return { book, open: book.openOf(memberId) ?? { memberId, slices: [], debts: [] } };
};

/** Writes what was posted to a book, and the balances that follow from it. */
export const closeBook = async (tx: Tx, programId: ProgramId, book: MemberBook): Promise<void> => {
  const pages = book.changed().map((page) => ({ programId, ...page }));
  await writePlans(tx, pages);
  await writeBalances(tx, pages);
};
