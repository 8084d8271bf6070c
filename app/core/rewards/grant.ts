/**
 * What a redemption turns into at the platform. Platforms know grants, never programs:
 * a new reward kind may reuse an existing grant.
 */
export type RewardGrant = {
  readonly kind: 'amount_off';
  readonly amountMinor: number;
  readonly currency: string;
  /** The cart's subtotal must be at least this much; null for any cart. */
  readonly minimumSubtotalMinor: number | null;
  readonly combinesWith: {
    readonly orderDiscounts: boolean;
    readonly productDiscounts: boolean;
    readonly shippingDiscounts: boolean;
  };
};
