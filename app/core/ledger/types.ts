import type { EntryId, MemberId, PlatformId, RedemptionId, StoreId } from '../values/ids';
import type { Instant } from '../values/instant';
import type { Points } from '../values/points';
import type { AnyWhy } from './why';

export type EntryKind =
  | 'award'
  | 'clawback'
  | 'redeem'
  | 'release'
  | 'return'
  | 'expire'
  | 'adjust'
  | 'import'
  | 'bonus'
  | 'referral'
  | 'merge';

/** What an entry is about. Part of the entry's fingerprint. */
export type Concerns = {
  readonly storeId?: StoreId;
  readonly orderId?: PlatformId;
  readonly redemptionId?: RedemptionId;
  readonly lotId?: EntryId;
};

/**
 * What an entry is part of, in words of its own: nobody reads it out of a key. It belongs to the key and not to the
 * fingerprint. Each is a column of the table.
 */
export type EntryMarks = {
  /** `late`: redeems the points of a code again that was used after its release. `revive`: lapsed points come back. */
  readonly part?: 'late' | 'revive';
  /** Which slice of the lot `concerns` names was taken out, or came back. */
  readonly slice?: number;
  /** The file of points it came with, and the line; without a line, the file is taken back. */
  readonly batchId?: string;
  readonly batchLine?: number;
  /** The tier's entry award that it pays or takes back, see `EntryAward.key`. */
  readonly awardKey?: string;
};

/** Who caused an entry. Never a name or an address: staff is named by the platform's user id. */
export type Actor =
  | { readonly kind: 'system' }
  | { readonly kind: 'staff'; readonly id: string }
  | { readonly kind: 'client'; readonly id: string }
  | { readonly kind: 'member' };

/**
 * One immutable signed line of the ledger. `points` is what moved; `forgiven` is what a clawback
 * asked for and did not get, which counts as taken back. `why` explains it (see `explanation/why`).
 */
export type Entry = {
  readonly id: EntryId;
  readonly memberId: MemberId;
  readonly kind: EntryKind;
  readonly points: Points;
  readonly forgiven: Points;
  /** Business key, unique in the program. */
  readonly key: string;
  readonly concerns: Concerns;
  readonly marks?: EntryMarks;
  readonly why: AnyWhy;
  readonly actor: Actor;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
};

/**
 * A lot is opened by one credit entry and carries its id. It is kept in slices: slice 0 is the lot
 * itself; further slices hold points that came back and live longer than the lot's own
 * (a release or return into a lot that has lapsed or would lapse sooner).
 * Σ remaining of a lot's slices lies between 0 and the lot's `size`.
 */
export type Slice = {
  readonly lotId: EntryId;
  readonly slice: number;
  /** The entry's points; on slice 0 only, 0 on the others. */
  readonly size: Points;
  readonly remaining: Points;
  readonly originOrder: { readonly storeId: StoreId; readonly orderId: PlatformId } | null;
  /** The opening entry's `occurredAt`. */
  readonly openedAt: Instant;
  readonly availableAt: Instant;
  readonly expiresAt: Instant | null;
  /** Business key of the opening entry: the last tie-break of the order in which lots are drawn. */
  readonly key: string;
  /** The file of points that opened the lot, or the tier's entry award: the marks of the opening entry. */
  readonly batchId?: string | null;
  readonly awardKey?: string | null;
  /**
   * When the points of a further slice came back after the lot's own end: what the member did before does not renew
   * them. Else absent or null.
   */
  readonly since?: Instant | null;
  /** Of a further slice: the end of the lot's own slice as it was written. */
  readonly lotEnd?: Instant | null;
};

/** A debit entry that found too few points; `open` is what no lot has paid yet. */
export type Debt = {
  readonly entryId: EntryId;
  readonly open: Points;
  /** The debit's `occurredAt`; debts are repaid oldest first, then by entry id. */
  readonly openedAt: Instant;
};

/** Points an entry took from a slice (positive) or put back on it (negative), and when. */
export type Draw = {
  readonly entryId: EntryId;
  /** Counts an entry's draws from 0: with the entry's id, the draw's key. */
  readonly n: number;
  readonly lotId: EntryId;
  readonly slice: number;
  readonly points: Points;
  readonly at: Instant;
};

/** The open part of one member's ledger: every slice with points left, every debt not repaid. */
export type OpenLedger = {
  readonly memberId: MemberId;
  readonly slices: readonly Slice[];
  readonly debts: readonly (Debt & { /** Draws the debit has already. */ readonly drawsSoFar: number })[];
};

/**
 * What changes of a slice; without `expiresAt` its end stays. `whole` is the slice itself where points come back to one
 * that may be empty, and so not open.
 */
export type SliceChange = {
  readonly lotId: EntryId;
  readonly slice: number;
  readonly remaining: Points;
  readonly expiresAt?: Instant | null;
  readonly whole?: Slice;
};

/** What a decision writes. Applying the same plan twice is prevented by the entries' keys. */
export type LedgerPlan = {
  readonly entries: readonly Entry[];
  /** Slices to insert (slice 0 of new lots, and further slices of old ones). */
  readonly opened: readonly (Slice & { readonly memberId: MemberId })[];
  readonly draws: readonly Draw[];
  /** New `remaining` of existing slices, and their new end where an activity renewed them. */
  readonly remaining: readonly SliceChange[];
  /** Debts to insert (a new debit's missing points) or to update (what is still open after repayment). */
  readonly debts: readonly Debt[];
};

/** What a member has at one moment. `available` may be negative (then it is debt without cover). */
export type Balance = {
  readonly available: Points;
  readonly pending: Points;
  readonly debt: Points;
  /** Earliest moment after which the balance changes by itself: an open lot matures or lapses. */
  readonly nextChangeAt: Instant | null;
};
