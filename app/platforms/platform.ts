import type { ProductFacts } from '~/core/earning/conditions/condition';
import type { OrderSign } from '~/core/orders/sign';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { MemberSummary, ProgramSummary } from '~/core/storefront/summary';
import type { RewardGrant } from '~/core/rewards/grants';
import type { Instant } from '~/core/values/instant';
import type { PlatformId, RedemptionId } from '~/core/values/ids';
import type { Result } from '~/core/values/result';

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

/** What the use cases ask to be made for a redemption: a code that only this customer can use, once. */
export type IssueRequest = {
  readonly redemptionId: RedemptionId;
  readonly code: string;
  /** "Fidelio · reward · short id" */
  readonly title: string;
  readonly customerId: PlatformId;
  readonly grant: RewardGrant;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
};

export type IssuedReward = {
  /** The platform's own reference, needed to switch the code off and to read its use back. */
  readonly reference: string;
};

/** `unknown` means that no such code exists at the platform (it was never made or is deleted). */
export type RewardUse =
  | { readonly kind: 'known'; readonly reference: string; readonly uses: number; readonly active: boolean }
  | { readonly kind: 'unknown' };

export type CustomerCard = {
  readonly customerId: PlatformId;
  readonly displayName: string;
  readonly email: string | null;
};

/** State of an export of all orders that the platform prepares as a file. */
export type OrderExport =
  | { readonly kind: 'running'; readonly objects: number }
  | { readonly kind: 'ready'; readonly url: string | null; readonly objects: number }
  | { readonly kind: 'failed'; readonly reason: string };

export type ShopFacts = {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
};

/** Orders whose last update lies between two moments, both included; null: from the first the platform lets us read. */
export type OrderWindow = { readonly from: Instant | null; readonly to: Instant };

/** The labels that a store shows of its customers, those of them changed in a window, a page at a time. */
export type LabelPage = {
  readonly customers: readonly { readonly customerId: PlatformId; readonly labels: readonly string[] }[];
  readonly next: string | null;
};

export type OrderPage = { readonly orders: readonly OrderSign[]; readonly next: string | null };

/** What the use cases need from any shop. One implementation per platform, one contract test suite for all. */
export type Platform = {
  readonly readShop: () => Promise<Result<ShopFacts, PlatformFailure>>;
  readonly readOrder: (orderId: PlatformId) => Promise<Result<OrderSnapshot | null, PlatformFailure | UnreadableOrder>>;
  /** Orders updated in a window, in the order of their updates, a page at a time. */
  readonly listOrders: (window: OrderWindow, cursor: string | null) => Promise<Result<OrderPage, PlatformFailure>>;
  /** Makes the code. If the same redemption made it before, that one is found and returned. */
  readonly issueReward: (request: IssueRequest) => Promise<Result<IssuedReward, PlatformFailure>>;
  /** Switches a code off. Switching off what is off or gone already is a success. */
  readonly voidReward: (reference: string) => Promise<Result<null, PlatformFailure>>;
  readonly readRewardUse: (code: string) => Promise<Result<RewardUse, PlatformFailure>>;
  readonly publishMemberSummary: (
    customerId: PlatformId,
    summary: MemberSummary,
  ) => Promise<Result<null, PlatformFailure>>;
  /** Gives a customer tags and takes others away. */
  readonly tagCustomer: (
    customerId: PlatformId,
    tags: { readonly add: readonly string[]; readonly remove: readonly string[] },
  ) => Promise<Result<null, PlatformFailure>>;
  readonly publishProgramSummary: (summary: ProgramSummary) => Promise<Result<null, PlatformFailure>>;
  /** What rules may ask of products, by product id; products that do not exist (any more) are left out. */
  readonly readProducts: (
    productIds: readonly PlatformId[],
  ) => Promise<Result<ReadonlyMap<string, ProductFacts>, PlatformFailure>>;
  /** All labels (customer tags) of customers, by customer id; customers that do not exist (any more) are left out. */
  readonly readLabels: (
    customerIds: readonly PlatformId[],
  ) => Promise<Result<ReadonlyMap<PlatformId, readonly string[]>, PlatformFailure>>;
  /** The labels of customers that changed in a window, in the order of their updates, a page at a time. */
  readonly listLabels: (window: OrderWindow, cursor: string | null) => Promise<Result<LabelPage, PlatformFailure>>;
  readonly readCustomers: (
    customerIds: readonly PlatformId[],
  ) => Promise<Result<readonly CustomerCard[], PlatformFailure>>;
  /** Customers whose name, e-mail or phone matches, best first, at most 50. */
  readonly searchCustomers: (text: string) => Promise<Result<readonly CustomerCard[], PlatformFailure>>;
  /** The customers with exactly these addresses (lower case), by address; addresses of nobody are left out. */
  readonly findCustomersByEmail: (
    emails: readonly string[],
  ) => Promise<Result<ReadonlyMap<string, PlatformId>, PlatformFailure>>;
  /** Asks the platform to prepare a file of all orders placed since `since` (null: all it lets us read). */
  readonly startOrderExport: (since: Instant | null) => Promise<Result<string, PlatformFailure>>;
  readonly readOrderExport: (exportId: string) => Promise<Result<OrderExport, PlatformFailure>>;
  /** The file's orders, one at a time, from the given number of orders on; streamed, never held as a whole. */
  readonly streamOrderExport: (
    url: string,
    skipOrders: number,
  ) => AsyncIterable<Result<OrderSnapshot, { readonly orderId: string | null; readonly reason: string }>>;
};
