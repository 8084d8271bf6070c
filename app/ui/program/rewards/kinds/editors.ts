import type { Reward, RewardKind } from '~/core/rewards/section';
import { amountOff } from './amountOff';
import { chosenAmountOff } from './chosenAmountOff';
import { donation } from './donation';
import type { RewardEditor } from './editor';
import { experience } from './experience';
import { freeProduct } from './freeProduct';
import { freeShipping } from './freeShipping';
import { giftCard } from './giftCard';
import { partner } from './partner';
import { percentOff } from './percentOff';
import { poolCode } from './poolCode';
import { storeCredit } from './storeCredit';

// A reward kind without its editor does not compile.
export const editors = {
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
} satisfies { readonly [Kind in RewardKind]: RewardEditor<Kind> };

/** The editor of a reward. The cast says what the type system cannot: the editor of a kind takes its rewards. */
export const editorOf = (reward: Reward) =>
  editors[reward.kind] as unknown as {
    readonly [Part in keyof RewardEditor<RewardKind>]: RewardEditor<RewardKind>[Part];
  };
