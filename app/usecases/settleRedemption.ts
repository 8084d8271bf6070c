import { codeOf, earliestRelease } from '~/core/redemptions/states';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { inTransaction } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import {
  dueRedemptions,
  findRedemption,
  updateRedemption,
  type RedemptionChange,
  type RedemptionRecord,
} from '~/db/redemptions';
import { lockRedemption } from '~/db/spentRedemptions';
import { storeById } from '~/db/stores';
import type { Platform } from '~/platforms/platform';
import type { Deps } from './deps';
import { issueRedemption, nextAttempt } from './issueRedemption';
import { releaseRedemption } from './releaseRedemption';
import { stepRedemption } from './writeMembers';

export const settledAtOnce = 100;
// One shop that does not answer must not hold up the others for long.
const sideBySide = 8;

/**
 * Brings every redemption that is due a step on: whatever stopped half-way is found here. Answers how many were looked
 * at.
 */
export const settleRedemptions = async (deps: Deps, now: Instant): Promise<number> => {
  const due = await dueRedemptions(deps.database.prisma, now, settledAtOnce);
  for (let from = 0; from < due.length; from += sideBySide) {
    await Promise.all(
      due.slice(from, from + sideBySide).map(({ programId, id }) => settleRedemption(deps, programId, id, now)),
    );
  }
  return due.length;
};

/**
 * Brings one redemption a step on. A held one is issued; an issued one whose life has ended is switched
 * off; one that ended is released when the platform counts no use, at the earliest an hour after its end.
 * When the platform cannot be asked, it is asked again later.
 */
export const settleRedemption = async (
  deps: Deps,
  programId: ProgramId,
  id: RedemptionId,
  now: Instant,
): Promise<void> => {
  const redemption = await findRedemption(deps.database.prisma, programId, id);
  const store = redemption === null ? null : await storeById(deps.database.prisma, programId, redemption.storeId);
  if (redemption === null || store === null) return;
  const platform = deps.platformOf(store);
  switch (redemption.state) {
    case 'held':
      // Of somebody who was erased no code is made any more; was one made before?
      return now < redemption.endsAt && redemption.customerId !== null
        ? issueRedemption(deps, programId, id, now)
        : endHeld(deps, platform, redemption, now);
    case 'issued':
      return now < redemption.endsAt
        ? move(deps, redemption, { nextLookAt: redemption.endsAt })
        : expire(deps, platform, redemption, now);
    case 'expiring':
    case 'cancelling':
      return readUseBack(deps, platform, redemption, now);
    case 'used':
    case 'released':
    case 'used_late':
      return move(deps, redemption, { nextLookAt: null });
  }
};

/** Writes a change unless the redemption has moved on meanwhile. */
const move = async (deps: Deps, seen: RedemptionRecord, change: RedemptionChange): Promise<void> => {
  await inTransaction(deps.database, async (tx) => {
    await lockMember(tx, seen.programId, seen.memberId);
    const locked = await lockRedemption(tx, seen.programId, seen.id);
    if (locked?.redemption.state !== seen.state) return;
    const { state, ...rest } = change;
    if (state === undefined) await updateRedemption(tx, seen.programId, seen.id, rest);
    else await stepRedemption(deps, tx, locked.redemption, { ...rest, state });
  });
};

const askAgain = (deps: Deps, redemption: RedemptionRecord, now: Instant): Promise<void> => {
  const attempts = redemption.attempts + 1;
  return move(deps, redemption, { attempts, nextLookAt: nextAttempt(attempts, now) });
};

// Held beyond the code's own end: the platform could not be asked all that time. What did it make of it?
const endHeld = async (deps: Deps, platform: Platform, redemption: RedemptionRecord, now: Instant): Promise<void> => {
  const use = await platform.readRewardUse(codeOf(redemption));
  if (!use.ok) return askAgain(deps, redemption, now);
  if (use.value.kind === 'unknown') {
    return releaseRedemption(deps, redemption.programId, redemption.id, { because: 'expired', words: null }, now);
  }
  return move(deps, redemption, { state: 'issued', reference: use.value.reference, issuedAt: now, nextLookAt: now });
};

const expire = async (deps: Deps, platform: Platform, redemption: RedemptionRecord, now: Instant): Promise<void> => {
  const off = redemption.reference === null ? null : await platform.voidReward(redemption.reference);
  if (off !== null && !off.ok && off.error.kind === 'unavailable') return askAgain(deps, redemption, now);
  return move(deps, redemption, {
    state: 'expiring',
    endedAt: redemption.endsAt,
    attempts: 0,
    nextLookAt: instant(Math.max(now, earliestRelease(redemption.endsAt))),
  });
};

const readUseBack = async (
  deps: Deps,
  platform: Platform,
  redemption: RedemptionRecord,
  now: Instant,
): Promise<void> => {
  const earliest = earliestRelease(redemption.endedAt ?? redemption.endsAt);
  if (now < earliest) return move(deps, redemption, { nextLookAt: earliest });
  const off = redemption.reference === null ? null : await platform.voidReward(redemption.reference);
  if (off !== null && !off.ok && off.error.kind === 'unavailable') return askAgain(deps, redemption, now);
  const use = await platform.readRewardUse(codeOf(redemption));
  if (!use.ok) return askAgain(deps, redemption, now);
  const uses = use.value.kind === 'known' ? use.value.uses : 0;
  if (uses > 0) return move(deps, redemption, { state: 'used', settledAt: now, nextLookAt: null });
  const because = redemption.state === 'cancelling' ? 'cancelled' : 'expired';
  return releaseRedemption(deps, redemption.programId, redemption.id, { because, words: null }, now);
};
