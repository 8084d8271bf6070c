import type { LocalizedText } from '../values/text';

/** Why the entry reward of a tier moved points. */
export type TierWhy =
  | {
      readonly v: 1;
      readonly kind: 'tier_reward';
      readonly tierId: string;
      readonly name: LocalizedText;
      readonly programVersion: number;
    }
  /** The facts say by now that the tier was never reached. */
  | { readonly v: 1; readonly kind: 'tier_reward_undone'; readonly tierId: string; readonly name: LocalizedText };
