import type { OrderSnapshot } from '../orders/snapshot';
import { stateAt } from '../orders/stateAt';
import { compareIds, type StoreId } from '../values/ids';
import { instant, type Instant } from '../values/instant';

/** An order of a store in its newest state. */
export type PlayedOrder = { readonly storeId: StoreId; readonly snapshot: OrderSnapshot };

/** One state of an order, and when the shop told it; `isPlaced`: it is the first one. */
export type ToldState = PlayedOrder & { readonly at: Instant; readonly isPlaced: boolean };

/**
 * The states through which orders went, in the order in which a shop tells them: placed, then each refund and the
 * cancellation at its own time, up to a moment. What carries no time of its own (payment, edits) was so from the
 * beginning.
 */
export const timelineOf = (orders: readonly PlayedOrder[], to: Instant): readonly ToldState[] =>
  orders
    .flatMap(statesOf)
    .filter(({ at }) => at <= to)
    .sort(
      (a, b) =>
        a.at - b.at || a.snapshot.instant - b.snapshot.instant || compareIds(a.snapshot.orderId, b.snapshot.orderId),
    );

const statesOf = ({ storeId, snapshot }: PlayedOrder): readonly ToldState[] => {
  const { refunds, cancelledAt } = snapshot;
  const later = [...refunds.map(({ at }) => at), ...(cancelledAt === null ? [] : [cancelledAt])];
  const moments = [...new Set([snapshot.instant, ...later.map((at) => instant(Math.max(at, snapshot.instant)))])];
  return moments
    .sort((a, b) => a - b)
    .map((at, index) => ({
      storeId,
      // Of two states the shop calls the one newer that it changed later.
      snapshot: { ...stateAt(snapshot, at), updatedAt: at },
      at,
      isPlaced: index === 0,
    }));
};
