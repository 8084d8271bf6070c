import { z } from 'zod';
import { problem, uniqueIds } from '../values/fields';
import { isPlatformKind, type PlatformGrantKind } from './grants';
import type { RewardKindOf } from './kind';
import { amountOff } from './kinds/amountOff';
import { chosenAmountOff } from './kinds/chosenAmountOff';
import { donation } from './kinds/donation';
import { experience } from './kinds/experience';
import { freeProduct } from './kinds/freeProduct';
import { freeShipping } from './kinds/freeShipping';
import { giftCard } from './kinds/giftCard';
import { partner } from './kinds/partner';
import { percentOff } from './kinds/percentOff';
import { poolCode } from './kinds/poolCode';
import { storeCredit } from './kinds/storeCredit';

/**
 * All kinds of rewards, by name. A new one is a file and a line here; then the compiler names the list of words and the
 * list of editors, where it is a file and a line, too.
 */
export const rewardKinds = {
  amount_off: amountOff,
  chosen_amount_off: chosenAmountOff,
  percent_off: percentOff,
  free_shipping: freeShipping,
  free_product: freeProduct,
  gift_card: giftCard,
  store_credit: storeCredit,
  donation,
  experience,
  pool_code: poolCode,
  partner,
} as const;

export type RewardKind = keyof typeof rewardKinds;
export type RewardOf<Kind extends RewardKind> = z.infer<(typeof rewardKinds)[Kind]['schema']>;
export type Reward = { [Kind in RewardKind]: RewardOf<Kind> }[RewardKind];

/** The kind of a reward. The cast says what the type system cannot: a reward's kind takes that reward. */
export const kindOf = (reward: Reward): RewardKindOf<Reward> => rewardKinds[reward.kind] as RewardKindOf<Reward>;

/** A reward that turns into a code of the shop, with what all of those have. */
export type RewardWithCode = Extract<Reward, { readonly combinesWith: unknown }>;

export const hasCode = (reward: Reward): reward is RewardWithCode => 'combinesWith' in reward;

/** A reward that offers variants of products to choose from. */
export type RewardWithVariants = Extract<Reward, { readonly variantIds: unknown }>;

export const hasVariants = (reward: Reward): reward is RewardWithVariants => 'variantIds' in reward;

/** A reward that can be for some lines of the cart only. */
export type RewardWithLines = Extract<Reward, { readonly lines: unknown }>;

export const hasLines = (reward: Reward): reward is RewardWithLines => 'lines' in reward;

/** The variants of products that a reward offers to choose from, by their ids; most offer none. */
export const variantsOf = (reward: Reward): readonly string[] => (hasVariants(reward) ? reward.variantIds : []);

/** The currency in which a reward has sums of money; null: it has none, and is the same in every shop. */
export const currencyOf = (reward: Reward): string | null => ('currency' in reward ? reward.currency : null);

/** The currency in which a reward costs the merchant something; null: nobody can say. */
export const costCurrencyOf = (reward: Reward): string | null =>
  reward.kind === 'partner' ? (reward.cost?.currency ?? null) : currencyOf(reward);

/** The rewards that are on offer in a store of a currency: those that are on, and not in another one. */
export const rewardsOffered = (rewards: readonly Reward[], storeCurrency: string): readonly Reward[] =>
  rewards.filter((reward) => reward.enabled && [storeCurrency, null].includes(currencyOf(reward)));

/** The fewest points for which one of some rewards can be had; null: there is none. */
export const leastPoints = (rewards: readonly Reward[]): number | null =>
  rewards
    .map((reward) => kindOf(reward).storefront(reward).min_points)
    .reduce<number | null>((least, points) => (least === null ? points : Math.min(least, points)), null);

/**
 * The kinds of rewards that need another grant of the platform than these: where only these are made, nobody can redeem
 * them.
 */
export const kindsBeyond = (made: ReadonlySet<PlatformGrantKind>): readonly RewardKind[] =>
  Object.values(rewardKinds).flatMap(({ kind, grants }) =>
    grants.every((grant) => !isPlatformKind(grant) || made.has(grant)) ? [] : [kind],
  );

/** A new reward of a kind, switched off: nothing is on offer that the merchant has not looked over. */
export const newReward = (kind: RewardKind, id: string, currency: string): Reward => {
  const { model } = rewardKinds[kind] as RewardKindOf<Reward>;
  return { ...model(currency, id), id } as Reward;
};

type RewardSchema = (typeof rewardKinds)[RewardKind]['schema'];

// The cast says what the type system cannot: the values of an object that is not empty are a list that is not.
const rewardSchema = z.discriminatedUnion(
  'kind',
  Object.values(rewardKinds).map(({ schema }) => schema) as unknown as readonly [RewardSchema, ...RewardSchema[]],
);

/** What points can be turned into: the rewards' section of the program document. */
export const rewardsSchema = z
  .array(rewardSchema)
  .max(100)
  .refine(uniqueIds, { message: 'a reward id is used once', params: problem({ kind: 'used_twice' }) });
