import type { Job } from '~/jobs/job';
import type { Wing } from '../wing';
import { pointFileTables } from './db/tables';
import { runImportLater, type RunImport } from './usecases/effects/runImport';
import { runImport } from './usecases/runImport';

const runImportJob: Job<RunImport> = {
  effect: runImportLater,
  queue: 'run-import',
  key: ({ batchId }) => batchId,
  isLong: true,
  inReplay: false,
  work: {
    kind: 'one_by_one',
    atOnce: 1,
    run: ({ deps, clock }, { store, batchId }) => runImport(deps, store, batchId, clock),
  },
};

/** Files of points that come and go: imports that a merchant checks and agrees to, and exports of all that is owned. */
export const pointFiles: Wing = { name: 'pointFiles', jobs: [runImportJob], tables: pointFileTables };
