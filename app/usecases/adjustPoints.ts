import type { LedgerWhy } from '~/core/ledger/why';
import { lotLife } from '~/core/ledger/lotLife';
import { adjustLedger } from '~/core/ledger/adjust';
import { largeWorth } from '~/core/program/pointValue';
import { entryKey, fingerprintInput } from '~/core/ledger/entry';
import type { HoldRefusal } from '~/core/ledger/hold';
import type { Actor } from '~/core/ledger/types';
import type { EntryId, MemberId, ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { points as asPoints } from '~/core/values/points';
import { ok, refuse, type Result } from '~/core/values/result';
import { sha256 } from '~/process/secrets';
import { entryByKey } from '~/db/entries';
import { inTransaction } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import { currentProgram } from '~/db/programs';
import type { Deps } from './deps';
import { changeMembers, type OpenedMembers } from './writeMembers';

/** A correction of a balance. The client makes the id: asking twice with one id corrects once. */
export type Adjustment = {
  readonly clientId: string;
  readonly memberId: MemberId;
  /** Positive gives, negative takes; not 0. */
  readonly points: number;
  /** The member reads it. */
  readonly reason: string;
  /** For staff only. */
  readonly note?: string;
  readonly actor: Actor;
  /** Who it was, for staff: members read "customer service". */
  readonly by: string;
  /** Nobody has seen yet what a large one is worth, in this currency: it is asked first. */
  readonly unseenIn?: string;
};

export type AdjustRefusal =
  | HoldRefusal
  | { readonly kind: 'no_program' }
  | { readonly kind: 'unknown_member' }
  | { readonly kind: 'no_reason' }
  | { readonly kind: 'not_points' }
  /** It could be done, and is worth so much (in minor units) that staff is asked first. */
  | { readonly kind: 'worth_unseen'; readonly worth: number }
  /** The id was used for another correction: both are named. */
  | { readonly kind: 'id_used_otherwise'; readonly key: string; readonly fingerprints: readonly [string, string] };

const pointsMax = 1_000_000_000;

/**
 * Corrects a member's balance, with a reason. Points that are given lapse like earned ones; taking more than there is
 * is refused.
 */
export const adjustPoints = async (
  deps: Deps,
  programId: ProgramId,
  adjustment: Adjustment,
  now: Instant,
): Promise<Result<{ readonly entryId: EntryId }, AdjustRefusal>> => {
  const { memberId, points, reason } = adjustment;
  if (reason.trim() === '') return refuse({ kind: 'no_reason' });
  if (!Number.isSafeInteger(points) || points === 0 || Math.abs(points) > pointsMax)
    return refuse({ kind: 'not_points' });
  return inTransaction(
    deps.database,
    async (tx): Promise<Result<{ readonly entryId: EntryId }, AdjustRefusal>> => {
      const member = await lockMember(tx, programId, memberId);
      if (member === null) return refuse({ kind: 'unknown_member' });
      const key = entryKey.adjust(adjustment.clientId);
      const fingerprint = sha256(
        fingerprintInput({ kind: 'adjust', memberId: member.memberId, points: asPoints(points), concerns: {} }),
      );
      const before = await entryByKey(tx, programId, key);
      if (before !== null) {
        if (before.fingerprint === fingerprint) return ok({ entryId: before.id });
        return refuse({ kind: 'id_used_otherwise', key, fingerprints: [before.fingerprint, fingerprint] });
      }
      const program = await currentProgram(tx, programId);
      if (program === null) return refuse({ kind: 'no_program' });
      const { document } = program;
      const note = adjustment.note?.trim() ?? '';
      const why: LedgerWhy = {
        v: 1,
        kind: 'adjustment',
        reason: reason.trim(),
        by: adjustment.by,
        ...(note === '' ? {} : { note }),
      };
      const draft = {
        id: deps.newId<EntryId>(),
        memberId: member.memberId,
        kind: 'adjust' as const,
        key,
        concerns: {},
        why,
        actor: adjustment.actor,
        occurredAt: now,
        recordedAt: now,
      };
      const life = lotLife(now, { policies: document.policies, earning: { holdDays: 0 } }, document.timeZone);
      const decide = ({ book, openOf }: OpenedMembers): Result<{ readonly entryId: EntryId }, AdjustRefusal> => {
        const plan = adjustLedger(openOf(member.memberId), draft, points, life, now);
        if (!plan.ok) return plan;
        const { unseenIn } = adjustment;
        const worth = unseenIn === undefined ? null : largeWorth(document, points, unseenIn);
        if (worth !== null) return refuse({ kind: 'worth_unseen', worth });
        book.post(member.memberId, plan.value);
        return ok({ entryId: draft.id });
      };
      return changeMembers(deps, tx, { members: [member], decide }, now);
    },
    ['23505'],
  );
};
