import { quoteReward } from '~/core/rewards/quote';
import { variantsOf, type Reward } from '~/core/rewards/section';
import { asId, type PlatformId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import type { Store } from '~/db/stores';
import type { PlatformFailure } from '~/platforms/platform';
import type { Deps } from '~/usecases/deps';
import { readSold } from '~/usecases/readSold';

/** A product to choose as a reward: its variant, and what the shop calls it. */
export type RewardItem = { readonly variantId: PlatformId; readonly name: string };

/**
 * Which products each reward can be at this moment, by the reward's id; one that is sold out, or costs no more than
 * what the member would pay, is left out. A reward that is no product has no list, and without products the shop is
 * not asked.
 */
export const rewardItems = async (
  deps: Deps,
  store: Store,
  rewards: readonly Reward[],
): Promise<Result<ReadonlyMap<string, readonly RewardItem[]>, PlatformFailure>> => {
  const ofProducts = rewards.filter((reward) => variantsOf(reward).length > 0);
  if (ofProducts.length === 0) return ok(new Map());
  const sold = await readSold(deps, store, [{ rewards: [...ofProducts] }]);
  if (!sold.ok) return sold;
  const things = await deps.platformOf(store).readThings(
    'variant',
    [...sold.value.values()].map(({ variantId }) => variantId),
  );
  if (!things.ok) return things;
  const names = new Map(things.value.map(({ id, title }) => [id, title]));
  const itemsOf = (reward: Reward): readonly RewardItem[] =>
    variantsOf(reward)
      .map((id) => asId<PlatformId>(id))
      .flatMap((variantId) => {
        const name = names.get(variantId);
        const wish = { points: null, cart: null, variantId, sold: sold.value.get(variantId) ?? null };
        return name !== undefined && quoteReward(reward, wish).ok ? [{ variantId, name }] : [];
      });
  return ok(new Map(ofProducts.map((reward) => [reward.id, itemsOf(reward)])));
};
