import type { Instant } from '../values/instant';
import { points } from '../values/points';
import { drawOrder, isAvailable, isLapsed, takeFrom } from './lots';
import { debitPlan } from './plan';
import type { Entry, LedgerPlan, OpenLedger, Slice } from './types';

export type ClawbackPolicy = 'debt' | 'clamp';

/** What is asked back for an order, and the state it meets. */
export type Clawback = {
  /** Points to take back, positive. */
  readonly asked: number;
  readonly policy: ClawbackPolicy;
  /** Points of the order's own lots that the sweep has expired. */
  readonly ownExpired: number;
  /** Points of its own lapsed lots that earlier clawbacks forgave. */
  readonly ownForgiven: number;
  readonly isOwn: (slice: Slice) => boolean;
};

/**
 * Takes points back: first from the order's own lots, pending ones too; points that lapsed in its own
 * lots are then forgiven; then from other available lots; what is still missing becomes debt, or is
 * forgiven under `clamp`. The entry's points are what was taken or is owed; the forgiven part counts as taken back.
 */
export const clawBack = (
  open: OpenLedger,
  draft: Omit<Entry, 'points' | 'forgiven'>,
  { asked, policy, ownExpired, ownForgiven, isOwn }: Clawback,
  now: Instant,
): { readonly plan: LedgerPlan; readonly forgivenLapsed: number } => {
  const inOrder = [...open.slices].sort(drawOrder);
  const own = takeFrom(
    inOrder.filter((slice) => isOwn(slice) && !isLapsed(slice, now)),
    asked,
  );
  const lapsed = inOrder
    .filter((slice) => isOwn(slice) && isLapsed(slice, now))
    .reduce((sum, slice) => sum + slice.remaining, 0);
  const forgivenLapsed = Math.min(own.missing, Math.max(0, lapsed + ownExpired - ownForgiven));
  const others = takeFrom(
    inOrder.filter((slice) => !isOwn(slice) && isAvailable(slice, now)),
    own.missing - forgivenLapsed,
  );
  const clamped = policy === 'clamp' ? others.missing : 0;
  const entry: Entry = {
    ...draft,
    points: points(-(asked - forgivenLapsed - clamped)),
    forgiven: points(forgivenLapsed + clamped),
  };
  return {
    plan: debitPlan(entry, [...own.takings, ...others.takings], others.missing - clamped, now),
    forgivenLapsed,
  };
};
