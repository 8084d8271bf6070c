import { cacheHolds } from '~/core/ledger/memberBook';
import { renews, type Renewal } from '~/core/ledger/renew';
import { movesPoints } from '~/core/redemptions/onOrder';
import type { MemberId, ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import { loadLedgers, type LoadedLedger } from '~/db/ledger';
import type { LockedMember } from '~/db/members';
import type { SpentRedemption } from '~/db/spentRedemptions';
import type { Derivation } from './derive';
import type { Evaluated, Grounds } from './evaluate';
import { redemptionsOn } from './post';

/**
 * Lots are read only for members from whom points are taken, who have debt, whose cache is out of date, or whose lots
 * are renewed.
 */
export const loadNeeded = async (
  tx: Tx,
  orders: readonly Evaluated[],
  tiers: Derivation['tiers'],
  redemptions: readonly SpentRedemption[],
  members: readonly LockedMember[],
  grounds: Grounds,
  now: Instant,
): Promise<ReadonlyMap<MemberId, LoadedLedger>> => {
  const needed = new Set<MemberId>();
  const own: Parameters<typeof loadLedgers>[2] & object = orders.flatMap((order) => {
    const holder = order.record?.memberId ?? order.memberId;
    const posted = order.record?.posted ?? 0;
    const taken = holder !== null && (order.worth.points < posted || (holder !== order.memberId && posted > 0));
    if (taken) needed.add(holder);
    for (const { redemption } of redemptionsOn(order, redemptions)) {
      if (movesPoints(redemption, order.kept.settled)) needed.add(redemption.memberId);
    }
    return taken
      ? [{ programId: order.programId, memberId: holder, storeId: order.storeId, orderId: order.orderId }]
      : [];
  });
  for (const { memberId, undue } of tiers) if (undue.length > 0) needed.add(memberId);
  const rewarded = tiers.flatMap(({ memberId, plan }) => (plan === null ? [] : [memberId]));
  const credited = new Set([...rewarded, ...orders.flatMap(({ memberId }) => (memberId === null ? [] : [memberId]))]);
  const inactivity = new Set(
    [...grounds.versions].filter(([, versions]) => renews(versions)).map(([programId]) => programId),
  );
  for (const { programId, memberId, cached } of members) {
    if (credited.has(memberId) && (inactivity.has(programId) || !cacheHolds(cached, now))) needed.add(memberId);
  }
  const loaded = await loadLedgers(
    tx,
    members
      .filter(({ memberId }) => needed.has(memberId))
      .map((member) => ({ ...member, withActivities: inactivity.has(member.programId) })),
    own,
  );
  return new Map(loaded.map((ledger) => [ledger.memberId, ledger]));
};

/** By what a member's lots are renewed; null where points do not lapse by inactivity. */
export const renewalOf = (
  grounds: Grounds,
  programId: ProgramId,
  { activities, lapsed }: LoadedLedger,
): Renewal | null => {
  const versions = grounds.versions.get(programId) ?? [];
  const newest = versions.at(-1);
  return newest === undefined || !renews(versions)
    ? null
    : { versions, activities, lapsed, zone: newest.document.timeZone };
};
