import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { RedemptionState } from '~/core/redemptions/states';
import type { RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';

/** What entries of a member add up to, and which part of it time (less what came back) and mercy took. */
export type Sums = { readonly points: number; readonly expired: number; readonly forgiven: number };

/** A lot as the model checks it: when it was opened, from when to when its points can be spent. */
export type LotFacts = {
  readonly openedAt: Instant;
  readonly availableAt: Instant;
  readonly expiresAt: Instant | null;
  readonly ofOrder: boolean;
  readonly slice: number;
  readonly remaining: number;
};

/**
 * What the model drives: the whole of the product around one shop, or the pure core alone. Customers are numbers; the
 * shop's own knowledge (orders, codes) is the model's to change.
 */
export type House = {
  readonly place: (snapshot: OrderSnapshot) => void;
  readonly codes: ReadonlyMap<string, { uses: number; active: boolean }>;
  readonly settle: (snapshots: readonly OrderSnapshot[], now: Instant) => Promise<void>;
  /** Whatever is due by now happens: codes end, points mature and lapse. */
  readonly tick: (now: Instant) => Promise<void>;
  /** The code; null when it was refused. */
  readonly redeem: (id: RedemptionId, customer: number, points: number, now: Instant) => Promise<string | null>;
  readonly giveBack: (id: RedemptionId, customer: number, now: Instant) => Promise<void>;
  /** Whether it was done. */
  readonly adjust: (customer: number, points: number, now: Instant) => Promise<boolean>;
  readonly merge: (gone: number, kept: number, now: Instant) => Promise<void>;
  readonly reconcile: (now: Instant) => Promise<void>;
  /** Throws when an invariant of the ledger does not hold. */
  readonly audit: () => Promise<void>;
  readonly stateOf: (id: RedemptionId) => Promise<RedemptionState>;
  readonly sumsOf: (customer: number) => Promise<Sums>;
  /** When the member earned or redeemed. */
  readonly activitiesOf: (customer: number) => Promise<readonly Instant[]>;
  readonly lotsOf: (customer: number) => Promise<readonly LotFacts[]>;
  readonly available: (customer: number, now: Instant) => Promise<number>;
};
