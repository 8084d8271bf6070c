import { readOrderLater, type ReadOrder } from '~/usecases/effects/readOrder';
import { readBackOrder } from '~/usecases/readBackOrder';
import type { Job } from '../job';

/** One read-back waits for each order, however many messages ask for it; it sees what the newest of them told. */
export const readOrderJob: Job<ReadOrder> = {
  effect: readOrderLater,
  queue: 'read-order',
  key: ({ store, orderId }) => `${store.storeId}:${orderId}`,
  raises: 'newerThan',
  delaySeconds: ({ delaySeconds }) => delaySeconds,
  inReplay: true,
  work: {
    kind: 'one_by_one',
    atOnce: 4,
    run: ({ deps, clock }, { store, orderId, newerThan }) => readBackOrder(deps, store, orderId, newerThan, clock()),
  },
};
