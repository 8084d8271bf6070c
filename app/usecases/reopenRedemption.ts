import { mayReopen } from '~/core/redemptions/states';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import { findRedemption } from '~/db/redemptions';
import { lockRedemption } from '~/db/spentRedemptions';
import type { Deps } from './deps';
import { stepRedemption } from './writeMembers';

/**
 * What was marked as done by mistake is to be done again; its points stay spent. `note` writes what a wing keeps of it,
 * in the same transaction. Answers false, and does nothing, where it is not done, or not staff's to do.
 */
export const reopenRedemption = async (
  deps: Deps,
  programId: ProgramId,
  id: RedemptionId,
  note: (tx: Tx) => Promise<void>,
  now: Instant,
): Promise<boolean> =>
  inTransaction(deps.database, async (tx) => {
    const found = await findRedemption(tx, programId, id);
    if (found === null) return false;
    await lockMember(tx, programId, found.memberId);
    const locked = await lockRedemption(tx, programId, id);
    if (locked === null || !mayReopen(locked.redemption)) return false;
    await stepRedemption(deps, tx, locked.redemption, { state: 'issued', finishedAt: null }, now);
    await note(tx);
    return true;
  });
