import type { ReactNode } from 'react';
import type { Reward, RewardKind, RewardOf } from '~/core/rewards/section';
import type { MessageKey } from '~/i18n/catalog';
import type { useWriting } from '../language';

export type RewardFieldsProps<Of extends Reward> = {
  readonly reward: Of;
  readonly change: (reward: Reward) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** How the editor shows one kind of reward: the sentence that says it, its own fields, and the button that adds one. */
export type RewardEditor<Kind extends RewardKind> = {
  readonly add: MessageKey;
  readonly sentence: (reward: RewardOf<Kind>, say: ReturnType<typeof useWriting>) => string;
  readonly Fields: (props: RewardFieldsProps<RewardOf<Kind>>) => ReactNode;
};
