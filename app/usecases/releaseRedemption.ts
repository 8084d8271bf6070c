import { entryKey } from '~/core/ledger/entry';
import { putBack } from '~/core/ledger/putBack';
import type { Slice } from '~/core/ledger/types';
import type { RedemptionWhy } from '~/core/redemptions/why';
import { mayReach } from '~/core/redemptions/states';
import type { EntryId, ProgramId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { endOfLocalDayAfter } from '~/core/values/zone';
import { inTransaction } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import { currentProgram } from '~/db/programs';
import { findRedemption } from '~/db/redemptions';
import { lockRedemption, type LockedRedemption } from '~/db/spentRedemptions';
import { storeById } from '~/db/stores';
import type { Deps } from './deps';
import { changeMembers, stepRedemption, type OpenedMembers } from './writeMembers';

export type ReleaseReason = Pick<Extract<RedemptionWhy, { kind: 'release' }>, 'because' | 'words'>;

/**
 * Gives the points of a redemption back, once: to the lots they were drawn from. Does nothing when the
 * redemption is in a state that cannot be released (an order used it, or it was released before).
 */
export const releaseRedemption = async (
  deps: Deps,
  programId: ProgramId,
  id: RedemptionId,
  reason: ReleaseReason,
  now: Instant,
): Promise<void> => {
  const found = await findRedemption(deps.database.prisma, programId, id);
  const store = found === null ? null : await storeById(deps.database.prisma, programId, found.storeId);
  if (found === null || store === null) return;
  const program = await deps.programs.documentOf(programId, found.programVersion);
  const graceEnd = endOfLocalDayAfter(now, program.policies.graceDays, store.timeZone);
  await inTransaction(
    deps.database,
    async (tx) => {
      const member = await lockMember(tx, programId, found.memberId);
      const locked = await lockRedemption(tx, programId, id);
      if (member === null || locked === null || !mayReach(locked.redemption, 'released')) return;
      if (locked.redemption.memberId !== member.memberId)
        throw new Error('the member was merged into another meanwhile: the job tries again');
      const renewedBy = (await currentProgram(tx, programId))?.document ?? null;
      const { memberId } = member;
      const decide = ({ book, openOf }: OpenedMembers): void => {
        const spent = { ...locked.spent, endOf: (slice: Slice) => book.endOf(slice, memberId) };
        const draft = draftOf(deps, locked, reason, now);
        book.post(
          memberId,
          putBack(openOf(memberId), draft, found.points, { spent, unpaid: locked.unpaid }, { graceEnd, now }),
        );
      };
      await changeMembers(deps, tx, { members: [member], renewedBy, decide, isTold: false }, now);
      const refusal = reason.words === null ? {} : { refusal: reason.words };
      const step = { state: 'released' as const, finishedAt: now, nextLookAt: null, ...refusal };
      await stepRedemption(deps, tx, locked.redemption, step, now);
    },
    ['23505'],
  );
};

const draftOf = (deps: Deps, { redemption }: LockedRedemption, { because, words }: ReleaseReason, now: Instant) => {
  const why: RedemptionWhy = { v: 1, kind: 'release', because, words };
  return {
    id: deps.newId<EntryId>(),
    memberId: redemption.memberId,
    kind: 'release' as const,
    key: entryKey.release(redemption.id),
    concerns: { redemptionId: redemption.id },
    why,
    actor: { kind: 'system' as const },
    occurredAt: now,
    recordedAt: now,
  };
};
