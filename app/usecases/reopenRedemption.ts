import { mayReopen } from '~/core/redemptions/states';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import type { Deps } from './deps';
import { markRedemption } from './markRedemption';

/**
 * What was marked as done by mistake is to be done again; its points stay spent. `note` writes what a wing keeps of it,
 * in the same transaction. Answers false, and does nothing, where it is not done, or not staff's to do.
 */
export const reopenRedemption = (
  deps: Deps,
  programId: ProgramId,
  id: RedemptionId,
  note: (tx: Tx) => Promise<void>,
  now: Instant,
): Promise<boolean> => {
  const step = { state: 'issued', finishedAt: null } as const;
  return markRedemption(deps, programId, id, { may: mayReopen, step, note }, now);
};
