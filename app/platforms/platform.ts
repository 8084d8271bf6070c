import type { ProductFacts } from '~/core/earning/conditions/condition';
import type { OrderSign } from '~/core/orders/sign';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { StorefrontPartName } from '~/core/storefront/parts';
import type { MemberSummary, ProgramSummary } from '~/core/storefront/summary';
import type { ShippingOffer } from '~/core/tiers/shippingOffers';
import type { GivenGrantKind, IssuedGrant } from '~/core/rewards/grants';
import type { SoldVariant } from '~/core/rewards/quote';
import type { Instant } from '~/core/values/instant';
import type { MemberId, PlatformId, RedemptionId } from '~/core/values/ids';
import type { Result } from '~/core/values/result';
import type { Credit } from '~/core/transfers/transfer';

/**
 * Why the platform did not do what was asked.
 * `unavailable`: time-out, 5xx, throttled beyond patience, refused token: the outcome is unknown, ask again later.
 * `refused`: the platform said no (its own words in `reasons`): asking again is pointless.
 */
export type PlatformFailure =
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/**
 * The platform answered, but what it says of an order cannot be read or makes no sense: one sentence, nothing personal.
 */
export type UnreadableOrder = { readonly kind: 'unreadable'; readonly sentence: string };

/**
 * For whom something is made: a customer of the platform, or, where nobody has an account (a counter), one of our
 * members.
 */
export type Holder =
  | { readonly kind: 'customer'; readonly customerId: PlatformId }
  | { readonly kind: 'member'; readonly memberId: MemberId };

/**
 * What the use cases ask to be made for a redemption: a code that only its holder can use, once; or a gift card of the
 * holder's.
 */
export type IssueRequest = {
  readonly redemptionId: RedemptionId;
  readonly code: string;
  /** "Fidelio · reward · short id" */
  readonly title: string;
  readonly holder: Holder;
  readonly grant: IssuedGrant;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Of a gift card: the last local day on which it can be spent; left out or null: it has no end. */
  readonly lastDay?: string | null;
};

/** Store credit for a customer's account. Nothing names it there but its sum and its end, to the second. */
export type CreditRequest = {
  readonly customerId: PlatformId;
  readonly amountMinor: number;
  readonly currency: string;
  readonly expiresAt: Instant;
};

/** The account is full: what was asked for was not done, and can be later. */
export type LimitReached = { readonly kind: 'limit_reached'; readonly reasons: readonly string[] };

export type IssuedReward = {
  /** The platform's own reference, needed to switch the code off and to read its use back. */
  readonly reference: string;
};

/** `unknown` means that no such code exists at the platform (it was never made or is deleted). */
export type RewardUse =
  | { readonly kind: 'known'; readonly reference: string; readonly uses: number; readonly active: boolean }
  | { readonly kind: 'unknown' };

/** What speaks for and against what a shop is asked to give, as far as it says so. */
export type GivingTerms = {
  /** What the app has to be allowed first, in the platform's words. */
  readonly missingScopes: readonly string[];
  /** The shop has it switched on; null: nobody can say before the app is allowed to ask. */
  readonly isOn: boolean | null;
  /** The most that is given at once; null: no limit is known. */
  readonly limit: { readonly amountMinor: number; readonly currency: string } | null;
};

export type CustomerCard = {
  readonly customerId: PlatformId;
  readonly displayName: string;
  readonly email: string | null;
  /** Whether the address was proven to be the customer's. */
  readonly emailVerified: boolean;
  /** The marks (customer tags) that the customer carries. */
  readonly marks: readonly string[];
};

/** Marks that a customer gets, and others that are taken away. */
export type Marks = { readonly add: readonly string[]; readonly remove: readonly string[] };

/**
 * What a walk through past orders comes by. `resume` is the platform's own word for a place: a walk that is begun with
 * it goes on behind this element. `found`: so many there are, as far as the platform knows by now. `wait`: the walk
 * ends here and is to be taken up after so many seconds. `failed`: it ends here; what was read before stands.
 */
export type PastOrder =
  | { readonly kind: 'order'; readonly order: OrderSnapshot; readonly resume: string }
  | {
      readonly kind: 'unreadable';
      /** null: not even that can be read. */
      readonly orderId: PlatformId | null;
      readonly reason: string;
      readonly resume: string;
    }
  | { readonly kind: 'found'; readonly orders: number }
  | { readonly kind: 'wait'; readonly seconds: number; readonly resume: string }
  | { readonly kind: 'failed'; readonly failure: PlatformFailure };

export type ShopFacts = {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  /**
   * How long an order with a code may still be on its way after the code's end: so long at least its points are held.
   */
  readonly codeHoldMinutes: number;
};

/** Orders whose last update lies between two moments, both included; null: from the first the platform lets us read. */
export type OrderWindow = { readonly from: Instant | null; readonly to: Instant };

/** The labels that a store shows of its customers, those of them changed in a window, a page at a time. */
export type LabelBatch = {
  readonly customers: readonly { readonly customerId: PlatformId; readonly labels: readonly string[] }[];
  readonly next: string | null;
};

/** What a shop has that rules name by its id. */
export type ThingKind = 'product' | 'collection' | 'variant';

/** A thing of the shop as people know it: what it is called, and the address of a small picture of it. */
export type ShopThing = { readonly id: PlatformId; readonly title: string; readonly picture: string | null };

/** Words that a shop uses of its customers and products, by what they are. */
export type ShopWords = Readonly<Record<'customer_tag' | 'product_tag' | 'product_type' | 'vendor', readonly string[]>>;

/** A part of the storefront: whether the shop shows it (null: it does not say), and where the merchant places it. */
export type StorefrontPart = {
  readonly name: StorefrontPartName;
  readonly isShown: boolean | null;
  /** An address of the shop's own admin. */
  readonly editor: string;
};

/** A page of the customers who carry a mark. */
export type MarkedBatch = { readonly customerIds: readonly PlatformId[]; readonly next: string | null };

export type OrderBatch = { readonly orders: readonly OrderSign[]; readonly next: string | null };

/** What the use cases need from any shop. One implementation per platform, one contract test suite for all. */
export type Platform = {
  readonly readShop: () => Promise<Result<ShopFacts, PlatformFailure>>;
  readonly readOrder: (orderId: PlatformId) => Promise<Result<OrderSnapshot | null, PlatformFailure | UnreadableOrder>>;
  /** Orders updated in a window, in the order of their updates, a page at a time. */
  readonly listOrders: (window: OrderWindow, cursor: string | null) => Promise<Result<OrderBatch, PlatformFailure>>;
  /** Makes the code. If the same redemption made it before, that one is found and returned. */
  readonly issueReward: (request: IssueRequest) => Promise<Result<IssuedReward, PlatformFailure>>;
  /** Switches a code off. Switching off what is off or gone already is a success. */
  readonly voidReward: (reference: string) => Promise<Result<null, PlatformFailure>>;
  readonly readRewardUse: (code: string) => Promise<Result<RewardUse, PlatformFailure>>;
  /** The platform's reference of the gift card with this code; null: there is none. */
  readonly findGiftCard: (code: string) => Promise<Result<string | null, PlatformFailure>>;
  /**
   * Puts store credit into a customer's account, as often as it is asked: it is never asked again by itself. When it is
   * `unavailable`, nobody knows whether it was done.
   */
  readonly creditAccount: (request: CreditRequest) => Promise<Result<IssuedReward, PlatformFailure | LimitReached>>;
  /** The credits of a customer's account in a currency, since a moment at least; none where there is no account. */
  readonly listCredits: (
    customerId: PlatformId,
    currency: string,
    since: Instant,
  ) => Promise<Result<readonly Credit[], PlatformFailure>>;
  /** What the shop says of gift cards or store credit, before it is asked for some. */
  readonly readGivingTerms: (grant: GivenGrantKind) => Promise<Result<GivingTerms, PlatformFailure>>;
  readonly publishMemberSummary: (
    customerId: PlatformId,
    summary: MemberSummary,
  ) => Promise<Result<null, PlatformFailure>>;
  /** Gives a customer marks and takes others away; what is so already is a success. */
  readonly markCustomer: (customerId: PlatformId, marks: Marks) => Promise<Result<null, PlatformFailure>>;
  /** The customers who carry a mark, a page at a time, as those offers see it that hold for them. */
  readonly listMarked: (mark: string, cursor: string | null) => Promise<Result<MarkedBatch, PlatformFailure>>;
  /**
   * Sees to it that exactly these offers of ours hold, as they are said: others of ours end, missing ones are made.
   * With the same offers again nothing changes.
   */
  readonly keepShippingOffers: (offers: readonly ShippingOffer[]) => Promise<Result<null, PlatformFailure>>;
  readonly publishProgramSummary: (summary: ProgramSummary) => Promise<Result<null, PlatformFailure>>;
  /** What rules may ask of products, by product id; products that do not exist (any more) are left out. */
  readonly readProducts: (
    productIds: readonly PlatformId[],
  ) => Promise<Result<ReadonlyMap<string, ProductFacts>, PlatformFailure>>;
  /** How the shop sells variants of products, by their ids; those that do not exist (any more) are left out. */
  readonly readVariants: (
    variantIds: readonly PlatformId[],
  ) => Promise<Result<ReadonlyMap<string, SoldVariant>, PlatformFailure>>;
  /** What the shop calls its products, collections or variants; those that do not exist (any more) are left out. */
  readonly readThings: (
    kind: ThingKind,
    ids: readonly PlatformId[],
  ) => Promise<Result<readonly ShopThing[], PlatformFailure>>;
  /** The parts of the storefront, and which of them the shop shows. */
  readonly readParts: () => Promise<Result<readonly StorefrontPart[], PlatformFailure>>;
  /** The tags, types and vendors that the shop uses, as far as it lists them: none where it does not. */
  readonly readWords: () => Promise<Result<ShopWords, PlatformFailure>>;
  /** All labels (customer tags) of customers, by customer id; customers that do not exist (any more) are left out. */
  readonly readLabels: (
    customerIds: readonly PlatformId[],
  ) => Promise<Result<ReadonlyMap<PlatformId, readonly string[]>, PlatformFailure>>;
  /** The labels of customers that changed in a window, in the order of their updates, a page at a time. */
  readonly listLabels: (window: OrderWindow, cursor: string | null) => Promise<Result<LabelBatch, PlatformFailure>>;
  readonly readCustomers: (
    customerIds: readonly PlatformId[],
  ) => Promise<Result<readonly CustomerCard[], PlatformFailure>>;
  /** Customers whose name, e-mail or phone matches, best first, at most 50. */
  readonly searchCustomers: (text: string) => Promise<Result<readonly CustomerCard[], PlatformFailure>>;
  /**
   * The customers whose proven addresses are exactly these (lower case), by address; others are left out.
   */
  readonly findCustomersByEmail: (
    emails: readonly string[],
  ) => Promise<Result<ReadonlyMap<string, PlatformId>, PlatformFailure>>;
  /**
   * The orders placed since `since` (null: all that the platform shows), from a place on (null: the beginning);
   * streamed, never held as a whole. With the same place it is the same orders in the same order.
   */
  readonly pastOrders: (since: Instant | null, resume: string | null) => AsyncIterable<PastOrder>;
};
