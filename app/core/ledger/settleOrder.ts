import type { Entitlement } from '../earning/entitlement';
import type { EntryId, MemberId, PlatformId, StoreId } from '../values/ids';
import type { Instant } from '../values/instant';
import { invariant } from '../values/result';
import { points, zeroPoints } from '../values/points';
import { clawBack } from './clawback';
import { entryKey } from './entry';
import { lotLife, type PolicyVersion } from './lotLife';
import { creditPlan, emptyPlan } from './plan';
import type { Entry, LedgerPlan, OpenLedger, Slice } from './types';
import type { LedgerWhy } from './why';

/** What the ledger holds for an order. Forgiven points count as taken back. */
export type PostedState = {
  readonly posted: number;
  /** The last number used in the order's business keys. */
  readonly seq: number;
  readonly forgivenLapsed: number;
};

export type OrderToSettle = {
  readonly storeId: StoreId;
  readonly orderId: PlatformId;
  readonly instant: Instant;
  readonly memberId: MemberId;
  readonly state: PostedState;
  readonly worth: Entitlement;
  /** The version by which it earned; null: it is older than the program. */
  readonly document: Parameters<typeof lotLife>[1] | null;
  /** The store's time zone. */
  readonly zone: string;
  /** Versions that came into force after the order's; and the member's activities, when points lapse by inactivity. */
  readonly later?: readonly PolicyVersion[];
  readonly activities?: readonly Instant[];
  /** The member's open ledger; only needed when points are taken back. */
  readonly open: OpenLedger | null;
  /** Points of the order's lots that the sweep has expired. */
  readonly ownExpired: number;
};

/**
 * Posts what an order is worth less what was posted for it; nothing when they are equal. This one rule
 * makes duplicated, permuted and lost messages harmless.
 */
export const settleOrder = (
  order: OrderToSettle,
  now: Instant,
  newId: () => EntryId,
): { readonly plan: LedgerPlan; readonly state: PostedState } => {
  const { state, worth } = order;
  const change = worth.points - state.posted;
  if (change === 0) return { plan: emptyPlan, state };
  const seq = state.seq + 1;
  const isAward = change > 0;
  const why: LedgerWhy = { before: state.posted, ...worth.why };
  const entry: Entry = {
    id: newId(),
    memberId: order.memberId,
    key: entryKey.order(order.storeId, order.orderId, seq),
    concerns: { storeId: order.storeId, orderId: order.orderId },
    why,
    actor: { kind: 'system' },
    recordedAt: now,
    kind: isAward ? 'award' : 'clawback',
    occurredAt: isAward ? order.instant : now,
    points: points(change),
    forgiven: zeroPoints,
  };
  if (!isAward) return takeBack(order, entry, -change, seq, now);
  invariant(order.document !== null, 'an order earned points without a program');
  const life = lotLife(order.instant, order.document, order.zone, order.later, order.activities);
  return {
    plan: creditPlan(entry, { originOrder: { storeId: order.storeId, orderId: order.orderId }, ...life }),
    state: { posted: worth.points, seq, forgivenLapsed: state.forgivenLapsed },
  };
};

const takeBack = (
  order: OrderToSettle,
  draft: Omit<Entry, 'points' | 'forgiven'>,
  asked: number,
  seq: number,
  now: Instant,
): { readonly plan: LedgerPlan; readonly state: PostedState } => {
  invariant(order.open !== null, 'points are taken back from a ledger that was not loaded');
  const isOwn = ({ originOrder }: Slice): boolean =>
    originOrder !== null && originOrder.storeId === order.storeId && originOrder.orderId === order.orderId;
  const { plan, forgivenLapsed } = clawBack(
    order.open,
    draft,
    {
      asked,
      policy: order.document?.policies.clawback ?? 'debt',
      ownExpired: order.ownExpired,
      ownForgiven: order.state.forgivenLapsed,
      isOwn,
    },
    now,
  );
  return {
    plan,
    state: { posted: order.worth.points, seq, forgivenLapsed: order.state.forgivenLapsed + forgivenLapsed },
  };
};
