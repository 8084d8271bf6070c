import type { Credit } from '~/core/transfers/transfer';
import type { ProductFacts } from '~/core/earning/conditions/condition';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { SoldVariant } from '~/core/rewards/quote';
import type { StorefrontPartName } from '~/core/storefront/parts';
import type { MemberSummary, ProgramSummary } from '~/core/storefront/summary';
import type { ShippingOffer } from '~/core/tiers/shippingOffers';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { IssueRequest, Platform, PlatformFailure, ShopFacts, ShopThing } from '~/platforms/platform';
import { memoryPlatform } from './platform';
import { always, createTimeline, type Timeline } from './timeline';

/** A code that the shop made. `uses`: so many it counts, even where no order of its own shows them. */
export type MemoryCode = { readonly request: IssueRequest; uses: number; active: boolean };

export type MemoryCustomer = {
  readonly displayName: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly marks: readonly string[];
};

/** How the shop fails. `lost`: what was asked for is done, and the answer does not come. */
export type Fault = PlatformFailure | { readonly kind: 'lost' };

/** What the shop knows and has been told. */
export type MemoryState = {
  readonly facts: ShopFacts;
  readonly orders: Timeline<PlatformId, OrderSnapshot>;
  readonly customers: Timeline<PlatformId, MemoryCustomer>;
  readonly products: Map<string, ProductFacts>;
  /** How variants are sold, by their ids. */
  readonly variants: Map<string, SoldVariant>;
  /** What products and collections are called, by "product 31" and "collection 7". */
  readonly things: Map<string, ShopThing>;
  readonly codes: Map<string, MemoryCode>;
  /** Store credit in customers' accounts, oldest first, and how much fits into one. */
  readonly credits: Map<string, Credit[]>;
  creditLimitMinor: number;
  /** Summaries that were published, by customer, and the program's, the newest last. */
  readonly published: Map<string, MemberSummary>;
  readonly programs: ProgramSummary[];
  /** The parts of the storefront that it shows; null: it does not say. */
  parts: ReadonlySet<StorefrontPartName> | null;
  /** The shipping that is offered to whoever wears a mark. */
  offers: readonly ShippingOffer[];
  /** Orders that the shop shows and nobody can read, with the sentence. */
  readonly unreadable: Map<string, string>;
  /** Whoever is asked for is a customer, but these. */
  readonly strangers: Set<string>;
  /** Set it, and every call fails that way, until it is null again. */
  failure: Fault | null;
  /** So many walks through past orders have to wait first. */
  walksToWait: number;
  /** So many past orders are shown before the connection breaks, once; null: it holds. */
  ordersToBreak: number | null;
};

/** A shop in memory, which is its own platform. */
export type MemoryShop = Platform &
  MemoryState & {
    /** A state of an order, that the shop knows from its `updatedAt` on. */
    readonly place: (snapshot: OrderSnapshot) => void;
    /** Notes that an order used its codes, whether the shop has the order or not. */
    readonly useCodes: (order: Pick<OrderSnapshot, 'orderId' | 'discountCodes'>) => void;
    readonly usesOf: (code: string) => number;
    /** Changes what the shop knows of a customer, from a moment on (else: now). An address that is given is proven. */
    readonly putCustomer: (id: string, part: Partial<MemoryCustomer>, at?: Instant) => void;
    /** null: nobody. */
    readonly customerOf: (id: PlatformId) => MemoryCustomer | null;
    readonly pageSize: number;
  };

export type MemorySettings = {
  readonly facts?: Partial<ShopFacts>;
  /** How far the shop's time is; without it everything that it will ever know is so. */
  readonly clock?: () => Instant;
  /** Whoever is asked for exists, without having been made. */
  readonly everybody?: boolean;
  readonly pageSize?: number;
};

/** One shop in memory, that keeps the contract of all platforms: for the tests, the model and the replay. */
export const createMemoryShop = ({
  facts,
  clock,
  everybody = false,
  pageSize = 50,
}: MemorySettings = {}): MemoryShop => {
  const time = clock ?? (() => always);
  const state: MemoryState = {
    facts: { name: 'Shop', currency: 'EUR', timeZone: 'Europe/Rome', codeHoldMinutes: 60, ...facts },
    orders: createTimeline(time),
    customers: createTimeline(time),
    products: new Map(),
    variants: new Map(),
    things: new Map(),
    codes: new Map(),
    credits: new Map(),
    creditLimitMinor: 1_500_000,
    published: new Map(),
    programs: [],
    offers: [],
    parts: null,
    unreadable: new Map(),
    strangers: new Set(),
    failure: null,
    walksToWait: 0,
    ordersToBreak: null,
  };
  const uses = new Map<string, Map<PlatformId, Instant>>();
  const noteUse = ({ orderId, discountCodes }: Pick<OrderSnapshot, 'orderId' | 'discountCodes'>, at: Instant): void => {
    for (const code of discountCodes.map((text) => text.toUpperCase())) {
      const orders = uses.get(code) ?? new Map<PlatformId, Instant>();
      uses.set(code, orders.set(orderId, instant(Math.min(at, orders.get(orderId) ?? at))));
    }
  };
  const unknown: MemoryCustomer = { displayName: '', email: null, emailVerified: false, marks: [] };
  const customerOf = (id: PlatformId): MemoryCustomer | null => {
    if (state.strangers.has(id)) return null;
    return state.customers.now(id)?.state ?? (everybody ? { ...unknown, displayName: `Customer ${id}` } : null);
  };
  // Without a clock what is told last is so: no moment comes after the newest one.
  const sinceOf = (id: PlatformId): Instant => state.customers.now(id)?.at ?? instant(0);
  // One object, so that what is set on the shop is what its platform sees.
  const shop = Object.assign(state, {
    pageSize,
    place: (snapshot: OrderSnapshot) => {
      state.orders.put(snapshot.orderId, snapshot, snapshot.updatedAt);
      noteUse(snapshot, snapshot.createdAt);
    },
    useCodes: (order: Pick<OrderSnapshot, 'orderId' | 'discountCodes'>) => noteUse(order, instant(-always)),
    usesOf: (code: string) => {
      const orders = [...(uses.get(code.toUpperCase())?.values() ?? [])];
      return Math.max(state.codes.get(code)?.uses ?? 0, orders.filter((at) => at <= time()).length);
    },
    putCustomer: (id: string, part: Partial<MemoryCustomer>, at?: Instant) => {
      const known = asId<PlatformId>(id);
      const address = part.email == null ? {} : { emailVerified: true };
      const before = customerOf(known) ?? { ...unknown, displayName: `Customer ${id}` };
      state.customers.put(
        known,
        { ...before, ...address, ...part },
        at ?? (clock === undefined ? sinceOf(known) : clock()),
      );
    },
    customerOf,
  });
  return Object.assign(shop, memoryPlatform(shop));
};
