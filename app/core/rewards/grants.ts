import type { PlatformId } from '../values/ids';
import type { LocalizedText } from '../values/text';
import type { RewardLines } from './lines';

/** With which other discounts a code goes together in one cart. */
export type CombinesWith = {
  readonly orderDiscounts: boolean;
  readonly productDiscounts: boolean;
  readonly shippingDiscounts: boolean;
};

/** What a code takes something off; left out: the whole order. With it the minimum counts these lines only. */
type OfLines = { readonly lines?: RewardLines };

/** A sum of money off the order, or off some lines of it together, by a code. */
export type AmountOffGrant = OfLines & {
  readonly kind: 'amount_off';
  readonly amountMinor: number;
  readonly currency: string;
  /** The cart's subtotal must be at least this much; null for any cart. */
  readonly minimumSubtotalMinor: number | null;
  readonly combinesWith: CombinesWith;
};

/** A part of the order, or of some lines of it, by a code. */
export type PercentOffGrant = OfLines & {
  readonly kind: 'percent_off';
  /** 100 is one percent. */
  readonly basisPoints: number;
  /** Of the limit below. */
  readonly currency: string;
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

/** Money off one product, by a code. Of several in the cart it is taken once. */
export type FreeProductGrant = {
  readonly kind: 'free_product';
  readonly variantId: PlatformId;
  /** What it was called. */
  readonly name: LocalizedText;
  /** Its price when it was taken, less what the member pays. With a minimum it is free as a whole, then as now. */
  readonly amountMinor: number;
  readonly currency: string;
  /** So much has to be bought from the collections below, the product itself left aside; null: nothing. */
  readonly minimumSubtotalMinor: number | null;
  readonly collectionIds: readonly string[];
  readonly combinesWith: CombinesWith;
};

/** Money that the merchant gives to others in the member's name: a line of the merchant's report. */
export type DonationGrant = {
  readonly kind: 'donation';
  readonly amountMinor: number;
  readonly currency: string;
  /** Who gets it, as the merchant calls them. */
  readonly charity: string;
};

/** Something that staff does for the member: a visit, a call, a lesson. */
export type ExperienceGrant = {
  readonly kind: 'experience';
  /** What it was called. */
  readonly name: LocalizedText;
  /** What the member was asked; null: nothing. */
  readonly question: LocalizedText | null;
};

/** A code of somebody else's, from those that the merchant uploaded. */
export type PoolCodeGrant = {
  readonly kind: 'pool_code';
  readonly poolId: string;
  /** What it was called. */
  readonly name: LocalizedText;
};

/** Money on a gift card of the shop: whoever has its code can spend it. */
export type GiftCardGrant = {
  readonly kind: 'gift_card';
  readonly amountMinor: number;
  readonly currency: string;
  /** It can be spent for so many local days; null: it has no end. */
  readonly validDays: number | null;
};

/** Money in the member's own account at the shop, which is spent there when the member is signed in. */
export type StoreCreditGrant = {
  readonly kind: 'store_credit';
  readonly amountMinor: number;
  readonly currency: string;
  /** It can be spent for so many local days: credit of ours always ends. */
  readonly validDays: number;
};

/** Something of a partner's, ordered there once the points are held. */
export type PartnerGrant = {
  readonly kind: 'partner';
  readonly provider: string;
  readonly itemId: string;
  /** What it was called. */
  readonly name: LocalizedText;
  /** What it costs the merchant by the partner's catalogue. */
  readonly cost: PartnerCost;
};

/** What the merchant pays a partner. */
export type PartnerCost = { readonly amountMinor: number; readonly currency: string };

/** A code of the shop that takes something off. */
export type CodeGrant = AmountOffGrant | PercentOffGrant | FreeShippingGrant | FreeProductGrant;
export type CodeGrantKind = CodeGrant['kind'];

/** Money that the shop gives, on conditions of its own: it has to be asked whether it does. */
export type GivenGrantKind = (GiftCardGrant | StoreCreditGrant)['kind'];

/** What the platform makes in one step, under a code by which it is found again. */
export type IssuedGrant = CodeGrant | GiftCardGrant;

/** What the platform is asked for. Platforms know grants, never programs. */
export type PlatformGrant = IssuedGrant | StoreCreditGrant;

/** What a redemption turns into. A new reward kind may reuse an existing grant. */
export type RewardGrant = PlatformGrant | DonationGrant | ExperienceGrant | PoolCodeGrant | PartnerGrant;
export type GrantKind = RewardGrant['kind'];
export type GrantOf<Kind extends GrantKind> = Extract<RewardGrant, { kind: Kind }>;
export type PlatformGrantKind = PlatformGrant['kind'];

/**
 * How a grant lives after its points are held. `code`: it can be switched off, its use is read back, and what was
 * spent returns with the order. `final`: once given (a gift card, store credit) it stays given. `staff`: somebody (the
 * merchant's staff, a partner) does it and says so, or says that it cannot be done.
 */
export type Lifecycle = 'code' | 'final' | 'staff';

export const lifecycleOf = {
  amount_off: 'code',
  percent_off: 'code',
  free_shipping: 'code',
  free_product: 'code',
  gift_card: 'final',
  store_credit: 'final',
  donation: 'final',
  experience: 'staff',
  pool_code: 'final',
  partner: 'staff',
} as const satisfies Record<GrantKind, Lifecycle>;

const made = {
  amount_off: true,
  percent_off: true,
  free_shipping: true,
  free_product: true,
  gift_card: true,
  store_credit: true,
} as const satisfies Record<PlatformGrantKind, true>;

/** The grants that a platform is asked to make. */
export const platformGrants: ReadonlySet<PlatformGrantKind> = new Set(Object.keys(made) as PlatformGrantKind[]);

/** Whether the platform makes it, after the points are held. */
export const isMadeByPlatform = (grant: RewardGrant): grant is PlatformGrant => isPlatformKind(grant.kind);

export const isPlatformKind = (kind: GrantKind): kind is PlatformGrantKind => kind in made;

/**
 * Whether somebody else makes it, after the points are held: the platform, or a partner. Anything else is given in the
 * moment they are held.
 */
export const isMadeElsewhere = (grant: RewardGrant): boolean => isMadeByPlatform(grant) || grant.kind === 'partner';

/** What the merchant pays for a grant; null where nobody can say before it is used. */
export const paidFor = (grant: RewardGrant): PartnerCost | null =>
  grant.kind === 'partner' ? grant.cost : moneyOf(grant);

/** The sum of money that a grant is worth; null where nobody can say before it is used. */
export const moneyOf = (grant: RewardGrant): { readonly amountMinor: number; readonly currency: string } | null =>
  'amountMinor' in grant ? { amountMinor: grant.amountMinor, currency: grant.currency } : null;
