import type { OrderContext } from '../earning/context';
import type { OrderFacts } from '../evaluation/facts';
import type { Checkpoint } from '../evaluation/past';
import type { Spent } from '../ledger/putBack';
import type { LapsedSlice } from '../ledger/renew';
import type { Balance, Debt, OpenLedger } from '../ledger/types';
import type { OrderSnapshot } from '../orders/snapshot';
import type { OrderStatus } from '../orders/status';
import type { Redemption, RedemptionState } from '../redemptions/states';
import type { TierChange, TierOverride } from '../tiers/clock';
import type { EntryAward } from '../tiers/entryAwards';
import type { MemberId, PlatformId, ProgramId, RedemptionId, StoreId } from '../values/ids';
import type { Instant } from '../values/instant';
import type { MemberKey, OrderKey } from '../values/keys';

/**
 * What settling reads, and what it writes. Whoever keeps these (a database, the tests' tables) answers in these shapes.
 */

/** An order as it is kept: its newest snapshot, what it stands on, and what the ledger holds for it. */
export type OrderRecord = OrderKey & {
  readonly memberId: MemberId | null;
  readonly newest: OrderSnapshot;
  /** The snapshot the order stands on; null while none was settled. */
  readonly settled: OrderSnapshot | null;
  /** The snapshot that says whose the order is. */
  readonly owned: OrderSnapshot;
  readonly context: OrderContext | null;
  /** What the context would be now, when it is final and differs. */
  readonly finding: OrderContext | null;
  readonly entitlement: number;
  readonly posted: number;
  readonly seq: number;
  readonly forgivenLapsed: number;
  /** Its customer was erased: it stays with its member, and nothing personal of further messages is kept. */
  readonly erased: boolean;
};

export type OrderToWrite = Omit<OrderRecord, 'erased'> & {
  readonly status: OrderStatus;
  /** What later orders of the member ask of it; null where no rule of the program asks. */
  readonly facts: OrderFacts | null;
  /** Money paid for it and not given back, in minor units, for the figures. */
  readonly paidMinor: number;
};

/** A member whose row is locked until the transaction ends, with the cached balance. */
export type LockedMember = MemberKey & {
  readonly cached: Balance;
  /** The tier as last derived. */
  readonly tier: string | null;
  /** The member that this one was merged into. */
  readonly mergedInto: MemberId | null;
  /** Keys of the asked identities that are this member's. */
  readonly identityKeys: readonly string[];
};

/** The open part of a member's ledger, and what the sweep has expired of the lots of the orders asked for. */
export type LoadedLedger = MemberKey & {
  readonly open: OpenLedger;
  readonly expired: readonly { readonly storeId: StoreId; readonly orderId: PlatformId; readonly points: number }[];
  /** The moments of what renews lots under inactivity; empty unless asked for. */
  readonly activities: readonly Instant[];
  /** What sweeps took out and has not come back; empty unless activities are asked for. */
  readonly lapsed: readonly LapsedSlice[];
};

/** A redemption of a program, as orders meet it. */
type SightedRedemption = Redemption & { readonly programId: ProgramId };

/** A redemption with everything the ledger drew for it and put back. */
export type SpentRedemption<Of extends SightedRedemption = SightedRedemption> = {
  readonly redemption: Of;
  readonly spent: Spent;
  readonly unpaid: readonly Debt[];
};

/** What an order made of a redemption whose code is on it. */
export type RedemptionUse = MemberKey & {
  readonly id: RedemptionId;
  readonly state: RedemptionState;
  readonly usedOrderId: PlatformId | null;
  readonly returned: number;
};

/** A member whose orders are asked for: in full since a moment, by their facts before it; null: all in full. */
export type HistoryAsked = MemberKey & { readonly since: Instant | null };

/** … and the newest version of the program: a checkpoint that was made under another one does not hold. */
export type HistoryWanted = HistoryAsked & { readonly version: number };

/** All of a member's orders, what staff gave, and what was paid on entering tiers. */
export type MemberHistory = MemberKey & {
  /** In full: `isRemembered` says whether its facts are kept. */
  readonly orders: readonly (OrderRecord & { readonly isRemembered: boolean })[];
  /** The facts of all the others; of those that were placed after the checkpoint, where one holds. */
  readonly remembered: readonly OrderFacts[];
  /**
   * What is kept of the orders before; null: nothing is. It holds if it was made under the newest version, for a moment
   * before the one since which the history is asked for.
   */
  readonly checkpoint: { readonly holding: Checkpoint | null } | null;
  readonly overrides: readonly TierOverride[];
  readonly awards: readonly EntryAward[];
};

/** What is to be kept of a member's orders from now on, as of the newest version; null: nothing. */
export type CheckpointToWrite = MemberKey & { readonly version: number; readonly checkpoint: Checkpoint | null };

/** A member's tier as derived anew, with the whole history and what is paid on entering. */
export type TierState = MemberKey & {
  readonly tier: string | null;
  readonly nextChangeAt: Instant | null;
  readonly changes: readonly TierChange[];
  readonly awards: readonly EntryAward[];
};
