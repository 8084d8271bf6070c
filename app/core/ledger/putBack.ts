import type { EntryId, MemberId } from '../values/ids';
import { instant, type Instant } from '../values/instant';
import { points, zeroPoints } from '../values/points';
import { invariant } from '../values/result';
import type { Debt, Draw, Entry, LedgerPlan, OpenLedger, Slice } from './types';

/** A redemption's debits with everything drawn for them and put back since, in the order in which it was written. */
export type Spent = {
  readonly draws: readonly Draw[];
  /** Every slice of the lots drawn from, open or not. */
  readonly slices: readonly Slice[];
  /** When a slice ends by what is known now, where that may differ from what was written. */
  readonly endOf?: (slice: Slice) => Instant | null;
};

/** What a redemption took: what was drawn for it, and what of it no lot has paid. */
export type TakenPoints = { readonly spent: Spent; readonly unpaid: readonly Debt[] };

type Part = { readonly lotId: EntryId; readonly slice: number; points: number };

/**
 * Puts points back where a redemption drew them, in reverse order of the draws (a release puts all
 * back, a return a part). Opens no lot. Points whose slice has lapsed, or would lapse before `graceEnd`,
 * go to a further slice of the same lot that lives until then; the lot's other points lapse as they would have.
 * A late use's debt that no lot has paid is cancelled first.
 */
export const putBack = (
  open: OpenLedger,
  draft: Omit<Entry, 'points' | 'forgiven'>,
  amount: number,
  { spent, unpaid }: TakenPoints,
  { graceEnd, now }: { readonly graceEnd: Instant; readonly now: Instant },
): LedgerPlan => {
  const cancelled: Debt[] = [];
  let left = amount;
  for (const debt of unpaid) {
    const part = Math.min(left, debt.open);
    if (part > 0) cancelled.push({ ...debt, open: points(debt.open - part) });
    left -= part;
  }
  const state = sliceBook(open, spent, graceEnd, now);
  const draws: Draw[] = [];
  for (const part of stillDrawn(spent.draws).reverse()) {
    const back = Math.min(left, part.points);
    if (back === 0) continue;
    left -= back;
    const target = state.putInto(part, back);
    draws.push({
      entryId: draft.id,
      n: draws.length,
      lotId: part.lotId,
      slice: target,
      points: points(-back),
      at: now,
    });
  }
  invariant(left === 0, `put back ${amount} points, but only ${amount - left} were drawn`);
  return {
    entries: [{ ...draft, points: points(amount), forgiven: points(0) }],
    draws,
    debts: cancelled,
    ...state.changes(draft.memberId),
  };
};

/**
 * What is drawn and not put back yet: what came back to a lot cancels the latest draws of that lot. (A debt may be paid
 * from a further lot after a return; its draw stands beside the entry's first ones.)
 */
const stillDrawn = (draws: readonly Draw[]): Part[] => {
  const stack: Part[] = [];
  for (const draw of draws) {
    if (draw.points > 0) {
      stack.push({ lotId: draw.lotId, slice: draw.slice, points: draw.points });
      continue;
    }
    let back = -draw.points;
    for (let index = stack.length - 1; index >= 0 && back > 0; index -= 1) {
      const part = stack[index];
      if (part === undefined || part.lotId !== draw.lotId) continue;
      const cancelled = Math.min(back, part.points);
      part.points -= cancelled;
      back -= cancelled;
    }
  }
  return stack.filter((part) => part.points > 0);
};

/** The slices while points go back: which were filled, which were added. */
const sliceBook = (
  open: OpenLedger,
  { slices: drawn, endOf = ({ expiresAt }) => expiresAt }: Spent,
  graceEnd: Instant,
  now: Instant,
) => {
  const known = new Map([...drawn, ...open.slices].map((slice) => [keyOf(slice), slice]));
  const filled = new Map<string, Slice>();
  const added: Slice[] = [];

  const addFurther = (own: Slice, back: number, end: Instant): number => {
    const index = added.findIndex((further) => further.lotId === own.lotId);
    const before = added[index];
    if (before !== undefined) {
      added[index] = {
        ...before,
        remaining: points(before.remaining + back),
        expiresAt: instant(Math.max(end, before.expiresAt ?? end)),
      };
      return before.slice;
    }
    const ofLot = [...known.values()].filter(({ lotId }) => lotId === own.lotId);
    const number = 1 + Math.max(...ofLot.map(({ slice }) => slice));
    const lotEnd = own.slice === 0 ? own.expiresAt : own.lotEnd;
    added.push({
      ...own,
      slice: number,
      size: zeroPoints,
      remaining: points(back),
      expiresAt: end,
      since: now,
      lotEnd: lotEnd ?? null,
    });
    return number;
  };

  return {
    /** Answers the number of the slice that got the points. */
    putInto: (part: Part, back: number): number => {
      const own = known.get(keyOf(part));
      invariant(own !== undefined, `the slice ${keyOf(part)} was not loaded`);
      const end = endOf(own);
      // What has lapsed by its written end may have been swept, and is never filled again, even if it should have lived
      // longer.
      const lapsed = own.expiresAt !== null && own.expiresAt <= now;
      if (end !== null && (lapsed || end < graceEnd)) return addFurther(own, back, instant(Math.max(end, graceEnd)));
      const after = { ...own, remaining: points(own.remaining + back), expiresAt: end };
      known.set(keyOf(part), after);
      filled.set(keyOf(part), after);
      return own.slice;
    },
    changes: (memberId: MemberId): Pick<LedgerPlan, 'opened' | 'remaining'> => ({
      opened: added.map((slice) => ({ ...slice, memberId })),
      remaining: [...filled.values()].map((whole) => ({
        lotId: whole.lotId,
        slice: whole.slice,
        remaining: whole.remaining,
        expiresAt: whole.expiresAt,
        whole,
      })),
    }),
  };
};

const keyOf = ({ lotId, slice }: { readonly lotId: EntryId; readonly slice: number }): string => `${lotId}:${slice}`;
