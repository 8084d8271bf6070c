import { mayReach } from '~/core/redemptions/states';
import { isMadeByPlatform, lifecycleOf } from '~/core/rewards/grants';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { ok, type Result } from '~/core/values/result';
import { localClockOf } from '~/core/values/zone';
import { inTransaction } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import { findRedemption, takeTurn, updateRedemption, type RedemptionRecord } from '~/db/redemptions';
import { lockRedemption } from '~/db/spentRedemptions';
import { storeById, type Store } from '~/db/stores';
import type { Platform, PlatformFailure } from '~/platforms/platform';
import type { Deps } from './deps';
import { nextAttempt } from './nextAttempt';
import { releaseRedemption } from './releaseRedemption';
import { rewardCode } from './rewardCode';
import { followTransfer } from './transfers/transferOfRedemption';
import { stepRedemption } from './writeMembers';

// Longer than any answer of a platform is waited for.
const turnMs = 60_000;

/**
 * Has the platform (or a partner) make the code or the gift card of a held redemption and confirms it. May be called
 * again at any time: the code derives from the id, so what was made before is found. A refusal gives the points back,
 * unless what was asked for before is there; when the platform cannot be asked the redemption stays held
 * and the settling job goes on.
 */
export const issueRedemption = async (
  deps: Deps,
  programId: ProgramId,
  id: RedemptionId,
  now: Instant,
): Promise<void> => {
  const redemption = await findRedemption(deps.database.prisma, programId, id);
  if (redemption === null || redemption.state !== 'held') return;
  const { grant, customerId } = redemption;
  if (grant.kind === 'store_credit') return followTransfer(deps, redemption, now);
  const giver = deps.givers.get(grant.kind);
  if (giver?.follow !== undefined) return giver.follow(deps, redemption, now);
  if (!isMadeByPlatform(grant) || customerId === null) return;
  const store = await storeById(deps.database.prisma, programId, redemption.storeId);
  if (store === null) return;
  const platform = deps.platformOf(store);
  const code = redemption.code ?? rewardCode(deps.secrets, programId, id);
  const isFinal = lifecycleOf[grant.kind] === 'final';
  // A code can be switched off again; what is final is asked for by one at a time.
  const attempts = isFinal
    ? await takeTurn(deps.database.prisma, programId, id, now, instant(now + turnMs))
    : redemption.attempts + 1;
  if (attempts === null) return;
  const issued = await platform.issueReward({
    redemptionId: id,
    code,
    title: redemption.title,
    holder: { kind: 'customer', customerId },
    grant,
    startsAt: redemption.heldAt,
    endsAt: redemption.endsAt,
    lastDay: lastDayOf(redemption, store),
  });
  if (issued.ok) return confirmRedemption(deps, redemption, issued.value.reference, now);
  if (issued.error.kind === 'refused') {
    // What was asked for before may be there: no answer came, or whoever asked died before it was written down.
    // Turns are counted before a gift card is asked for; of codes only those that came to an end.
    if (attempts > 1 || (!isFinal && now > redemption.heldAt)) {
      const before = isFinal ? await platform.findGiftCard(code) : await findCode(platform, code);
      if (!before.ok) return lookLater(deps, redemption, attempts, now);
      if (before.value !== null) return confirmRedemption(deps, redemption, before.value, now);
    }
    await releaseRedemption(deps, programId, id, { because: 'refused', words: issued.error.reasons.join(' ') }, now);
    return;
  }
  await lookLater(deps, redemption, attempts, now);
};

// A shop that does not let us look (it took the app's access back, say) has nothing of it, as far as anybody knows.
const findCode = async (platform: Platform, code: string): Promise<Result<string | null, PlatformFailure>> => {
  const use = await platform.readRewardUse(code);
  if (!use.ok) return use.error.kind === 'unavailable' ? use : ok(null);
  return ok(use.value.kind === 'known' ? use.value.reference : null);
};

const lookLater = (
  { database }: Deps,
  { programId, id }: RedemptionRecord,
  attempts: number,
  now: Instant,
): Promise<void> =>
  updateRedemption(database.prisma, programId, id, { attempts, nextLookAt: nextAttempt(attempts, now) });

// What has no end ends in its own moment.
const lastDayOf = ({ heldAt, endsAt }: RedemptionRecord, { timeZone }: Store): string | null =>
  endsAt > heldAt ? localClockOf(instant(endsAt - 1), timeZone).isoDate : null;

/**
 * It exists: a held redemption becomes issued, or used where nothing is left to do (a gift card). If an order used a
 * code already, only the reference is kept.
 */
export const confirmRedemption = async (
  deps: Deps,
  held: RedemptionRecord,
  reference: string,
  now: Instant,
): Promise<void> => {
  const { programId, id, memberId } = held;
  await inTransaction(deps.database, async (tx) => {
    await lockMember(tx, programId, memberId);
    const current = await lockRedemption(tx, programId, id);
    const isFinal = lifecycleOf[held.grant.kind] === 'final';
    const state = isFinal ? 'used' : 'issued';
    if (current === null || !mayReach(current.redemption, state)) {
      await updateRedemption(tx, programId, id, { reference });
      return;
    }
    const made = { state, reference, issuedAt: now, attempts: 0 } as const;
    const step = isFinal ? { ...made, finishedAt: now, nextLookAt: null } : { ...made, nextLookAt: held.endsAt };
    await stepRedemption(deps, tx, current.redemption, step, now);
  });
};
