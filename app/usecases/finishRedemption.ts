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
import { confirmRedemption, issueRedemption } from './issueRedemption';
import { nextAttempt } from './nextAttempt';
import { releaseRedemption } from './releaseRedemption';
import { rewardCode } from './rewardCode';
import { stepRedemption } from './writeMembers';

export const finishedAtOnce = 100;
// One shop that does not answer must not hold up the others for long.
const sideBySide = 8;

/**
 * Brings every redemption that is due a step on: whatever stopped half-way is found here. Answers how many were looked
 * at.
 */
export const finishRedemptions = async (deps: Deps, now: Instant): Promise<number> => {
  const due = await dueRedemptions(deps.database.prisma, now, finishedAtOnce);
  for (let from = 0; from < due.length; from += sideBySide) {
    await Promise.all(
      due.slice(from, from + sideBySide).map(({ programId, id }) => finishRedemption(deps, programId, id, now)),
    );
  }
  return due.length;
};

/** What of the redemption's shop matters: whom to ask, and how long to wait after a code's end. */
type Shop = { readonly platform: Platform; readonly holdMinutes: number };

/**
 * Brings one redemption a step on. What a partner makes is followed by its wing. A held one is issued; an issued one
 * whose life has ended is switched off; one that ended is released when the platform counts no use, at the earliest
 * after the shop's time of waiting. When the platform cannot be asked, it is asked again later.
 */
export const finishRedemption = async (
  deps: Deps,
  programId: ProgramId,
  id: RedemptionId,
  now: Instant,
): Promise<void> => {
  const redemption = await findRedemption(deps.database.prisma, programId, id);
  const store = redemption === null ? null : await storeById(deps.database.prisma, programId, redemption.storeId);
  if (redemption === null || store === null) return;
  const follow = deps.givers.get(redemption.grant.kind)?.follow;
  const isOpen = redemption.state === 'held' || redemption.state === 'issued';
  if (follow !== undefined && isOpen) return follow(deps, redemption, now);
  const shop: Shop = { platform: deps.platformOf(store), holdMinutes: store.codeHoldMinutes };
  switch (redemption.state) {
    case 'held':
      if (redemption.grant.kind === 'store_credit') return issueRedemption(deps, programId, id, now);
      // Of somebody who was erased nothing is made any more; was it made before?
      if (redemption.customerId !== null && (redemption.code === null || now < redemption.endsAt))
        return issueRedemption(deps, programId, id, now);
      return redemption.code === null ? endHeldCard(deps, shop, redemption, now) : endHeld(deps, shop, redemption, now);
    case 'issued':
      return now < redemption.endsAt
        ? move(deps, redemption, { nextLookAt: redemption.endsAt }, now)
        : expire(deps, shop, redemption, now);
    case 'expiring':
    case 'cancelling':
      return readUseBack(deps, shop, redemption, now);
    case 'used':
    case 'released':
    case 'used_late':
      return move(deps, redemption, { nextLookAt: null }, now);
  }
};

/** Writes a change unless the redemption has moved on meanwhile. */
const move = async (deps: Deps, seen: RedemptionRecord, change: RedemptionChange, now: Instant): Promise<void> => {
  await inTransaction(deps.database, async (tx) => {
    await lockMember(tx, seen.programId, seen.memberId);
    const locked = await lockRedemption(tx, seen.programId, seen.id);
    if (locked?.redemption.state !== seen.state) return;
    const { state, ...rest } = change;
    if (state === undefined) await updateRedemption(tx, seen.programId, seen.id, rest);
    else await stepRedemption(deps, tx, locked.redemption, { ...rest, state }, now);
  });
};

const askAgain = (deps: Deps, redemption: RedemptionRecord, now: Instant): Promise<void> => {
  const attempts = redemption.attempts + 1;
  return move(deps, redemption, { attempts, nextLookAt: nextAttempt(attempts, now) }, now);
};

// Who was to have the gift card was erased while it was made.
const endHeldCard = async (
  deps: Deps,
  { platform }: Shop,
  redemption: RedemptionRecord,
  now: Instant,
): Promise<void> => {
  const { programId, id } = redemption;
  const found = await platform.findGiftCard(rewardCode(deps.secrets, programId, id));
  if (!found.ok) return askAgain(deps, redemption, now);
  if (found.value === null) return releaseRedemption(deps, programId, id, { because: 'expired', words: null }, now);
  return confirmRedemption(deps, redemption, found.value, now);
};

// Held beyond the code's own end: the platform could not be asked all that time. What did it make of it?
const endHeld = async (deps: Deps, { platform }: Shop, redemption: RedemptionRecord, now: Instant): Promise<void> => {
  const use = await platform.readRewardUse(codeOf(redemption));
  if (!use.ok) return askAgain(deps, redemption, now);
  if (use.value.kind === 'unknown') {
    return releaseRedemption(deps, redemption.programId, redemption.id, { because: 'expired', words: null }, now);
  }
  return move(
    deps,
    redemption,
    { state: 'issued', reference: use.value.reference, issuedAt: now, nextLookAt: now },
    now,
  );
};

const expire = async (
  deps: Deps,
  { platform, holdMinutes }: Shop,
  redemption: RedemptionRecord,
  now: Instant,
): Promise<void> => {
  const off = redemption.reference === null ? null : await platform.voidReward(redemption.reference);
  if (off !== null && !off.ok && off.error.kind === 'unavailable') return askAgain(deps, redemption, now);
  return move(
    deps,
    redemption,
    {
      state: 'expiring',
      endedAt: redemption.endsAt,
      attempts: 0,
      nextLookAt: instant(Math.max(now, earliestRelease(redemption.endsAt, holdMinutes))),
    },
    now,
  );
};

const readUseBack = async (
  deps: Deps,
  { platform, holdMinutes }: Shop,
  redemption: RedemptionRecord,
  now: Instant,
): Promise<void> => {
  const earliest = earliestRelease(redemption.endedAt ?? redemption.endsAt, holdMinutes);
  if (now < earliest) return move(deps, redemption, { nextLookAt: earliest }, now);
  const off = redemption.reference === null ? null : await platform.voidReward(redemption.reference);
  if (off !== null && !off.ok && off.error.kind === 'unavailable') return askAgain(deps, redemption, now);
  const use = await platform.readRewardUse(codeOf(redemption));
  if (!use.ok) return askAgain(deps, redemption, now);
  const uses = use.value.kind === 'known' ? use.value.uses : 0;
  if (uses > 0) return move(deps, redemption, { state: 'used', finishedAt: now, nextLookAt: null }, now);
  const because = redemption.state === 'cancelling' ? 'cancelled' : 'expired';
  return releaseRedemption(deps, redemption.programId, redemption.id, { because, words: null }, now);
};
