import { z } from 'zod';
import { problem, uniqueIds } from '../values/fields';
import type { RewardKindOf } from './kind';
import { amountOff } from './kinds/amountOff';
import { chosenAmountOff } from './kinds/chosenAmountOff';
import { freeShipping } from './kinds/freeShipping';

/**
 * All kinds of rewards, by name. A new one is a file, a line here and one in the schema below; then the compiler names
 * what is missing.
 */
export const rewardKinds = {
  amount_off: amountOff,
  chosen_amount_off: chosenAmountOff,
  free_shipping: freeShipping,
} as const;

export type RewardKind = keyof typeof rewardKinds;
export type RewardOf<Kind extends RewardKind> = z.infer<(typeof rewardKinds)[Kind]['schema']>;
export type Reward = { [Kind in RewardKind]: RewardOf<Kind> }[RewardKind];

/** The kind of a reward. The cast says what the type system cannot: a reward's kind takes that reward. */
export const kindOf = (reward: Reward): RewardKindOf<Reward> => rewardKinds[reward.kind] as RewardKindOf<Reward>;

/** A new reward of a kind, switched off: nothing is on offer that the merchant has not looked over. */
export const newReward = (kind: RewardKind, id: string, currency: string): Reward => ({
  ...rewardKinds[kind].model(currency),
  id,
});

const rewardSchema = z.discriminatedUnion('kind', [amountOff.schema, chosenAmountOff.schema, freeShipping.schema]);

/** What points can be turned into: the rewards' section of the program document. */
export const rewardsSchema = z
  .array(rewardSchema)
  .max(100)
  .refine(uniqueIds, { message: 'a reward id is used once', params: problem({ kind: 'used_twice' }) });
