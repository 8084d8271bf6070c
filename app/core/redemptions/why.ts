import type { GrantKind } from '../rewards/grants';

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
    }
  | {
      readonly v: 1;
      readonly kind: 'release';
      readonly because: 'refused' | 'expired' | 'cancelled';
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
