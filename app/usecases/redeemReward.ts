import { isMadeByPlatform, isMadeElsewhere } from '~/core/rewards/grants';
import { ok, refuse, type Result } from '~/core/values/result';
import type { Instant } from '~/core/values/instant';
import { findRedemption, type RedemptionRecord } from '~/db/redemptions';
import type { Store } from '~/db/stores';
import type { Deps } from './deps';
import { holdReward, type HoldingRefusal } from './holdReward';
import { issueRedemption } from './issueRedemption';
import { publishMember } from './publishMember';
import type { RedeemWish } from './redemptionDraft';

export type RedeemRefusal =
  | HoldingRefusal
  /** The platform made no code; the points are back. */
  | { readonly kind: 'refused_by_platform'; readonly reasons: readonly string[] }
  /** The partner does not deliver; the points are back. */
  | { readonly kind: 'refused_by_partner'; readonly reasons: readonly string[] };

/**
 * Redeems a reward: holds the points, asks the platform for the code or the gift card (or a partner for an order),
 * confirms; what the merchant gives is given with the points. Answers the redemption: `issued` with its code, `held`
 * when the platform could not be asked yet (a job goes on), `used` when it is given for good, or as it is when the same
 * id asked before. Refusals change nothing, or give the points back at once.
 */
export const redeemReward = async (
  deps: Deps,
  store: Store,
  wish: RedeemWish,
  now: Instant,
): Promise<Result<RedemptionRecord, RedeemRefusal>> => {
  const held = await holdReward(deps, store, wish, now);
  if (!held.ok) return held;
  if (held.value.state !== 'held') {
    if (!isMadeByPlatform(held.value.grant)) await paintAtOnce(deps, held.value, now);
    return answerOf(held.value);
  }
  await issueRedemption(deps, held.value.programId, held.value.id, now);
  const after = (await findRedemption(deps.database.prisma, held.value.programId, held.value.id)) ?? held.value;
  if (after.state !== 'held') await paintAtOnce(deps, after, now);
  return answerOf(after);
};

// The shop's next page is painted from the published summary and comes within a second: too soon for the job,
// which is there all the same should this fail.
const paintAtOnce = (deps: Deps, { programId, memberId }: RedemptionRecord, now: Instant): Promise<void> =>
  publishMember(deps, programId, memberId, now).catch(() => undefined);

const answerOf = (redemption: RedemptionRecord): Result<RedemptionRecord, RedeemRefusal> => {
  const { state, refusal, grant } = redemption;
  if (state !== 'released' || refusal === null || !isMadeElsewhere(grant)) return ok(redemption);
  const kind = isMadeByPlatform(grant) ? 'refused_by_platform' : 'refused_by_partner';
  return refuse({ kind, reasons: [refusal] });
};
