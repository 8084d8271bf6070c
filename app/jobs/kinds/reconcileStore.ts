import { reconcileStoreLater, type ReconcileStore } from '~/usecases/effects/reconcileStore';
import { reconcileStore } from '~/usecases/reconcileStore';
import type { Job } from '../job';

export const reconcileStoreJob: Job<ReconcileStore> = {
  effect: reconcileStoreLater,
  queue: 'reconcile-store',
  key: ({ store }) => store.storeId,
  isLong: true,
  inReplay: false,
  work: {
    kind: 'one_by_one',
    atOnce: 1,
    run: ({ deps, clock }, { store, reconciliationId }) =>
      reconcileStore(deps, store, reconciliationId, clock()).then(() => undefined),
  },
};
