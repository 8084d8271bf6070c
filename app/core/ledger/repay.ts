import { instant, type Instant } from '../values/instant';
import { points } from '../values/points';
import { drawOrder } from './lots';
import { applyPlan, emptyPlan, joinPlans } from './plan';
import type { Debt, LedgerPlan, OpenLedger, Slice } from './types';

/**
 * Repays debts from every lot that has become available by now: oldest debt first, before the lot can
 * be spent or lapse. A lot that has lapsed since still pays the debts it met while it could be spent,
 * so that recording late changes nothing.
 */
export const repayDebts = (open: OpenLedger, now: Instant): LedgerPlan => {
  let plan = emptyPlan;
  let state = open;
  for (const debt of [...open.debts].sort((a, b) => a.openedAt - b.openedAt || (a.entryId < b.entryId ? -1 : 1))) {
    const payment = repayOne(state, debt, now);
    plan = joinPlans(plan, payment);
    state = applyPlan(state, payment);
  }
  return plan;
};

/**
 * The open ledger as of a moment: with the debts repaid that lots have met by then, whether or not that was written
 * yet.
 */
export const ledgerAt = (open: OpenLedger, now: Instant): OpenLedger => applyPlan(open, repayDebts(open, now));

/** The moment at which a lot meets a debt; null when it never does or not yet. */
const meetingOf = (slice: Slice, debt: Debt, now: Instant): Instant | null => {
  const start = Math.max(slice.availableAt, debt.openedAt);
  const inTime = start <= now && (slice.expiresAt === null || start < slice.expiresAt);
  return inTime && slice.remaining > 0 ? instant(start) : null;
};

const repayOne = (open: OpenLedger, debt: OpenLedger['debts'][number], now: Instant): LedgerPlan => {
  const meetings = open.slices
    .flatMap((slice) => {
      const at = meetingOf(slice, debt, now);
      return at === null ? [] : [{ slice, at }];
    })
    .sort((a, b) => a.at - b.at || drawOrder(a.slice, b.slice));
  let missing: number = debt.open;
  let plan = emptyPlan;
  meetings.forEach(({ slice, at }, index) => {
    const part = Math.min(missing, slice.remaining);
    if (part === 0) return;
    missing -= part;
    const draw = {
      entryId: debt.entryId,
      n: debt.drawsSoFar + index,
      lotId: slice.lotId,
      slice: slice.slice,
      points: points(part),
      at,
    };
    plan = joinPlans(plan, {
      entries: [],
      opened: [],
      draws: [draw],
      remaining: [{ lotId: slice.lotId, slice: slice.slice, remaining: points(slice.remaining - part) }],
      debts: [{ entryId: debt.entryId, open: points(missing), openedAt: debt.openedAt }],
    });
  });
  return plan;
};
