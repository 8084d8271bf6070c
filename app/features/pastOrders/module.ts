import type { Job } from '~/jobs/job';
import type { Wing } from '../wing';
import { importPastOrdersLater, type ImportPastOrders } from './usecases/effects/importPastOrders';
import { importPastOrders } from './usecases/importPastOrders';

const importPastOrdersJob: Job<ImportPastOrders> = {
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

/** Orders of the time before the program: counted, imported when the merchant agrees, and taken back as a whole. */
export const pastOrders: Wing = {
  name: 'pastOrders',
  jobs: [importPastOrdersJob],
  tables: [
    {
      name: 'backfill',
      erasure: { customer: { nothing: 'counts of a run' }, keeps: ['state', 'export_id', 'failure'], store: 'store' },
      exportedBy: [['id', 'uuid']],
    },
  ],
};
