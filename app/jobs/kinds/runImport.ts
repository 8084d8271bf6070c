import { runImportLater, type RunImport } from '~/usecases/effects/runImport';
import { runImport } from '~/usecases/imports/runImport';
import type { Job } from '../job';

export const runImportJob: Job<RunImport> = {
  effect: runImportLater,
  queue: 'run-import',
  key: ({ batchId }) => batchId,
  expireInSeconds: 3600,
  inReplay: false,
  work: {
    kind: 'one_by_one',
    atOnce: 1,
    run: ({ deps, clock }, { store, batchId }) => runImport(deps, store, batchId, clock),
  },
};
