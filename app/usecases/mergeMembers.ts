import { mergeEntries } from '~/core/ledger/merge';
import { openMemberBook } from '~/core/ledger/memberBook';
import { emptyPlan } from '~/core/ledger/plan';
import type { Actor } from '~/core/ledger/types';
import type { EntryId, MemberId, ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { invariant, ok, refuse, type Result } from '~/core/values/result';
import { inTransaction } from '~/db/inTransaction';
import { loadLedgers, writePlans } from '~/db/ledger';
import { lockMembers, moveMember, writeBalances } from '~/db/members';
import type { Deps } from './deps';
import { readGrounds } from './readGrounds';
import { settleMembersIn } from './settleOrders';

export type MergeRefusal = { readonly kind: 'unknown_member' } | { readonly kind: 'same_member' };

/**
 * Merges one member into another: balances, lots, debts, orders, redemptions, tier facts and identities change owner;
 * the old id stays as an alias, so late messages for it land on the new one. Merging again changes nothing.
 */
export const mergeMembers = async (
  deps: Deps,
  programId: ProgramId,
  from: MemberId,
  to: MemberId,
  actor: Actor,
  now: Instant,
): Promise<Result<null, MergeRefusal>> => {
  const { grounds } = await readGrounds(deps, [programId], [], now);
  return inTransaction(
    deps.database,
    async (tx): Promise<Result<null, MergeRefusal>> => {
      const keys = [
        { programId, memberId: from },
        { programId, memberId: to },
      ];
      const members = await lockMembers(tx, { identities: [], orders: [], codes: [], members: keys });
      const source = members.find(({ memberId }) => memberId === from);
      const target = members.find(({ memberId }) => memberId === to);
      if (source === undefined || target === undefined) return refuse({ kind: 'unknown_member' });
      if (from === to) return refuse({ kind: 'same_member' });
      if (source.mergedInto !== null)
        return [to, target.mergedInto].includes(source.mergedInto) ? ok(null) : refuse({ kind: 'unknown_member' });
      if (target.mergedInto !== null) return refuse({ kind: 'unknown_member' });
      const ledgers = await loadLedgers(tx, keys);
      const openOf = (memberId: MemberId) => ledgers.find((ledger) => ledger.memberId === memberId)?.open;
      const [left, right] = [openOf(from), openOf(to)];
      invariant(left !== undefined && right !== undefined, 'the ledgers of locked members can be read');
      const entries = mergeEntries(left, to, actor, now, deps.newId<EntryId>);
      const together = {
        memberId: to,
        slices: [...right.slices, ...left.slices.map((slice) => ({ ...slice }))],
        debts: [...right.debts, ...left.debts],
      };
      const nothing = { memberId: from, slices: [], debts: [] };
      const book = openMemberBook(
        [
          { memberId: from, cached: source.cached, open: nothing },
          { memberId: to, cached: target.cached, open: together },
        ],
        now,
      );
      const [gone, come] = entries;
      book.post(from, { ...emptyPlan, entries: [gone] });
      book.post(to, { ...emptyPlan, entries: [come] });
      await moveMember(tx, programId, from, to);
      const pages = book.changed().map((page) => ({ ...page, programId }));
      await writePlans(tx, pages);
      await writeBalances(tx, pages);
      await settleMembersIn(deps, tx, [{ programId, memberId: to, since: null }], grounds, now);
      await deps.enqueue([{ kind: 'publish_member', programId, memberId: to }], tx);
      return ok(null);
    },
    ['23505'],
  );
};
