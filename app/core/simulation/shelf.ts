import { isActivity, isLapse } from '../ledger/entryKinds';
import type { MemberBook } from '../ledger/memberBook';
import type { LapsedSlice } from '../ledger/renew';
import type { Balance, Debt, Draw, Entry, LedgerPlan, OpenLedger, Slice } from '../ledger/types';
import type { LoadedLedger, OrderRecord } from '../settlement/records';
import {
  compareIds,
  type EntryId,
  type MemberId,
  type PlatformId,
  type RedemptionId,
  type StoreId,
} from '../values/ids';
import type { Instant } from '../values/instant';
import { zeroPoints } from '../values/points';
import { invariant } from '../values/result';

/** What a database would hold of one member's ledger, in memory; it is written by plans alone. */
export type Shelf = {
  readonly balance: () => Balance;
  readonly entries: () => readonly Entry[];
  readonly openOf: () => OpenLedger;
  /** When the ledger has to be brought forward next: something lapses, or matures and pays a debt. */
  readonly nextChangeAt: () => Instant | null;
  /** What settling reads of it: `orders` are those from which points are taken back. */
  readonly load: (
    orders: readonly Pick<OrderRecord, 'storeId' | 'orderId'>[],
    forgivenOf: (order: NonNullable<Slice['originOrder']>) => number,
  ) => Omit<LoadedLedger, 'programId' | 'memberId'>;
  readonly expiredOfAwards: (keys: readonly string[]) => ReadonlyMap<string, number>;
  /** What a redemption drew, and what of it nothing has paid yet. */
  readonly spentOn: (id: RedemptionId) => {
    readonly spent: { readonly draws: readonly Draw[]; readonly slices: readonly Slice[] };
    readonly unpaid: readonly Debt[];
  };
  readonly write: (book: MemberBook) => void;
  /** Forgets all points, as if the member had none yet. */
  readonly empty: () => void;
};

type OpenDebt = OpenLedger['debts'][number];

const nothing: Balance = { available: zeroPoints, pending: zeroPoints, debt: zeroPoints, nextChangeAt: null };

const sliceKey = ({ lotId, slice }: { readonly lotId: EntryId; readonly slice: number }): string => `${lotId}:${slice}`;
const orderKey = (order: { readonly storeId: StoreId; readonly orderId: PlatformId }): string =>
  `${order.storeId}|${order.orderId}`;

/** The tables of a ledger, and how a plan is written to them. */
const openTables = () => {
  const entries: Entry[] = [];
  const byId = new Map<EntryId, Entry>();
  const slices = new Map<string, Slice>();
  const open = new Map<string, Slice>();
  const debts = new Map<EntryId, OpenDebt>();
  const spending = new Map<RedemptionId, Draw[]>();
  const lapses = openLapses();

  const put = (slice: Slice): void => {
    slices.set(sliceKey(slice), slice);
    if (slice.remaining > 0) open.set(sliceKey(slice), slice);
    else open.delete(sliceKey(slice));
  };
  const writeDraw = (draw: Draw): void => {
    const entry = byId.get(draw.entryId);
    invariant(entry !== undefined, 'points were drawn for an entry that does not exist');
    const { redemptionId } = entry.concerns;
    if (redemptionId !== undefined) spending.set(redemptionId, [...(spending.get(redemptionId) ?? []), draw]);
    lapses.add(entry, draw);
    const debt = debts.get(draw.entryId);
    if (debt !== undefined) debts.set(draw.entryId, { ...debt, drawsSoFar: debt.drawsSoFar + 1 });
  };
  const write = (plan: LedgerPlan): void => {
    for (const entry of plan.entries) byId.set(entry.id, entry);
    entries.push(...plan.entries);
    for (const slice of plan.opened) put(slice);
    for (const change of plan.remaining) {
      const before = slices.get(sliceKey(change));
      invariant(before !== undefined, 'a slice that does not exist changed');
      const { remaining, expiresAt = before.expiresAt } = change;
      put({ ...before, remaining, expiresAt });
    }
    for (const draw of plan.draws) writeDraw(draw);
    for (const debt of plan.debts) {
      const drawn = plan.draws.filter(({ entryId }) => entryId === debt.entryId).length;
      const drawsSoFar = debts.get(debt.entryId)?.drawsSoFar ?? drawn;
      if (debt.open > 0) debts.set(debt.entryId, { ...debt, drawsSoFar });
      else debts.delete(debt.entryId);
    }
  };
  return { entries, byId, slices, open, debts, spending, lapses, write };
};

/** An empty shelf for a member. */
export const openShelf = (memberId: MemberId): Shelf => {
  let tables = openTables();
  let balance = nothing;
  const openOf = (): OpenLedger => ({
    memberId,
    slices: [...tables.open.values()],
    debts: [...tables.debts.values()],
  });
  return {
    balance: () => balance,
    entries: () => tables.entries,
    openOf,
    nextChangeAt: () => {
      if (tables.debts.size > 0) return balance.nextChangeAt;
      let next: Instant | null = null;
      for (const { expiresAt } of tables.open.values())
        if (expiresAt !== null && (next === null || expiresAt < next)) next = expiresAt;
      return next;
    },
    load: (orders, forgivenOf) => ({
      open: openOf(),
      expired: orders.map(({ storeId, orderId }) => ({
        storeId,
        orderId,
        points: tables.lapses.ofOrder({ storeId, orderId }, tables.slices),
      })),
      activities: [...new Set(tables.entries.filter(isActivity).map(({ occurredAt }) => occurredAt))],
      lapsed: tables.lapses.lapsed(tables.slices, forgivenOf),
    }),
    expiredOfAwards: (keys) =>
      new Map(keys.map((key) => [key, tables.lapses.of(({ awardKey }) => awardKey === key, tables.slices)] as const)),
    spentOn: (id) => {
      const draws = tables.spending.get(id) ?? [];
      const lots = new Set(draws.map(({ lotId }) => lotId));
      return {
        spent: { draws, slices: [...tables.slices.values()].filter(({ lotId }) => lots.has(lotId)) },
        unpaid: [...tables.debts.values()].filter(
          ({ entryId }) => tables.byId.get(entryId)?.concerns.redemptionId === id,
        ),
      };
    },
    write: (book) => {
      for (const sheet of book.changed()) {
        tables.write(sheet.plan);
        ({ balance } = sheet);
      }
    },
    empty: () => {
      tables = openTables();
      balance = nothing;
    },
  };
};

/** What sweeps took out of slices, and what of it came back. */
const openLapses = () => {
  /** By slice: what sweeps took and did not give back. */
  const net = new Map<string, number>();
  /** By slice: what sweeps took. */
  const taken = new Map<string, number>();
  const revived = new Set<string>();
  const add = (entry: Entry, draw: Draw): void => {
    if (!isLapse(entry)) return;
    net.set(sliceKey(draw), (net.get(sliceKey(draw)) ?? 0) + draw.points);
    if (entry.kind === 'expire') taken.set(sliceKey(draw), (taken.get(sliceKey(draw)) ?? 0) + draw.points);
    const { lotId } = entry.concerns;
    if (entry.marks?.part === 'revive' && lotId !== undefined && entry.marks.slice !== undefined)
      revived.add(sliceKey({ lotId, slice: entry.marks.slice }));
  };
  const of = (isAsked: (slice: Slice) => boolean, slices: ReadonlyMap<string, Slice>): number => {
    if (net.size === 0) return 0;
    const lots = new Set([...slices.values()].filter(isAsked).map(({ lotId }) => lotId));
    let sum = 0;
    for (const [key, points] of net) {
      const slice = slices.get(key);
      if (slice !== undefined && lots.has(slice.lotId)) sum += points;
    }
    return sum;
  };
  return {
    add,
    of,
    ofOrder: (order: Pick<OrderRecord, 'storeId' | 'orderId'>, slices: ReadonlyMap<string, Slice>): number =>
      of(({ originOrder }) => originOrder !== null && orderKey(originOrder) === orderKey(order), slices),
    lapsed: (
      slices: ReadonlyMap<string, Slice>,
      forgivenOf: (order: NonNullable<Slice['originOrder']>) => number,
    ): readonly LapsedSlice[] =>
      [...taken]
        .flatMap(([key, expired]) => {
          const slice = slices.get(key);
          if (slice === undefined || slice.expiresAt === null || expired <= 0 || revived.has(key)) return [];
          const furthest = Math.max(
            ...[...slices.values()].filter(({ lotId }) => lotId === slice.lotId).map((one) => one.slice),
          );
          const forgiven = slice.originOrder === null ? 0 : forgivenOf(slice.originOrder);
          return [{ slice, furthest, expired, forgiven }];
        })
        .sort((a, b) => a.slice.openedAt - b.slice.openedAt || compareIds(a.slice.lotId, b.slice.lotId)),
  };
};
