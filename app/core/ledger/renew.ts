import { periodEnd, type LaterPolicies } from '../earning/lotLife';
import { instant, type Instant } from '../values/instant';
import { emptyPlan } from './plan';
import type { EntryKind, LedgerPlan, OpenLedger, SliceChange } from './types';

/** What renews lots under inactivity: earning and redeeming, by their own time (rules §4). */
const renewing: ReadonlySet<EntryKind> = new Set(['award', 'bonus', 'referral', 'redeem']);
export const isActivity = (kind: EntryKind): boolean => renewing.has(kind);

/** By what a member's lots are renewed: the policies since each version's publication, and the activities known so far. */
export type Renewal = { readonly regimes: readonly LaterPolicies[]; readonly activities: readonly Instant[]; readonly zone: string };

/** Whether points lapse by inactivity under any of a program's versions. */
export const renews = (regimes: readonly LaterPolicies[]): boolean => regimes.some(({ policies }) => policies.expiry.kind === 'inactivity_months');

/** Lengthens the life of every open lot that had not lapsed at an activity; one renewal may make the next one count. */
export const renewLots = (open: OpenLedger, { regimes, activities, zone }: Renewal): LedgerPlan => {
  const inOrder = [...activities].sort((a, b) => a - b);
  const changes = open.slices.flatMap((slice): SliceChange[] => {
    let expiresAt = slice.expiresAt;
    for (const at of inOrder) {
      if (expiresAt === null || at < slice.openedAt) continue;
      if (at >= expiresAt) break;
      const policies = regimes.findLast(({ from }) => from <= at)?.policies ?? regimes[0]?.policies;
      if (policies?.expiry.kind !== 'inactivity_months') continue;
      const end = periodEnd(at, policies, zone, slice.availableAt);
      if (end !== null) expiresAt = instant(Math.max(expiresAt, end));
    }
    if (expiresAt === null || expiresAt === slice.expiresAt) return [];
    return [{ lotId: slice.lotId, slice: slice.slice, remaining: slice.remaining, expiresAt }];
  });
  return changes.length === 0 ? emptyPlan : { ...emptyPlan, remaining: changes };
};

/**
 * What a policy that comes into force means for open lots: those without an end get the full period from now, others
 * only ever live longer.
 */
export const lengthenLots = (open: OpenLedger, policies: LaterPolicies['policies'], activities: readonly Instant[], zone: string, now: Instant): LedgerPlan => {
  const changes = open.slices.flatMap((slice): SliceChange[] => {
    const { expiresAt, openedAt, availableAt } = slice;
    if (slice.remaining === 0 || (expiresAt !== null && expiresAt <= now)) return [];
    const active = instant(Math.max(openedAt, ...activities.filter((at) => at <= now)));
    const from = expiresAt === null ? now : policies.expiry.kind === 'inactivity_months' ? active : openedAt;
    const end = periodEnd(from, policies, zone, availableAt);
    const after = end === null || expiresAt === null ? end : instant(Math.max(expiresAt, end));
    return after === expiresAt ? [] : [{ lotId: slice.lotId, slice: slice.slice, remaining: slice.remaining, expiresAt: after }];
  });
  return changes.length === 0 ? emptyPlan : { ...emptyPlan, remaining: changes };
};
