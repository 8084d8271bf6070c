import type { Job } from '~/jobs/job';
import type { Wing } from '../wing';
import { runBackfillLater, type RunBackfill } from './usecases/effects/runBackfill';
import { runBackfill } from './usecases/runBackfill';

const runBackfillJob: Job<RunBackfill> = {
  effect: runBackfillLater,
  queue: 'import-past-orders',
  key: ({ store }) => store.storeId,
  isLong: true,
  inReplay: false,
  work: {
    kind: 'one_by_one',
    atOnce: 1,
    run: ({ deps, clock }, { store, backfillId }) => runBackfill(deps, store, backfillId, clock),
  },
};

/** Orders of the time before the program: counted, settled when the merchant agrees, and taken back as a whole. */
export const pastOrders: Wing = {
  name: 'pastOrders',
  jobs: [runBackfillJob],
  tables: [
    {
      name: 'backfill',
      erasure: { customer: { nothing: 'counts of a run' }, keeps: ['state', 'resume', 'failure'], store: 'store' },
      exportedBy: [['id', 'uuid']],
    },
  ],
};
