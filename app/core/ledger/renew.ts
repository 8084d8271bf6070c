import { withMinimumLife, periodEnd, calendarEnd, type LaterPolicies } from '../earning/lotLife';
import { instant, type Instant } from '../values/instant';
import type { Why } from '../earning/explanation';
import type { EntryId } from '../values/ids';
import { points, zeroPoints, type Points } from '../values/points';
import { isoDateOf, localDateOf } from '../values/zone';
import { entryKey } from './entry';
import { emptyPlan, joinPlans } from './plan';
import type { EntryKind, LedgerPlan, OpenLedger, Slice, SliceChange } from './types';

/** What renews lots under inactivity: earning and redeeming, by their own time (rules §4). */
const renewing: ReadonlySet<EntryKind> = new Set(['award', 'bonus', 'referral', 'redeem']);
export const isActivity = (kind: EntryKind): boolean => renewing.has(kind);

/** Points of a slice that a sweep took out, and what clawbacks of its order forgave of them (all its slices together). */
export type LapsedSlice = {
  readonly slice: Slice & { /** The highest number among the slices of its lot. */ readonly furthest?: number };
  readonly expired: number;
  readonly forgiven: number;
};

/**
 * By what a member's lots are renewed: the policies since each version's publication, the activities known so far, and what
 * the sweep took out and has not come back.
 */
export type Renewal = {
  readonly regimes: readonly LaterPolicies[];
  readonly activities: readonly Instant[];
  readonly zone: string;
  readonly lapsed: readonly LapsedSlice[];
};

/** Whether points lapse by inactivity under any of a program's versions. */
export const renews = (regimes: readonly LaterPolicies[]): boolean => regimes.some(({ policies }) => policies.expiry.kind === 'inactivity_months');

/** An activity that renews: when it was, and to when by the policies of then. */
type Renewing = { readonly at: Instant; readonly end: Instant; readonly policies: LaterPolicies['policies'] };

const renewingOf = ({ regimes, activities, zone }: Renewal): readonly Renewing[] =>
  activities
    .flatMap((at): Renewing[] => {
      const policies = regimes.findLast(({ from }) => from <= at)?.policies ?? regimes[0]?.policies;
      const end = policies?.expiry.kind === 'inactivity_months' ? calendarEnd(at, policies, zone) : null;
      return policies === undefined || end === null ? [] : [{ at, end, policies }];
    })
    .sort((a, b) => a.at - b.at);

/** To when a slice lives, given all activities; the last of those that renewed it. */
const renewedEnd = (slice: Slice, activities: readonly Renewing[]): { readonly expiresAt: Instant | null; readonly by: Instant | null } => {
  let { expiresAt } = slice;
  let by: Instant | null = null;
  for (const { at, end, policies } of activities) {
    if (expiresAt === null || at < slice.openedAt) continue;
    if (at >= expiresAt) break;
    const renewed = withMinimumLife(end, policies, slice.availableAt);
    if (renewed <= expiresAt) continue;
    expiresAt = renewed;
    by = at;
  }
  return { expiresAt, by };
};

/** The end that activities gave a slice since it was written: points that were on hold were not there to be renewed. */
export const endByActivities = (slice: Slice, renewal: Renewal): Instant | null => renewedEnd(slice, renewingOf(renewal)).expiresAt;

/** Lengthens the life of every open lot that had not lapsed at an activity; one renewal may make the next one count. */
export const renewLots = (open: OpenLedger, renewal: Renewal): LedgerPlan => {
  const activities = renewingOf(renewal);
  const changes = open.slices.flatMap((slice): SliceChange[] => {
    const { expiresAt } = renewedEnd(slice, activities);
    if (expiresAt === null || expiresAt === slice.expiresAt) return [];
    return [{ lotId: slice.lotId, slice: slice.slice, remaining: slice.remaining, expiresAt }];
  });
  return changes.length === 0 ? emptyPlan : { ...emptyPlan, remaining: changes };
};

/**
 * Points that a sweep took out before an activity became known that would have renewed them: they come back to a further slice
 * of their lot, which keeps its order; what was forgiven of them does not (rules §4).
 */
export const reviveLots = (open: OpenLedger, renewal: Renewal, now: Instant, newId: () => EntryId): LedgerPlan => {
  const forgiven = new Map<string, number>();
  const activities = renewal.lapsed.length === 0 ? [] : renewingOf(renewal);
  let plan = emptyPlan;
  for (const { slice, expired, forgiven: ofOrder } of renewal.lapsed) {
    const { expiresAt, by } = renewedEnd(slice, activities);
    if (expiresAt === null || by === null) continue;
    const order = slice.originOrder === null ? slice.lotId : `${slice.originOrder.storeId} ${slice.originOrder.orderId}`;
    const lost = Math.min(expired, forgiven.get(order) ?? ofOrder);
    forgiven.set(order, (forgiven.get(order) ?? ofOrder) - lost);
    if (expired === lost) continue;
    plan = joinPlans(plan, reviveOne(open, plan, slice, points(expired - lost), expiresAt, by, renewal.zone, now, newId()));
  }
  return plan;
};

const reviveOne = (
  open: OpenLedger,
  sofar: LedgerPlan,
  slice: LapsedSlice['slice'],
  amount: Points,
  expiresAt: Instant,
  by: Instant,
  zone: string,
  now: Instant,
  id: EntryId,
): LedgerPlan => {
  const why: Why = { v: 1, kind: 'late_activity', activeOn: isoDateOf(localDateOf(by, zone)) };
  const { furthest = slice.slice, ...whole } = slice;
  const numbers = [...open.slices, ...sofar.opened].filter(({ lotId }) => lotId === slice.lotId).map((one) => one.slice);
  const further = 1 + Math.max(furthest, slice.slice, ...numbers);
  return {
    ...emptyPlan,
    entries: [
      {
        id,
        memberId: open.memberId,
        kind: 'adjust',
        points: amount,
        forgiven: zeroPoints,
        key: entryKey.revive(slice.lotId, slice.slice),
        concerns: { lotId: slice.lotId },
        why,
        actor: { kind: 'system' },
        occurredAt: now,
        recordedAt: now,
      },
    ],
    opened: [{ ...whole, memberId: open.memberId, slice: further, size: zeroPoints, remaining: amount, expiresAt }],
    draws: [{ entryId: id, n: 0, lotId: slice.lotId, slice: further, points: points(-amount), at: now }],
  };
};

/**
 * What a policy that comes into force means for lots, those on hold included: those without an end get the full period from
 * now, others only ever live longer, from where activities under the policies before brought them.
 */
export const lengthenLots = (open: OpenLedger, policies: LaterPolicies['policies'], before: Renewal, now: Instant): LedgerPlan => {
  const known = before.activities.filter((at) => at <= now);
  const renewing = renewingOf(before);
  const changes = open.slices.flatMap((slice): SliceChange[] => {
    const { expiresAt } = renewedEnd(slice, renewing);
    if (expiresAt !== null && expiresAt <= now) return [];
    const active = instant(Math.max(slice.openedAt, ...known));
    const from = expiresAt === null ? now : policies.expiry.kind === 'inactivity_months' ? active : slice.openedAt;
    const end = periodEnd(from, policies, before.zone, slice.availableAt);
    const after = end === null || expiresAt === null ? end : instant(Math.max(expiresAt, end));
    return after === slice.expiresAt ? [] : [{ lotId: slice.lotId, slice: slice.slice, remaining: slice.remaining, expiresAt: after }];
  });
  return changes.length === 0 ? emptyPlan : { ...emptyPlan, remaining: changes };
};
