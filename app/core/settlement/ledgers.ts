import { cacheHolds, openMemberBook, type MemberBook } from '../ledger/memberBook';
import { renews, type Renewal } from '../ledger/renew';
import { movesPoints } from '../redemptions/onOrder';
import type { EntryId, MemberId, ProgramId } from '../values/ids';
import type { MemberKey, OrderKey } from '../values/keys';
import type { Evaluation } from './evaluate';
import type { Grounds } from './grounds';
import { redemptionsOn } from './post';
import type { LoadedLedger, SpentRedemption } from './records';
import type { Sight } from './see';

/** What has to be read of ledgers before an evaluation can be posted. */
export type LedgersNeeded = {
  /** Whose open lots and debts; `withActivities`: and what renews them. */
  readonly members: readonly (MemberKey & { readonly withActivities: boolean })[];
  /** Orders from which points are taken back, with their holders: what the sweep has expired of their lots. */
  readonly orders: readonly (MemberKey & OrderKey)[];
  /** Entry awards that are taken back, by their keys: what the sweep has expired of their lots. */
  readonly awards: readonly { readonly programId: ProgramId; readonly keys: readonly string[] }[];
};

/**
 * Lots are read only for members from whom points are taken, who have debt, whose cache is out of date, or whose lots
 * are renewed: an award needs none.
 */
export const ledgersNeeded = (
  { members, grounds, now }: Sight,
  { orders, tiers }: Evaluation,
  redemptions: readonly SpentRedemption[],
): LedgersNeeded => {
  const needed = new Set<MemberId>();
  const own = orders.flatMap((order) => {
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
  const awarded = tiers.flatMap(({ memberId, plan }) => (plan === null ? [] : [memberId]));
  const credited = new Set([...awarded, ...orders.flatMap(({ memberId }) => (memberId === null ? [] : [memberId]))]);
  const inactivity = new Set(
    [...grounds.versions].filter(([, versions]) => renews(versions)).map(([programId]) => programId),
  );
  for (const { programId, memberId, cached } of members) {
    if (credited.has(memberId) && (inactivity.has(programId) || !cacheHolds(cached, now))) needed.add(memberId);
  }
  return {
    members: members
      .filter(({ memberId }) => needed.has(memberId))
      .map(({ programId, memberId }) => ({ programId, memberId, withActivities: inactivity.has(programId) })),
    orders: own,
    awards: awardsOf(tiers),
  };
};

const awardsOf = (tiers: Evaluation['tiers']): LedgersNeeded['awards'] => {
  const keys = new Map<ProgramId, string[]>();
  for (const { programId, undue } of tiers)
    if (undue.length > 0) keys.set(programId, [...(keys.get(programId) ?? []), ...undue.map(({ key }) => key)]);
  return [...keys].map(([programId, ofProgram]) => ({ programId, keys: ofProgram }));
};

/** Opens the book of all locked members, with what was read of their ledgers. */
export const openBook = (
  { members, grounds, momentOf, now }: Sight,
  ledgers: ReadonlyMap<MemberId, LoadedLedger>,
  newId: () => EntryId,
): MemberBook =>
  openMemberBook(
    members.map(({ programId, memberId, cached }) => {
      const ledger = ledgers.get(memberId);
      const renewal = ledger === undefined ? null : renewalOf(grounds, programId, ledger);
      return { memberId, cached, open: ledger?.open ?? null, renewal, now: momentOf({ programId, memberId }) };
    }),
    now,
    newId,
  );

/** By what a member's lots are renewed; null where points do not lapse by inactivity. */
const renewalOf = (grounds: Grounds, programId: ProgramId, { activities, lapsed }: LoadedLedger): Renewal | null => {
  const versions = grounds.versions.get(programId) ?? [];
  const newest = versions.at(-1);
  return newest === undefined || !renews(versions)
    ? null
    : { versions, activities, lapsed, zone: newest.document.timeZone };
};
