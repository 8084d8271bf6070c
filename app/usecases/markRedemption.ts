import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import { findRedemption, type RedemptionRecord } from '~/db/redemptions';
import { lockRedemption } from '~/db/spentRedemptions';
import type { Deps } from './deps';
import { stepRedemption } from './writeMembers';

type Mark = {
  /** Whether it may be, as the redemption is by now. */
  readonly may: (redemption: RedemptionRecord) => boolean;
  readonly step: Parameters<typeof stepRedemption>[3];
  /** Writes what a wing keeps of it, in the same transaction. */
  readonly note: (tx: Tx) => Promise<void>;
};

/** Takes a redemption without a code one step on or back; its points stay as they are. Answers whether it did. */
export const markRedemption = (
  deps: Deps,
  programId: ProgramId,
  id: RedemptionId,
  { may, step, note }: Mark,
  now: Instant,
): Promise<boolean> =>
  inTransaction(deps.database, async (tx) => {
    const found = await findRedemption(tx, programId, id);
    if (found === null || found.code !== null) return false;
    await lockMember(tx, programId, found.memberId);
    const locked = await lockRedemption(tx, programId, id);
    if (locked === null || !may(locked.redemption)) return false;
    await stepRedemption(deps, tx, locked.redemption, step, now);
    await note(tx);
    return true;
  });
