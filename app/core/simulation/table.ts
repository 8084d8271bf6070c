import type { OrderFacts } from '../evaluation/facts';
import type { CustomerLabels } from '../evaluation/labels';
import type { Checkpoint } from '../evaluation/past';
import { openMemberBook, type MemberBook } from '../ledger/memberBook';
import { renews } from '../ledger/renew';
import type { ProgramDocument } from '../program/document';
import type { Redemption } from '../redemptions/states';
import type { SoldVariant } from '../rewards/quote';
import type { Grounds } from '../settlement/grounds';
import type { OrderRecord, TierState } from '../settlement/records';
import type { TierOverride } from '../tiers/clock';
import type { EntryAward } from '../tiers/entryAwards';
import type { EntryId, MemberId, ProgramId, RedemptionId, StoreId } from '../values/ids';
import { instant, type Instant } from '../values/instant';
import { openShelf, type Shelf } from './shelf';
import type { PlayedOrder } from './timeline';

/** By what members are played: one version of the program, as if it had always been in force. */
export type PlayGround = {
  readonly programId: ProgramId;
  readonly document: ProgramDocument;
  /** The time zone of each store. */
  readonly zones: ReadonlyMap<StoreId, string>;
  /** What rules ask of products, by `productKeyText`; null: there is no such product. */
  readonly products: Grounds['products'];
  /** How the shop sells the products that rewards offer now, by variant: nobody knows what they cost then. */
  readonly sold: ReadonlyMap<string, SoldVariant>;
};

/** A member whose orders are played. */
export type PlayedMember = {
  readonly memberId: MemberId;
  readonly orders: readonly PlayedOrder[];
  readonly labels: readonly { readonly storeId: StoreId; readonly customers: readonly CustomerLabels[] }[];
  /** Tiers that staff gave, in the order in which they were given. */
  readonly overrides: readonly TierOverride[];
};

/** An order as a table holds it. */
export type PlayedRecord = OrderRecord & { readonly facts: OrderFacts | null; readonly isRemembered: boolean };

/** One member with everything that a database would hold of them. It changes while time goes on. */
export type Table = {
  readonly ground: PlayGround;
  readonly member: PlayedMember;
  readonly grounds: Grounds;
  readonly shelf: Shelf;
  readonly records: Map<string, PlayedRecord>;
  readonly redemptions: Map<RedemptionId, Redemption & { readonly programId: ProgramId }>;
  /** What was paid on entering tiers, by key. */
  readonly awards: Map<string, EntryAward>;
  readonly newId: () => EntryId;
  checkpoint: Checkpoint | null;
  tier: TierState | null;
};

// Whatever is played was in force before any order.
const always = instant(-8.64e15);

/** The version's number, for why entries exist. */
export const playedVersion = 1;

/** An empty table for a member. */
export const openTable = (ground: PlayGround, member: PlayedMember, newId: () => EntryId): Table => {
  const { programId, document } = ground;
  const versions = [{ version: playedVersion, publishedAt: always, document }];
  const stores = new Set(member.orders.map(({ storeId }) => storeId));
  const zoneOf = (storeId: StoreId): string => ground.zones.get(storeId) ?? document.timeZone;
  return {
    ground,
    member,
    grounds: {
      settings: new Map([...stores].map((storeId) => [storeId, { programId, zone: zoneOf(storeId), versions }])),
      versions: new Map([[programId, versions]]),
      products: ground.products,
      labels: new Map(),
    },
    shelf: openShelf(member.memberId),
    records: new Map(),
    redemptions: new Map(),
    awards: new Map(),
    newId,
    checkpoint: null,
    tier: null,
  };
};

/** Opens the member's book, with everything that may renew lots. */
export const openBook = ({ ground, grounds, member, shelf, newId }: Table, now: Instant): MemberBook => {
  const { open, activities } = shelf.load([], () => 0);
  const versions = grounds.versions.get(ground.programId) ?? [];
  const renewal = renews(versions) ? { versions, activities, lapsed: [], zone: ground.document.timeZone } : null;
  return openMemberBook([{ memberId: member.memberId, cached: shelf.balance(), open, renewal }], now, newId);
};
