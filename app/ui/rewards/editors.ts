import type { Reward, RewardKind } from '~/core/rewards/section';
import { amountOff } from './amountOff';
import { chosenAmountOff } from './chosenAmountOff';
import type { RewardEditor } from './editor';
import { freeShipping } from './freeShipping';

// A reward kind without its editor does not compile.
export const editors = {
  amount_off: amountOff,
  chosen_amount_off: chosenAmountOff,
  free_shipping: freeShipping,
} satisfies { readonly [Kind in RewardKind]: RewardEditor<Kind> };

/** The editor of a reward. The cast says what the type system cannot: the editor of a kind takes its rewards. */
export const editorOf = (reward: Reward) =>
  editors[reward.kind] as unknown as {
    readonly [Part in keyof RewardEditor<RewardKind>]: RewardEditor<RewardKind>[Part];
  };
