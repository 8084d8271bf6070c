/** With which other discounts a code goes together in one cart. */
export type CombinesWith = {
  readonly orderDiscounts: boolean;
  readonly productDiscounts: boolean;
  readonly shippingDiscounts: boolean;
};

/** A sum of money off the whole order, by a code. */
export type AmountOffGrant = {
  readonly kind: 'amount_off';
  readonly amountMinor: number;
  readonly currency: string;
  /** The cart's subtotal must be at least this much; null for any cart. */
  readonly minimumSubtotalMinor: number | null;
  readonly combinesWith: CombinesWith;
};

/** Shipping for nothing, by a code. */
export type FreeShippingGrant = {
  readonly kind: 'free_shipping';
  /** Of the two limits below. */
  readonly currency: string;
  readonly minimumSubtotalMinor: number | null;
  /** A shipping rate above this is not free; null: any rate is. */
  readonly maxRateMinor: number | null;
  /** Where to, by ISO 3166-1 (two letters); empty: everywhere. */
  readonly countries: readonly string[];
  readonly combinesWith: CombinesWith;
};

/**
 * What a redemption turns into at the platform. Platforms know grants, never programs:
 * a new reward kind may reuse an existing grant.
 */
export type RewardGrant = AmountOffGrant | FreeShippingGrant;
export type GrantKind = RewardGrant['kind'];
export type GrantOf<Kind extends GrantKind> = Extract<RewardGrant, { kind: Kind }>;

/**
 * How a grant lives after its points are held. `code`: it can be switched off, its use is read back, and what was
 * spent returns with the order. `final`: once given (a gift card, store credit) it stays given. `staff`: somebody does
 * it and says so, or says that it cannot be done.
 */
export type Lifecycle = 'code' | 'final' | 'staff';

export const lifecycleOf = {
  amount_off: 'code',
  free_shipping: 'code',
} as const satisfies Record<GrantKind, Lifecycle>;

/** The sum of money that a grant is worth; null where nobody can say before it is used. */
export const moneyOf = (grant: RewardGrant): { readonly amountMinor: number; readonly currency: string } | null =>
  grant.kind === 'amount_off' ? { amountMinor: grant.amountMinor, currency: grant.currency } : null;
