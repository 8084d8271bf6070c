import type { ReactNode } from 'react';
import type { Reward, RewardKind, RewardOf } from '~/core/rewards/section';
import type { MessageKey } from '~/i18n/catalog';

export type RewardFieldsProps<Of extends Reward> = {
  readonly reward: Of;
  readonly change: (reward: Reward) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** How the editor shows one kind of reward: its own fields, and what adds one. */
export type RewardEditor<Kind extends RewardKind> = {
  readonly add: MessageKey;
  readonly Fields: (props: RewardFieldsProps<RewardOf<Kind>>) => ReactNode;
};
