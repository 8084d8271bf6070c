import { mayReach } from '~/core/redemptions/states';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import { findRedemption } from '~/db/redemptions';
import { lockRedemption } from '~/db/spentRedemptions';
import type { Deps } from './deps';
import { stepRedemption } from './writeMembers';

/**
 * What a redemption promised is done: its points are spent for good. `note` writes what a wing keeps of it, in the same
 * transaction. Answers false, and does nothing, when there is nothing to do (any more).
 */
export const fulfilRedemption = async (
  deps: Deps,
  programId: ProgramId,
  id: RedemptionId,
  note: (tx: Tx) => Promise<void>,
  now: Instant,
): Promise<boolean> =>
  inTransaction(deps.database, async (tx) => {
    const found = await findRedemption(tx, programId, id);
    if (found === null || found.code !== null) return false;
    await lockMember(tx, programId, found.memberId);
    const locked = await lockRedemption(tx, programId, id);
    if (locked === null || !mayReach(locked.redemption, 'used')) return false;
    await stepRedemption(deps, tx, locked.redemption, { state: 'used', finishedAt: now, nextLookAt: null }, now);
    await note(tx);
    return true;
  });
