import { mayReach } from '~/core/redemptions/states';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import type { Deps } from './deps';
import { markRedemption } from './markRedemption';

/**
 * What a redemption promised is done: its points are spent for good. `note` writes what a wing keeps of it, in the same
 * transaction. Answers false, and does nothing, when there is nothing to do (any more).
 */
export const fulfilRedemption = (
  deps: Deps,
  programId: ProgramId,
  id: RedemptionId,
  note: (tx: Tx) => Promise<void>,
  now: Instant,
): Promise<boolean> => {
  const step = { state: 'used', finishedAt: now, nextLookAt: null } as const;
  return markRedemption(deps, programId, id, { may: (redemption) => mayReach(redemption, 'used'), step, note }, now);
};
