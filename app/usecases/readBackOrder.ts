import type { Instant } from '~/core/values/instant';
import type { PlatformId } from '~/core/values/ids';
import { newestUpdateOf } from '~/db/orderLists';
import type { Deps, StoreRef } from './deps';
import { settleOrderLater } from './effects/settleOrder';
import { keepUnreadableOrder } from './keepUnreadable';

/**
 * Reads an order back from the platform because a message about it carried none (a refund, an edit). Dropped when a
 * snapshot at least as new has come meanwhile; what makes no sense is shown on Health. Throws when the platform cannot
 * be asked.
 */
export const readBackOrder = async (
  deps: Deps,
  store: StoreRef,
  orderId: PlatformId,
  newerThan: Instant,
  now: Instant,
): Promise<void> => {
  const known = await newestUpdateOf(deps.database.prisma, {
    programId: store.programId,
    storeId: store.storeId,
    orderId,
  });
  if (known !== null && known >= newerThan) return;
  const order = await deps.platformOf(store).readOrder(orderId);
  if (!order.ok) {
    if (order.error.kind === 'unreadable') return keepUnreadableOrder(deps, store, orderId, order.error.sentence, now);
    if (order.error.kind === 'refused') return; // deleted, or not ours to read: a deletion changes no points
    throw new Error(`The order could not be read: ${order.error.reason}`);
  }
  if (order.value !== null) await deps.enqueue([settleOrderLater.of({ store, snapshot: order.value })]);
};
