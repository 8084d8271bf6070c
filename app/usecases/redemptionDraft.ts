import { discountTitle } from '~/core/rewards/codes';
import { isMadeByPlatform, lifecycleOf, moneyOf } from '~/core/rewards/grants';
import type { WishCart } from '~/core/rewards/quote';
import { kindOf, type Reward } from '~/core/rewards/section';
import { codeEnd, firstState } from '~/core/redemptions/states';
import type { RedemptionWhy } from '~/core/redemptions/why';
import { canonicalJson } from '~/core/values/canonicalJson';
import type { MemberId, PlatformId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { LocalizedText } from '~/core/values/text';
import type { RedemptionRecord } from '~/db/redemptions';
import type { Store } from '~/db/stores';
import { sha256 } from '~/process/secrets';
import { rewardCode } from './rewardCode';
import type { Deps } from './deps';

/** What a signed-in customer asks for. The client makes the id: the same id gives the same answer. */
export type RedeemWish = {
  readonly redemptionId: RedemptionId;
  readonly customerId: PlatformId;
  readonly rewardId: string;
  readonly points: number | null;
  readonly cart: WishCart | null;
  /** What the customer answers to the reward's question, where it has one. */
  readonly answer?: string | null;
  /** Which variant of a product the customer chose, where the reward offers some. */
  readonly variantId?: PlatformId | null;
};

/** What of a wish makes it the same one: the cart may have changed when it is asked again. */
export const fingerprintOf = (store: Store, { customerId, rewardId, points, variantId = null }: RedeemWish): string => {
  const wish = { store: store.storeId, customerId, rewardId, points };
  return sha256(canonicalJson(variantId === null ? wish : { ...wish, variantId }));
};

/** A reward as it is given: by which version, for how many points, and what for. */
export type Offer = {
  readonly reward: Reward;
  readonly version: number;
  readonly points: number;
  readonly grant: RedemptionRecord['grant'];
};

/** The redemption of a wish as it begins. */
export const draftRedemption = (
  deps: Deps,
  store: Store,
  { memberId, ...wish }: RedeemWish & { readonly memberId: MemberId },
  { reward, version, points, grant }: Offer,
  now: Instant,
): RedemptionRecord => {
  const state = firstState(grant);
  const days = kindOf(reward).days(reward);
  const isCode = lifecycleOf[grant.kind] === 'code';
  return {
    programId: store.programId,
    id: wish.redemptionId,
    memberId,
    storeId: store.storeId,
    customerId: wish.customerId,
    state,
    rewardId: reward.id,
    points,
    amountMinor: moneyOf(grant)?.amountMinor ?? null,
    currency: moneyOf(grant)?.currency ?? null,
    code: isCode ? rewardCode(deps.secrets, store.programId, wish.redemptionId) : null,
    programVersion: version,
    heldAt: now,
    issuedAt: state === 'held' ? null : now,
    endsAt: days === null ? now : codeEnd(now, days, store.timeZone),
    endedAt: null,
    usedOrderId: null,
    returned: 0,
    grant,
    title: discountTitle(reward.name.en, wish.redemptionId),
    reference: null,
    fingerprint: fingerprintOf(store, wish),
    refusal: null,
    attempts: 0,
  };
};

/** Why its points are drawn. */
export const whyOf = (
  { rewardId, programVersion, grant, amountMinor, currency }: RedemptionRecord,
  name: LocalizedText,
): RedemptionWhy => ({
  v: 1,
  kind: 'redemption',
  rewardId,
  programVersion,
  grant: grant.kind,
  amountMinor,
  currency,
  ...(isMadeByPlatform(grant) && !('name' in grant) ? {} : { name }),
});
