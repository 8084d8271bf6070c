import { entryKey } from '../ledger/entry';
import { redeemLate } from '../ledger/hold';
import type { MemberBook } from '../ledger/memberBook';
import type { Policies } from '../ledger/policies';
import { putBack, type Spent } from '../ledger/putBack';
import type { Debt, Entry, Slice } from '../ledger/types';
import type { OrderSnapshot } from '../orders/snapshot';
import type { EntryId, PlatformId, StoreId } from '../values/ids';
import type { Instant } from '../values/instant';
import { invariant } from '../values/result';
import { endOfLocalDayAfter } from '../values/zone';
import { returnTarget } from './returned';
import { codeOf, stateOnUse, type Redemption, type RedemptionState } from './states';
import type { RedemptionWhy } from './why';

/** An order on which a redemption's code was seen. */
export type CodeSighting = {
  readonly storeId: StoreId;
  readonly orderId: PlatformId;
  readonly newest: OrderSnapshot;
  readonly settled: OrderSnapshot | null;
  readonly redemption: Redemption;
  readonly spent: Spent;
  readonly unpaid: readonly Debt[];
  readonly policies: Policies;
  readonly zone: string;
  /** The last number used in the order's keys; a return uses the next. */
  readonly seq: number;
};

/** What a redemption becomes; null when nothing changed. */
export type CodeUse = {
  readonly state: RedemptionState;
  readonly usedOrderId: PlatformId | null;
  readonly returned: number;
  readonly seq: number;
} | null;

/**
 * A code seen on an order: its redemption is used (late, when the points had been released: they are
 * redeemed again), and what was spent on units that came back returns. Posts to the member's book.
 */
export const useCode = (sighting: CodeSighting, book: MemberBook, now: Instant, newId: () => EntryId): CodeUse => {
  const { redemption } = sighting;
  const next = stateOnUse(redemption.state);
  if (next === null && redemption.usedOrderId !== null && redemption.usedOrderId !== sighting.orderId) return null;
  const current = asOfNow(sighting, new Set(sighting.unpaid.map(({ entryId }) => entryId)), book);
  const seen = next === 'used_late' ? redeemAgain(current, book, now, newId) : current;
  const state = next ?? redemption.state;
  const returned = giveBack(seen, book, now, newId);
  const changed = state !== redemption.state || returned !== redemption.returned || redemption.usedOrderId === null;
  if (!changed) return null;
  const seq = sighting.seq + (returned === redemption.returned ? 0 : 1);
  return { state, usedOrderId: sighting.orderId, returned, seq };
};

const draftOf = (
  sighting: CodeSighting,
  what: Pick<Entry, 'kind' | 'key'>,
  why: RedemptionWhy,
  now: Instant,
  newId: () => EntryId,
) => ({
  id: newId(),
  memberId: sighting.redemption.memberId,
  ...what,
  concerns: { storeId: sighting.storeId, orderId: sighting.orderId, redemptionId: sighting.redemption.id },
  why,
  actor: { kind: 'system' as const },
  occurredAt: now,
  recordedAt: now,
});

// What was posted to the book since the redemption was read may have paid the debts of its entries: points of earlier
// orders, say.
const asOfNow = (sighting: CodeSighting, owing: ReadonlySet<EntryId>, book: MemberBook): CodeSighting => {
  const { redemption, spent, unpaid } = sighting;
  const open = book.openOf(redemption.memberId);
  if (open === null || owing.size === 0) return sighting;
  const paid = book.drawsOf(redemption.memberId).filter(({ entryId }) => owing.has(entryId));
  return {
    ...sighting,
    spent: { ...spent, draws: [...spent.draws, ...paid], slices: [...spent.slices, ...open.slices] },
    unpaid: [
      ...unpaid.filter(({ entryId }) => !owing.has(entryId)),
      ...open.debts.filter(({ entryId }) => owing.has(entryId)),
    ],
  };
};

// Answers the sighting with what was spent now: the order may be refunded already, and then it comes back at once.
const redeemAgain = (sighting: CodeSighting, book: MemberBook, now: Instant, newId: () => EntryId): CodeSighting => {
  const { redemption } = sighting;
  const open = book.openOf(redemption.memberId);
  invariant(open !== null, 'a late use meets a ledger that was not loaded');
  const why: RedemptionWhy = { v: 1, kind: 'late_use', order: sighting.newest.name };
  const what = { kind: 'redeem' as const, key: entryKey.late(redemption.id) };
  const draft = { ...draftOf(sighting, what, why, now, newId), marks: { part: 'late' as const } };
  book.post(redemption.memberId, redeemLate(open, draft, redemption.points, now));
  return asOfNow(sighting, new Set([draft.id]), book);
};

/**
 * Posts what should have come back less what came back; nothing when that is negative. Answers what has come back now.
 */
const giveBack = (sighting: CodeSighting, book: MemberBook, now: Instant, newId: () => EntryId): number => {
  const { redemption, settled, policies } = sighting;
  if (settled === null || !policies.returnSpentPoints) return redemption.returned;
  const target = returnTarget(settled, codeOf(redemption), redemption.points);
  const amount = target.points - redemption.returned;
  if (amount <= 0) return redemption.returned;
  const open = book.openOf(redemption.memberId);
  invariant(open !== null, 'a return meets a ledger that was not loaded');
  const why: RedemptionWhy = {
    v: 1,
    kind: 'return',
    order: settled.name,
    because: target.because,
    discountBackMinor: target.discountBackMinor,
    discountMinor: target.discountMinor,
    currency: settled.currency,
  };
  const key = entryKey.return(sighting.storeId, sighting.orderId, sighting.seq + 1);
  const draft = draftOf(sighting, { kind: 'return', key }, why, now, newId);
  const spent = { ...sighting.spent, endOf: (slice: Slice) => book.endOf(slice, redemption.memberId) };
  const graceEnd = endOfLocalDayAfter(now, policies.graceDays, sighting.zone);
  book.post(redemption.memberId, putBack(open, draft, amount, { spent, unpaid: sighting.unpaid }, { graceEnd, now }));
  return target.points;
};

/** Whether a sighting may move points, so that the member's ledger has to be loaded. */
export const movesPoints = (redemption: Redemption, settled: OrderSnapshot | null): boolean =>
  redemption.state === 'released' ||
  (settled !== null && returnTarget(settled, codeOf(redemption), redemption.points).points > redemption.returned);
