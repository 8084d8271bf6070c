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
  const { opened, remaining } = second.remaining.length === 0 ? first : changedBy(first, second.remaining);
  return {
    entries: joined(first.entries, second.entries),
    opened: joined(opened, second.opened),
    draws: joined(first.draws, second.draws),
    remaining,
    debts: second.debts.length === 0 ? first.debts : latestOf([...first.debts, ...second.debts]),
  };
};

const joined = <Item>(first: readonly Item[], second: readonly Item[]): readonly Item[] =>
  first.length === 0 ? second : second.length === 0 ? first : [...first, ...second];

const latestOf = (debts: readonly Debt[]): readonly Debt[] => [
  ...new Map(debts.map((debt) => [debt.entryId, debt])).values(),
];

const changedBy = (plan: LedgerPlan, changes: readonly SliceChange[]): Pick<LedgerPlan, 'opened' | 'remaining'> => {
  const later = new Map(changes.map((change) => [sliceKey(change), change]));
  const opened = plan.opened.map((slice) => {
    const change = later.get(sliceKey(slice));
    if (change === undefined) return slice;
    later.delete(sliceKey(slice)); // a slice opened in this very plan is written once, with what is left of it
    return changedSlice(slice, change);
  });
  const earlier = plan.remaining.map((change) => {
    const again = later.get(sliceKey(change));
    later.delete(sliceKey(change));
    return again === undefined ? change : { ...change, ...again };
  });
  return { opened, remaining: [...earlier, ...later.values()] };
};

/** The open ledger after a plan. */
export const applyPlan = (open: OpenLedger, plan: LedgerPlan): OpenLedger => {
  if (plan === emptyPlan) return open;
  const slices = plan.remaining.length === 0 ? open.slices : slicesAfter(open.slices, plan.remaining);
  const mine = plan.opened.filter(({ memberId }) => memberId === open.memberId);
  return { memberId: open.memberId, slices: joined(slices, mine), debts: debtsAfter(open, plan) };
};

const slicesAfter = (before: readonly Slice[], changes: readonly SliceChange[]): readonly Slice[] => {
  const left = new Map(changes.map((change) => [sliceKey(change), change]));
  const after = before.map((slice) => {
    const key = sliceKey(slice);
    const change = left.get(key);
    if (change === undefined) return slice;
    left.delete(key);
    return changedSlice(slice, change);
  });
  // Points came back to slices that were empty: they are open again.
  for (const change of left.values()) if (change.whole !== undefined) after.push(changedSlice(change.whole, change));
  return after;
};

const debtsAfter = (open: OpenLedger, plan: LedgerPlan): OpenLedger['debts'] => {
  if (open.debts.length === 0 && plan.debts.length === 0) return open.debts;
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

const openedBy = ({ batchId, awardKey }: NonNullable<Entry['marks']>): Pick<Slice, 'batchId' | 'awardKey'> => ({
  ...(batchId === undefined ? {} : { batchId }),
  ...(awardKey === undefined ? {} : { awardKey }),
});

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
      originOrder: lot.originOrder,
      availableAt: lot.availableAt,
      expiresAt: lot.expiresAt,
      ...(entry.marks === undefined ? {} : openedBy(entry.marks)),
    },
  ],
  draws: [],
  remaining: [],
  debts: [],
});
