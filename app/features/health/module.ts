import type { EntryId } from '~/core/values/ids';
import type { Job } from '~/jobs/job';
import type { Wing } from '../wing';
import { auditDaily, auditProgram } from './usecases/auditProgram';
import { auditProgramLater, type AuditProgram } from './usecases/effects/auditProgram';

const auditProgramJob: Job<AuditProgram> = {
  effect: auditProgramLater,
  queue: 'audit-program',
  key: ({ programId }) => programId,
  isLong: true,
  inReplay: false,
  work: {
    kind: 'one_by_one',
    atOnce: 1,
    run: ({ deps, clock }, { programId, auditId }) => auditProgram(deps, programId, auditId, clock()),
  },
};

/** What a merchant sees of what happens without anybody asking, and the check of the whole ledger, once a day. */
export const health: Wing = {
  name: 'health',
  jobs: [auditProgramJob],
  sweeps: [
    {
      name: 'audit programs once a day',
      everyMs: 0,
      atOnce: null,
      inReplay: false,
      step: ({ deps, clock }) => auditDaily(deps, () => deps.newId<EntryId>(), clock()),
    },
  ],
  tables: [
    {
      name: 'audit',
      erasure: {
        customer: { nothing: 'which sums were wrong, by member and entry' },
        keeps: ['violations'],
        store: 'program',
      },
      exportedBy: [['id', 'uuid']],
    },
  ],
};
