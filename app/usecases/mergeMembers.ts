import { mergeEntries } from '~/core/ledger/merge';
import { emptyPlan } from '~/core/ledger/plan';
import type { Actor } from '~/core/ledger/types';
import type { Grounds } from '~/core/settlement/grounds';
import type { EntryId, MemberId, ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { invariant, ok, refuse, type Result } from '~/core/values/result';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { loadLedgers } from '~/db/ledger';
import { lockMembers, moveMember } from '~/db/members';
import type { Deps } from './deps';
import { settleMembersIn } from './settleOrders';
import { withGrounds } from './withGrounds';
import { changeMembers, type OpenedMembers } from './writeMembers';

export type MergeRefusal = { readonly kind: 'unknown_member' } | { readonly kind: 'same_member' };

/**
 * Merges one member into another: balances, lots, debts, orders, redemptions, tier facts and identities change owner;
 * the old id stays as an alias, so late messages for it land on the new one. Merging again changes nothing.
 */
export const mergeMembers = (
  deps: Deps,
  programId: ProgramId,
  { from, to }: { readonly from: MemberId; readonly to: MemberId },
  actor: Actor,
  now: Instant,
): Promise<Result<null, MergeRefusal>> =>
  withGrounds(deps, { programIds: [programId] }, now, ({ grounds }) =>
    inTransaction(deps.database, (tx) => mergeIn(deps, tx, { programId, from, to, actor, grounds }, now), ['23505']),
  );

type Merging = {
  readonly programId: ProgramId;
  readonly from: MemberId;
  readonly to: MemberId;
  readonly actor: Actor;
  readonly grounds: Grounds;
};

const mergeIn = async (
  deps: Deps,
  tx: Tx,
  { programId, from, to, actor, grounds }: Merging,
  now: Instant,
): Promise<Result<null, MergeRefusal>> => {
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
  const [left] = await loadLedgers(tx, [{ programId, memberId: from }]);
  invariant(left !== undefined, 'the ledger of a locked member can be read');
  const [gone, come] = mergeEntries(left.open, to, actor, now, deps.newId<EntryId>);
  // From here on all lots and debts are the one member's: what became available of the one repays what the other
  // owes.
  await moveMember(tx, programId, { from, to }, now);
  const decide = ({ book }: OpenedMembers): void => {
    book.post(from, { ...emptyPlan, entries: [gone] });
    book.post(to, { ...emptyPlan, entries: [come] });
  };
  await changeMembers(deps, tx, { members: [source, target], decide }, now);
  await settleMembersIn(deps, tx, [{ programId, memberId: to, since: null }], grounds, now);
  return ok(null);
};
