import type { MemberId } from '../values/ids';
import type { Instant } from '../values/instant';
import { invariant } from '../values/result';
import { addLotToBalance, balanceOf } from './balance';
import { applyPlan, emptyPlan, joinPlans } from './plan';
import { repayDebts } from './repay';
import type { Balance, LedgerPlan, OpenLedger } from './types';

/** A member while several decisions are made one after the other. */
export type MemberPage = { readonly balance: Balance; readonly plan: LedgerPlan };

/**
 * Several members' ledgers while decisions are made: each sees what those before it did. A member whose
 * open ledger was not loaded can only be credited; the cached balance is carried on.
 */
export type MemberBook = {
  /** The open ledger with all that was posted so far; null when it was not loaded. */
  readonly openOf: (memberId: MemberId) => OpenLedger | null;
  /** Adds a decision, and repays debts from what became available. */
  readonly post: (memberId: MemberId, plan: LedgerPlan) => void;
  /** What is to be written, for every member whose plan or balance is new. */
  readonly changed: () => readonly (MemberPage & { readonly memberId: MemberId })[];
};

export const openMemberBook = (
  members: readonly { readonly memberId: MemberId; readonly cached: Balance; readonly open: OpenLedger | null }[],
  now: Instant,
): MemberBook => {
  const opens = new Map<MemberId, OpenLedger>();
  const pages = new Map<MemberId, MemberPage>();
  const touched = new Set<MemberId>();

  const post = (memberId: MemberId, plan: LedgerPlan): void => {
    const page = pages.get(memberId);
    invariant(page !== undefined, 'a decision concerns a member who is not locked');
    if (plan !== emptyPlan) touched.add(memberId);
    const open = opens.get(memberId);
    if (open === undefined) {
      invariant(plan.draws.length === 0, 'points were drawn from a ledger that was not loaded');
      const balance = plan.opened.reduce((sum, lot) => addLotToBalance(sum, lot, now), page.balance);
      pages.set(memberId, { plan: joinPlans(page.plan, plan), balance });
      return;
    }
    const posted = applyPlan(open, plan);
    const repayment = repayDebts(posted, now);
    const after = applyPlan(posted, repayment);
    opens.set(memberId, after);
    pages.set(memberId, { plan: joinPlans(joinPlans(page.plan, plan), repayment), balance: balanceOf(after, now) });
    if (repayment !== emptyPlan) touched.add(memberId);
  };

  for (const { memberId, cached, open } of members) {
    pages.set(memberId, { balance: cached, plan: emptyPlan });
    if (open === null) continue;
    opens.set(memberId, open);
    post(memberId, emptyPlan); // what matured since the cache was written repays debts first
    if (!sameBalance(cached, pages.get(memberId)?.balance ?? cached)) touched.add(memberId);
  }
  return {
    openOf: (memberId) => opens.get(memberId) ?? null,
    post,
    changed: () =>
      [...touched].flatMap((memberId) => {
        const page = pages.get(memberId);
        return page === undefined ? [] : [{ memberId, ...page }];
      }),
  };
};

const sameBalance = (a: Balance, b: Balance): boolean =>
  a.available === b.available && a.pending === b.pending && a.debt === b.debt && a.nextChangeAt === b.nextChangeAt;

/** Whether the cached balance still is the balance, so that a credit need not read lots. */
export const cacheHolds = (cached: Balance, now: Instant): boolean => cached.debt === 0 && (cached.nextChangeAt === null || cached.nextChangeAt > now);
