import { importPastOrdersLater, type ImportPastOrders } from '~/usecases/effects/importPastOrders';
import { importPastOrders } from '~/usecases/importPastOrders';
import type { Job } from '../job';

export const importPastOrdersJob: Job<ImportPastOrders> = {
  effect: importPastOrdersLater,
  queue: 'import-past-orders',
  key: ({ store }) => store.storeId,
  expireInSeconds: 3600,
  inReplay: false,
  work: {
    kind: 'one_by_one',
    atOnce: 1,
    run: ({ deps, clock }, { store, backfillId }) => importPastOrders(deps, store, backfillId, clock),
  },
};
