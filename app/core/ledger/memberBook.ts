import type { EntryId, MemberId } from '../values/ids';
import type { Instant } from '../values/instant';
import { invariant } from '../values/result';
import { addLotToBalance, balanceOf } from './balance';
import { entryKey } from './entry';
import { isActivity } from './entryKinds';
import { applyPlan, emptyPlan, joinPlans } from './plan';
import { endByActivities, renewLots, reviveLots, type Renewal } from './renew';
import { repayDebts } from './repay';
import type { Balance, Draw, LedgerPlan, OpenLedger, Slice } from './types';

/** A member while several decisions are made one after the other. */
export type MemberSheet = { readonly balance: Balance; readonly plan: LedgerPlan };

/**
 * Several members' ledgers while decisions are made: each sees what those before it did. A member whose
 * open ledger was not loaded can only be credited; the cached balance is carried on.
 */
export type MemberBook = {
  /** The open ledger with all that was posted so far; null when it was not loaded. */
  readonly openOf: (memberId: MemberId) => OpenLedger | null;
  /** What renewed the member's lots so far, those posted here included. */
  readonly activitiesOf: (memberId: MemberId) => readonly Instant[];
  /** What was drawn from the member's lots so far, debts repaid included. */
  readonly drawsOf: (memberId: MemberId) => readonly Draw[];
  /** Points of an order's lapsed lots that activities brought back so far. */
  readonly revivedOf: (memberId: MemberId, order: OriginOrder) => number;
  /** A clawback forgave points of an order's lapsed lots: they do not come back. */
  readonly forgive: (memberId: MemberId, order: OriginOrder, forgiven: number) => void;
  /** When a slice that was drawn from ends, given what the member did since. */
  readonly endOf: (slice: Slice, memberId: MemberId) => Instant | null;
  /**
   * Adds a decision, renews lots by its activities, and repays debts from what became available by then (`at`, else
   * now).
   */
  readonly post: (memberId: MemberId, plan: LedgerPlan, at?: Instant) => void;
  /** What is to be written, for every member whose plan or balance is new. */
  readonly changed: () => readonly (MemberSheet & { readonly memberId: MemberId })[];
};

/** A member to be opened. `renewal` where points lapse by inactivity: then the ledger must be loaded. */
export type BookMember = {
  readonly memberId: MemberId;
  readonly cached: Balance;
  readonly open: OpenLedger | null;
  readonly renewal?: Renewal | null;
  /** As of when this member's book is kept, where that is not the moment of all. */
  readonly now?: Instant;
};

/** `newId` is needed where lapsed points may come back. */
export const openMemberBook = (
  members: readonly BookMember[],
  now: Instant,
  newId: (() => EntryId) | null = null,
): MemberBook => {
  const opens = new Map<MemberId, OpenLedger>();
  const sheets = new Map<MemberId, MemberSheet>();
  const renewals = openRenewals(newId);
  const touched = new Set<MemberId>();

  const moments = new Map(members.map(({ memberId, now: own }) => [memberId, own ?? now]));
  const momentOf = (memberId: MemberId): Instant => moments.get(memberId) ?? now;

  const post = (memberId: MemberId, plan: LedgerPlan, at = momentOf(memberId)): void => {
    const sheet = sheets.get(memberId);
    invariant(sheet !== undefined, 'a decision concerns a member who is not locked');
    if (plan !== emptyPlan) touched.add(memberId);
    const open = opens.get(memberId);
    if (open === undefined) {
      invariant(plan.draws.length === 0, 'points were drawn from a ledger that was not loaded');
      const balance = plan.opened.reduce((sum, lot) => addLotToBalance(sum, lot, momentOf(memberId)), sheet.balance);
      sheets.set(memberId, { plan: joinPlans(sheet.plan, plan), balance });
      return;
    }
    const posted = applyPlan(open, plan);
    const renewal = renewals.by(posted, plan, at);
    const alive = applyPlan(posted, renewal);
    const repayment = repayDebts(alive, at);
    const after = applyPlan(alive, repayment);
    opens.set(memberId, after);
    sheets.set(memberId, {
      plan: joinPlans(joinPlans(joinPlans(sheet.plan, plan), renewal), repayment),
      balance: balanceOf(after, momentOf(memberId)),
    });
    if (repayment !== emptyPlan) touched.add(memberId);
  };

  for (const { memberId, cached, open, renewal } of members) {
    sheets.set(memberId, { balance: cached, plan: emptyPlan });
    if (open === null) continue;
    opens.set(memberId, open);
    if (renewal != null) renewals.add(memberId, renewal);
    post(memberId, emptyPlan); // what matured since the cache was written repays debts first
    if (!sameBalance(cached, sheets.get(memberId)?.balance ?? cached)) touched.add(memberId);
  }
  return {
    openOf: (memberId) => opens.get(memberId) ?? null,
    activitiesOf: (memberId) => renewals.of(memberId)?.activities ?? [],
    revivedOf: renewals.revivedOf,
    forgive: renewals.forgive,
    drawsOf: (memberId) => sheets.get(memberId)?.plan.draws ?? [],
    endOf: (slice, memberId) => {
      const renewal = renewals.of(memberId);
      return renewal === undefined ? slice.expiresAt : endByActivities(slice, renewal);
    },
    post,
    changed: () =>
      [...touched].flatMap((memberId) => {
        const sheet = sheets.get(memberId);
        return sheet === undefined ? [] : [{ memberId, ...sheet }];
      }),
  };
};

/** What renews the lots of the book's members, and what came back by it. */
const openRenewals = (newId: (() => EntryId) | null) => {
  const renewals = new Map<MemberId, Renewal>();
  const revivals = new Map<MemberId, Slice[]>();
  return {
    add: (memberId: MemberId, renewal: Renewal): void => void renewals.set(memberId, renewal),
    of: (memberId: MemberId): Renewal | undefined => renewals.get(memberId),
    /** What the activities of a plan that was posted mean for lots, and for what had lapsed. */
    by: (open: OpenLedger, plan: LedgerPlan, at: Instant): LedgerPlan => {
      const renewal = renewals.get(open.memberId);
      const active = plan.entries.filter(isActivity).map(({ occurredAt }) => occurredAt);
      if (renewal === undefined || active.length === 0) return emptyPlan;
      const revived = newId === null ? emptyPlan : reviveLots(open, renewal, active, at, newId);
      revivals.set(open.memberId, [...(revivals.get(open.memberId) ?? []), ...revived.opened]);
      const back = new Set(revived.entries.map(({ key }) => key));
      renewals.set(open.memberId, {
        ...renewal,
        activities: [...renewal.activities, ...active],
        lapsed: renewal.lapsed.filter(({ slice }) => !back.has(entryKey.revive(slice.lotId, slice.slice))),
      });
      return joinPlans(renewLots(open, renewal, active), revived);
    },
    revivedOf: (memberId: MemberId, order: OriginOrder): number =>
      (revivals.get(memberId) ?? []).reduce(
        (sum, { originOrder, remaining }) => (isSameOrder(originOrder, order) ? sum + remaining : sum),
        0,
      ),
    forgive: (memberId: MemberId, order: OriginOrder, forgiven: number): void => {
      const renewal = renewals.get(memberId);
      if (renewal === undefined || forgiven === 0) return;
      const lapsed = renewal.lapsed.map((one) =>
        isSameOrder(one.slice.originOrder, order) ? { ...one, forgiven: one.forgiven + forgiven } : one,
      );
      renewals.set(memberId, { ...renewal, lapsed });
    },
  };
};

/** A credit that becomes known late: what the member did since renews its points as if they had been there. */
export const renewedSince = (plan: LedgerPlan, memberId: MemberId, book: MemberBook): LedgerPlan => ({
  ...plan,
  opened: plan.opened.map((slice) => ({ ...slice, expiresAt: book.endOf(slice, memberId) })),
});

type OriginOrder = NonNullable<Slice['originOrder']>;

const isSameOrder = (a: Slice['originOrder'], b: OriginOrder): boolean =>
  a !== null && a.storeId === b.storeId && a.orderId === b.orderId;

const sameBalance = (a: Balance, b: Balance): boolean =>
  a.available === b.available && a.pending === b.pending && a.debt === b.debt && a.nextChangeAt === b.nextChangeAt;

/** Whether the cached balance still is the balance, so that a credit need not read lots. */
export const cacheHolds = (cached: Balance, now: Instant): boolean =>
  cached.debt === 0 && (cached.nextChangeAt === null || cached.nextChangeAt > now);
