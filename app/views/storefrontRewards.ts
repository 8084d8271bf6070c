import { fold } from '~/core/earning/conditions/condition';
import { closedAt } from '~/core/redemptions/section';
import { kindOf, rewardsOffered, type Reward } from '~/core/rewards/section';
import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, type Result } from '~/core/values/result';
import { memberOfCustomer } from '~/db/identities';
import { currentProgram } from '~/db/programs';
import type { Store } from '~/db/stores';
import type { PlatformFailure } from '~/platforms/platform';
import type { Deps } from '~/usecases/deps';
import type { RedeemRefusal } from '~/usecases/redeemReward';
import { unmetReward } from '~/usecases/unmetReward';
import { rewardItems, type RewardItem } from './rewardItems';
import { storefrontBalance } from './storefrontBalance';

/** A reward on offer, and why the customer cannot take it now; null: nothing but the cart may be in the way. */
export type OfferedReward = {
  readonly reward: Reward;
  readonly minPoints: number;
  readonly refusal: RedeemRefusal | null;
  /** Products to choose from; null: it is none. */
  readonly items: readonly RewardItem[] | null;
};

/**
 * The rewards of a store's program as one customer can take them (null: a guest, of whom only what holds for all is
 * asked). The customer's tags are read from the shop where a reward asks for them.
 */
export const storefrontRewards = async (
  deps: Deps,
  store: Store,
  customerId: PlatformId | null,
  now: Instant,
): Promise<Result<readonly OfferedReward[], PlatformFailure>> => {
  const { prisma } = deps.database;
  const { programId, storeId, currency } = store;
  const program = await currentProgram(prisma, programId);
  if (program === null) return ok([]);
  const { document } = program;
  const rewards = rewardsOffered(document.rewards, currency);
  const [labels, items] = await Promise.all([
    labelsFor(deps, store, customerId, rewards),
    rewardItems(deps, store, rewards),
  ]);
  if (!labels.ok) return labels;
  if (!items.ok) return items;
  const memberId = customerId === null ? null : await memberOfCustomer(prisma, programId, storeId, customerId);
  const member = memberId === null ? null : { programId, memberId };
  const { available } =
    customerId === null ? { available: 0 } : await storefrontBalance(deps.database, store, customerId, now);
  const closed = closedAt(document.redeeming, document.timeZone, now);
  const offered: OfferedReward[] = [];
  for (const reward of rewards) {
    const minPoints = kindOf(reward).storefront(reward).min_points;
    const unmet = closed ?? (await unmetReward(prisma, { member, labels: labels.value }, reward, document, now));
    const short = available < minPoints ? { kind: 'not_enough_points' as const, available, asked: minPoints } : null;
    const own = items.value.get(reward.id) ?? null;
    const away = own?.length === 0 ? { kind: 'product_away' as const } : null;
    offered.push({ reward, minPoints, refusal: unmet ?? short ?? away, items: own });
  }
  return ok(offered);
};

const labelsFor = async (
  deps: Deps,
  store: Store,
  customerId: PlatformId | null,
  rewards: readonly Reward[],
): Promise<Result<readonly string[], PlatformFailure>> => {
  if (customerId === null || rewards.every(({ segmentIds }) => segmentIds.length === 0)) return ok([]);
  const read = await deps.platformOf(store).readLabels([customerId]);
  return read.ok ? ok((read.value.get(customerId) ?? []).map(fold)) : read;
};
