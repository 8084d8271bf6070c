import type { Instant } from '~/core/values/instant';
import { backfilledOrders } from '~/db/orders';
import type { Deps, StoreRef } from '~/usecases/deps';
import { settleOrders } from '~/usecases/settleOrders';

const batchSize = 50;

/**
 * Takes back what a store's past orders gave: they are orders from before the program again, worth nothing, and are
 * settled as such. So each gives back exactly what it gave; what was spent since is owed or forgiven, as the program
 * says of refunds. Stopped half-way it goes on with the orders that are left.
 */
export const undoPastOrders = async (deps: Deps, store: StoreRef, clock: () => Instant): Promise<void> => {
  let behind = '';
  for (;;) {
    const orders = await backfilledOrders(deps.database.prisma, store, behind, batchSize);
    const last = orders.at(-1);
    if (last === undefined) return;
    behind = last.orderId;
    await settleOrders(
      deps,
      orders.map(({ newest }) => ({ store, snapshot: newest, withdrawn: true })),
      clock(),
    );
    await new Promise((resume) => setImmediate(resume)); // the pages of this process come first
  }
};
