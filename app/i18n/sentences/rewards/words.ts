import type { RewardKind, RewardOf } from '~/core/rewards/section';
import type { MessageKey } from '../../catalog';
import type { SentenceSay } from '../say';

/** The words of a value. `never`: each takes the values of its own field. */
export type ValueWords = (value: never, say: SentenceSay) => string;

/** How a kind of reward is said. */
export type RewardWords<Kind extends RewardKind> = {
  /** Its own parts of the sentence: "500 points for 20 % off", "at most €30.00". What all rewards have comes behind. */
  readonly phrases: (reward: RewardOf<Kind>, say: SentenceSay) => readonly string[];
  /** What people call the fields that not every kind has. */
  readonly fields: { readonly [Field in keyof RewardOf<Kind>]?: MessageKey };
  /** The words of values that are more than a number or a text of the merchant's. */
  readonly values?: { readonly [Field in keyof RewardOf<Kind>]?: ValueWords };
};
