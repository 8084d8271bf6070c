import type { GrantKind } from '../rewards/grants';
import type { LocalizedText } from '../values/text';

/** Why an entry of a redemption exists. */
export type RedemptionWhy =
  | {
      readonly v: 1;
      readonly kind: 'redemption';
      readonly rewardId: string;
      readonly programVersion: number;
      /** What it turned into; entries from before there was more than one kind name none: an amount off. */
      readonly grant?: GrantKind;
      /** null: no sum of money. */
      readonly amountMinor: number | null;
      readonly currency: string | null;
      /** What the reward was called, where its grant alone says too little. */
      readonly name?: LocalizedText;
    }
  | {
      readonly v: 1;
      readonly kind: 'release';
      /**
       * `not_done`: staff could not do it, and says why to the member. `not_delivered`: a partner refused it, with
       * words for staff.
       */
      readonly because: 'refused' | 'expired' | 'cancelled' | 'not_done' | 'not_delivered';
      readonly words: string | null;
    }
  | { readonly v: 1; readonly kind: 'late_use'; readonly order: string }
  | {
      readonly v: 1;
      readonly kind: 'return';
      readonly order: string;
      readonly because: 'units' | 'whole_order';
      readonly discountBackMinor: number;
      readonly discountMinor: number;
      readonly currency: string;
    };
