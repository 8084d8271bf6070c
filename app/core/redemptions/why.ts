/** Why an entry of a redemption exists. */
export type RedemptionWhy =
  | {
      readonly v: 1;
      readonly kind: 'redemption';
      readonly rewardId: string;
      readonly programVersion: number;
      readonly amountMinor: number;
      readonly currency: string;
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
