import { codeOf, mayReach } from '~/core/redemptions/states';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { inTransaction } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import { findRedemption, updateRedemption, type RedemptionRecord } from '~/db/redemptions';
import { lockRedemption } from '~/db/spentRedemptions';
import { storeById } from '~/db/stores';
import type { Deps } from './deps';
import { releaseRedemption } from './releaseRedemption';
import { stepRedemption } from './writeMembers';

/** Pause before the next attempt: 2 s, doubled each time, at most 10 minutes. */
export const nextAttempt = (attempts: number, now: Instant): Instant =>
  instant(now + Math.min(600, 2 ** (attempts + 1)) * 1000);

/**
 * Has the platform make the code of a held redemption and confirms it. May be called again at any time:
 * the code derives from the id, so what was made before is found. A refusal gives the points back;
 * when the platform cannot be asked the redemption stays held and the settling job goes on.
 */
export const issueRedemption = async (
  deps: Deps,
  programId: ProgramId,
  id: RedemptionId,
  now: Instant,
): Promise<void> => {
  const redemption = await findRedemption(deps.database.prisma, programId, id);
  if (redemption === null || redemption.state !== 'held' || redemption.customerId === null) return;
  const store = await storeById(deps.database.prisma, programId, redemption.storeId);
  if (store === null) return;
  const issued = await deps.platformOf(store).issueReward({
    redemptionId: id,
    code: codeOf(redemption),
    title: redemption.title,
    customerId: redemption.customerId,
    grant: redemption.grant,
    startsAt: redemption.heldAt,
    endsAt: redemption.endsAt,
  });
  if (issued.ok) return confirmRedemption(deps, redemption, issued.value.reference, now);
  if (issued.error.kind === 'refused') {
    await releaseRedemption(deps, programId, id, { because: 'refused', words: issued.error.reasons.join(' ') }, now);
    return;
  }
  const attempts = redemption.attempts + 1;
  await updateRedemption(deps.database.prisma, programId, id, { attempts, nextLookAt: nextAttempt(attempts, now) });
};

/** The code exists: the held redemption becomes issued. If an order used it already, only the reference is kept. */
const confirmRedemption = async (
  deps: Deps,
  held: RedemptionRecord,
  reference: string,
  now: Instant,
): Promise<void> => {
  const { programId, id, memberId } = held;
  await inTransaction(deps.database, async (tx) => {
    await lockMember(tx, programId, memberId);
    const current = await lockRedemption(tx, programId, id);
    if (current === null || !mayReach(current.redemption, 'issued')) {
      await updateRedemption(tx, programId, id, { reference });
      return;
    }
    const step = { state: 'issued' as const, reference, issuedAt: now, attempts: 0, nextLookAt: held.endsAt };
    await stepRedemption(deps, tx, current.redemption, step);
  });
};
