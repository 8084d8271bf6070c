import type { EntryId } from '../values/ids';
import { instant, type Instant } from '../values/instant';
import { points, zeroPoints } from '../values/points';
import { isoDateOf, localDateOf } from '../values/zone';
import { entryKey } from './entry';
import { calendarEnd, laterOf, periodEnd, withMinimumLife, type PolicyVersion } from './lotLife';
import { emptyPlan, joinPlans } from './plan';
import type { Policies } from './policies';
import type { LedgerPlan, OpenLedger, Slice, SliceChange } from './types';
import type { LedgerWhy } from './why';

/**
 * Points of a slice that a sweep took out, and what clawbacks of its order forgave of them (all its slices together).
 */
export type LapsedSlice = {
  readonly slice: Slice;
  /** The highest number among the slices of its lot. */
  readonly furthest?: number;
  readonly expired: number;
  readonly forgiven: number;
};

/**
 * By what a member's lots are renewed: the program's versions, the activities known so far, and what the sweep took out
 * and has not come back.
 */
export type Renewal = {
  readonly versions: readonly PolicyVersion[];
  readonly activities: readonly Instant[];
  readonly zone: string;
  readonly lapsed: readonly LapsedSlice[];
};

/** Whether points lapse by inactivity under any of a program's versions. */
export const renews = (versions: readonly PolicyVersion[]): boolean =>
  versions.some(({ document }) => document.policies.expiry.kind === 'inactivity_months');

/**
 * Something that moves the end of points on: an activity (with the end it gives by the policies of then), or a
 * publication.
 */
type Event =
  | { readonly kind: 'activity'; readonly at: Instant; readonly end: Instant | null; readonly policies: Policies }
  | { readonly kind: 'publication'; readonly at: Instant; readonly policies: Policies };

const activityOf = (at: Instant, { versions, zone }: Renewal): Event | null => {
  const inForce = versions.findLast(({ publishedAt }) => publishedAt <= at) ?? versions[0];
  if (inForce === undefined) return null;
  const { policies } = inForce.document;
  const end = policies.expiry.kind === 'inactivity_months' ? calendarEnd(at, policies, zone) : null;
  return { kind: 'activity', at, end, policies };
};

// At one moment a publication comes first: an activity is judged by the version of its own moment.
const inTime = (events: readonly Event[]): readonly Event[] =>
  [...events].sort((a, b) => a.at - b.at || (a.kind === b.kind ? 0 : a.kind === 'publication' ? -1 : 1));

const timelineOf = (activities: readonly Instant[], renewal: Renewal): readonly Event[] => {
  const publications = renewal.versions
    .slice(1)
    .map(({ publishedAt, document }): Event => ({ kind: 'publication', at: publishedAt, policies: document.policies }));
  const active: Event[] = [];
  for (const at of activities) {
    const event = activityOf(at, renewal);
    if (event !== null) active.push(event);
  }
  return inTime([...active, ...publications]);
};

type Renewed = { readonly expiresAt: Instant | null; readonly by: Instant | null };

/**
 * To when points live, and the activity that moved their end; `by` null: none did. An activity counts while they had
 * not lapsed: from their beginning to their end, which each activity moves on. A publication after one that counted
 * lengthens as it does for activities that were known in time (rules §4).
 */
const renewedEnd = (slice: Slice, timeline: readonly Event[], zone: string): Renewed => {
  const since = slice.since ?? slice.openedAt;
  let expiresAt = slice.expiresAt;
  let active: Instant | null = null;
  let by: Instant | null = null;
  const move = (to: Instant | null): void => {
    const after: Instant | null = laterOf(expiresAt, to);
    if (after === expiresAt) return;
    expiresAt = after;
    by = active;
  };
  for (const event of timeline) {
    if (event.at < since) continue;
    if (expiresAt !== null && event.at >= expiresAt) break;
    if (event.kind === 'activity') {
      active = event.at;
      if (event.end !== null) move(withMinimumLife(event.end, event.policies, slice.availableAt));
    } else if (active !== null) {
      const from =
        expiresAt === null ? event.at : event.policies.expiry.kind === 'inactivity_months' ? active : slice.openedAt;
      const end = periodEnd(from, event.policies, zone, slice.availableAt);
      // Points without an end get the full period from the day on which a policy with one comes into force.
      if (expiresAt === null) expiresAt = end;
      else move(end);
    }
  }
  // The slice's own end holds in any case what publications did to it.
  const after = laterOf(slice.expiresAt, expiresAt);
  return after === slice.expiresAt ? { expiresAt: after, by: null } : { expiresAt: after, by };
};

/** The end that activities gave a slice since it was written: points that were on hold were not there to be renewed. */
export const endByActivities = (slice: Slice, renewal: Renewal): Instant | null =>
  renewedEnd(slice, timelineOf(renewal.activities, renewal), renewal.zone).expiresAt;

/**
 * Who of a member's points are renewed by activities that become known now. Known ones did what they had to when they
 * became known; they count again only for points that would have lapsed before them (so that what became one member by
 * a merge stays as it was).
 */
const newlyRenewed = (renewal: Renewal, fresh: readonly Instant[]): ((slice: Slice) => Renewed) => {
  const freshOnly = timelineOf(fresh, renewal);
  let all: readonly Event[] | null = null; // few lots ask for it, and it is as long as the member's history
  const everything = (): readonly Event[] => (all ??= timelineOf([...fresh, ...renewal.activities], renewal));
  const [firstFresh, lastKnown] = [Math.min(...fresh), Math.max(...renewal.activities)];
  const own = (slice: Slice): Renewed => {
    const { expiresAt } = slice;
    if (expiresAt === null || firstFresh >= expiresAt) return { expiresAt, by: null };
    if (lastKnown < expiresAt) return renewedEnd(slice, freshOnly, renewal.zone);
    const known = new Set(renewal.activities.filter((at) => at < expiresAt && !fresh.includes(at)));
    const counting = everything().filter((event) => event.kind === 'publication' || !known.has(event.at));
    return renewedEnd(slice, counting, renewal.zone);
  };
  return (slice) => {
    const renewed = own(slice);
    if (slice.slice === 0 || slice.since == null || slice.lotEnd == null) return renewed;
    // Points that came back live at least as long as their lot would have.
    const lot = renewedEnd({ ...slice, since: null, expiresAt: slice.lotEnd }, everything(), renewal.zone);
    const longer = laterOf(renewed.expiresAt, lot.expiresAt);
    return longer === renewed.expiresAt ? renewed : { expiresAt: longer, by: lot.by };
  };
};

/**
 * Lengthens the life of every open lot that had not lapsed at an activity that becomes known (`fresh`); one renewal may
 * make the next one count.
 */
export const renewLots = (open: OpenLedger, renewal: Renewal, fresh: readonly Instant[]): LedgerPlan => {
  if (fresh.length === 0) return emptyPlan;
  const renewed = newlyRenewed(renewal, fresh);
  const changes: SliceChange[] = [];
  for (const slice of open.slices) {
    const { expiresAt, by } = renewed(slice);
    if (by !== null) changes.push({ lotId: slice.lotId, slice: slice.slice, remaining: slice.remaining, expiresAt });
  }
  return changes.length === 0 ? emptyPlan : { ...emptyPlan, remaining: changes };
};

/**
 * Points that a sweep took out before an activity became known (`fresh`) that would have renewed them: they come back
 * to a further slice of their lot, which keeps its order; what was forgiven of them does not (rules §4).
 */
export const reviveLots = (
  open: OpenLedger,
  renewal: Renewal,
  fresh: readonly Instant[],
  now: Instant,
  newId: () => EntryId,
): LedgerPlan => {
  if (fresh.length === 0 || renewal.lapsed.length === 0) return emptyPlan;
  const forgiven = new Map<string, number>();
  const renewed = newlyRenewed(renewal, fresh);
  let plan = emptyPlan;
  for (const { slice, furthest, expired, forgiven: ofOrder } of renewal.lapsed) {
    const { expiresAt, by } = renewed(slice);
    if (by === null) continue;
    const order =
      slice.originOrder === null ? slice.lotId : `${slice.originOrder.storeId} ${slice.originOrder.orderId}`;
    const lost = Math.min(expired, forgiven.get(order) ?? ofOrder);
    forgiven.set(order, (forgiven.get(order) ?? ofOrder) - lost);
    if (expired === lost) continue;
    const back = {
      ...slice,
      memberId: open.memberId,
      slice: 1 + furthestOf(open, plan, slice, furthest),
      size: zeroPoints,
      remaining: points(expired - lost),
      expiresAt,
    };
    const why: LedgerWhy = { v: 1, kind: 'late_activity', activeOn: isoDateOf(localDateOf(by, renewal.zone)) };
    plan = joinPlans(plan, reviveOne(slice, back, why, now, newId()));
  }
  return plan;
};

// The last slice of a lot: of those that are read, opened so far, or known by their number.
const furthestOf = (open: OpenLedger, sofar: LedgerPlan, slice: Slice, known: number | undefined): number => {
  const ofLot = [...open.slices, ...sofar.opened].filter(({ lotId }) => lotId === slice.lotId);
  return Math.max(known ?? slice.slice, slice.slice, ...ofLot.map((one) => one.slice));
};

// `back` is the further slice in which the points of a slice live again.
const reviveOne = (
  slice: Slice,
  back: LedgerPlan['opened'][number],
  why: LedgerWhy,
  now: Instant,
  id: EntryId,
): LedgerPlan => ({
  ...emptyPlan,
  entries: [
    {
      id,
      memberId: back.memberId,
      kind: 'adjust',
      points: back.remaining,
      forgiven: zeroPoints,
      key: entryKey.revive(slice.lotId, slice.slice),
      concerns: { lotId: slice.lotId },
      marks: { part: 'revive', slice: slice.slice },
      why,
      actor: { kind: 'system' },
      occurredAt: now,
      recordedAt: now,
    },
  ],
  opened: [back],
  draws: [{ entryId: id, n: 0, lotId: slice.lotId, slice: back.slice, points: points(-back.remaining), at: now }],
});

/**
 * What a policy that comes into force means for lots, those on hold included: those without an end get the full period
 * from now, others only ever live longer, from where activities under the policies before brought them.
 */
export const lengthenLots = (open: OpenLedger, policies: Policies, before: Renewal, now: Instant): LedgerPlan => {
  const known = before.activities.filter((at) => at <= now);
  const timeline = timelineOf(known, before);
  const changes = open.slices.flatMap((slice): SliceChange[] => {
    // What is open was renewed when its activities became known; what is on hold was not there.
    const { expiresAt } = slice.remaining > 0 ? slice : renewedEnd(slice, timeline, before.zone);
    if (expiresAt !== null && expiresAt <= now) return [];
    const active = instant(Math.max(slice.openedAt, ...known));
    const from = expiresAt === null ? now : policies.expiry.kind === 'inactivity_months' ? active : slice.openedAt;
    const end = periodEnd(from, policies, before.zone, slice.availableAt);
    const after = end === null || expiresAt === null ? end : instant(Math.max(expiresAt, end));
    return after === slice.expiresAt
      ? []
      : [{ lotId: slice.lotId, slice: slice.slice, remaining: slice.remaining, expiresAt: after }];
  });
  return changes.length === 0 ? emptyPlan : { ...emptyPlan, remaining: changes };
};
