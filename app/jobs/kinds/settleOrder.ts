import { settleOrderLater } from '~/usecases/effects/settleOrder';
import { settleOrders, type OrderMessage } from '~/usecases/settleOrders';
import type { Job } from '../job';

/**
 * Jobs are completed after the commit; dying in between settles them again, which changes nothing. How many at once:
 * 500 on a server; at most 50 on the embedded database, whose one connection serves the pages, too.
 */
export const settleOrderJob: Job<OrderMessage> = {
  effect: settleOrderLater,
  queue: 'settle-orders',
  inReplay: true,
  work: {
    kind: 'in_batches',
    run: async ({ deps, clock }, messages) => (await settleOrders(deps, messages, clock())).waiting,
    waitsFor: 'what the rules ask of the shop could not be read',
    namesOf: ({ snapshot }) => ({ orderId: snapshot.orderId }),
  },
};
