import type { Reward } from '~/core/rewards/section';

/** What every card of a reward's page works with: the reward, what changes it, and what is wrong at its fields. */
export type RewardCardProps = {
  readonly reward: Reward;
  readonly change: (reward: Reward) => void;
  readonly errorAt: (field: string) => string | undefined;
};
