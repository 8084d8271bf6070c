import type { Instant } from '../values/instant';
import type { MemberId } from '../values/ids';
import { points } from '../values/points';
import type { Taking } from './lots';
import type { Debt, Draw, Entry, LedgerPlan, OpenLedger, Slice, SliceChange } from './types';

export const emptyPlan: LedgerPlan = { entries: [], opened: [], draws: [], remaining: [], debts: [] };

const sliceKey = (slice: { readonly lotId: string; readonly slice: number }): string => `${slice.lotId}:${slice.slice}`;

const changedSlice = <Of extends Slice>(slice: Of, { remaining, expiresAt }: SliceChange): Of =>
  expiresAt === undefined ? { ...slice, remaining } : { ...slice, remaining, expiresAt };

/** Two plans made one after the other as one: of what both set, the later holds. */
export const joinPlans = (first: LedgerPlan, second: LedgerPlan): LedgerPlan => {
  if (first === emptyPlan) return second;
  if (second === emptyPlan) return first;
  const later = new Map(second.remaining.map((change) => [sliceKey(change), change]));
  const opened = first.opened.map((slice) => {
    const change = later.get(sliceKey(slice));
    if (change === undefined) return slice;
    later.delete(sliceKey(slice)); // a slice opened in this very plan is written once, with what is left of it
    return changedSlice(slice, change);
  });
  const earlier = first.remaining.map((change) => {
    const again = later.get(sliceKey(change));
    later.delete(sliceKey(change));
    return again === undefined ? change : { ...change, ...again };
  });
  const debts = new Map([...first.debts, ...second.debts].map((debt) => [debt.entryId, debt]));
  return {
    entries: [...first.entries, ...second.entries],
    opened: [...opened, ...second.opened],
    draws: [...first.draws, ...second.draws],
    remaining: [...earlier, ...later.values()],
    debts: [...debts.values()],
  };
};

/** The open ledger after a plan. */
export const applyPlan = (open: OpenLedger, plan: LedgerPlan): OpenLedger => {
  if (plan === emptyPlan) return open;
  const changes = new Map(plan.remaining.map((change) => [sliceKey(change), change]));
  const slices = open.slices.map((slice) => {
    const change = changes.get(sliceKey(slice));
    return change === undefined ? slice : changedSlice(slice, change);
  });
  const known = new Set(open.slices.map(sliceKey));
  // Points came back to slices that were empty: they are open again.
  const reopened = plan.remaining.flatMap((change) =>
    change.whole === undefined || known.has(sliceKey(change)) ? [] : [changedSlice(change.whole, change)],
  );
  const mine = plan.opened.filter(({ memberId }) => memberId === open.memberId);
  return { memberId: open.memberId, slices: [...slices, ...reopened, ...mine], debts: debtsAfter(open, plan) };
};

const debtsAfter = (open: OpenLedger, plan: LedgerPlan): OpenLedger['debts'] => {
  const known = new Map(open.debts.map((debt) => [debt.entryId, debt]));
  for (const debt of plan.debts) {
    const drawn = plan.draws.filter((draw) => draw.entryId === debt.entryId).length;
    known.set(debt.entryId, { ...debt, drawsSoFar: (known.get(debt.entryId)?.drawsSoFar ?? 0) + drawn });
  }
  return [...known.values()].filter((debt) => debt.open > 0);
};

/** Draws of one entry from what was taken, numbered from `firstN` on. */
export const drawsOf = (
  entry: Pick<Entry, 'id'>,
  takings: readonly Taking[],
  at: Instant,
  firstN = 0,
): readonly Draw[] =>
  takings.map(({ slice, points: part }, index) => ({
    entryId: entry.id,
    n: firstN + index,
    lotId: slice.lotId,
    slice: slice.slice,
    points: part,
    at,
  }));

/** What is left of the slices that something was taken from. */
export const remainingAfter = (takings: readonly Taking[]): LedgerPlan['remaining'] =>
  takings.map(({ slice, points: part }) => ({
    lotId: slice.lotId,
    slice: slice.slice,
    remaining: points(slice.remaining - part),
  }));

/** A debit: the entry, its draws, and a debt when points are missing. */
export const debitPlan = (entry: Entry, takings: readonly Taking[], missing: number, now: Instant): LedgerPlan => {
  const debt: Debt = { entryId: entry.id, open: points(missing), openedAt: entry.occurredAt };
  return {
    entries: [entry],
    opened: [],
    draws: drawsOf(entry, takings, now),
    remaining: remainingAfter(takings),
    debts: missing > 0 ? [debt] : [],
  };
};

/** A credit: the entry and the lot it opens, which carries the entry's id. */
export const creditPlan = (
  entry: Entry,
  lot: Pick<Slice, 'originOrder' | 'availableAt' | 'expiresAt'>,
): LedgerPlan & { readonly opened: readonly (Slice & { readonly memberId: MemberId })[] } => ({
  entries: [entry],
  opened: [
    {
      lotId: entry.id,
      slice: 0,
      memberId: entry.memberId,
      size: entry.points,
      remaining: entry.points,
      openedAt: entry.occurredAt,
      key: entry.key,
      ...(entry.marks?.batchId === undefined ? {} : { batchId: entry.marks.batchId }),
      ...(entry.marks?.awardKey === undefined ? {} : { awardKey: entry.marks.awardKey }),
      ...lot,
    },
  ],
  draws: [],
  remaining: [],
  debts: [],
});
