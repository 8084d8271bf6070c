import { auditProgramLater, type AuditProgram } from '~/usecases/effects/auditProgram';
import { auditProgram } from '~/usecases/auditProgram';
import type { Job } from '../job';

export const auditProgramJob: Job<AuditProgram> = {
  effect: auditProgramLater,
  queue: 'audit-program',
  key: ({ programId }) => programId,
  expireInSeconds: 3600,
  inReplay: false,
  work: {
    kind: 'one_by_one',
    atOnce: 1,
    run: ({ deps, clock }, { programId, auditId }) => auditProgram(deps, programId, auditId, clock()),
  },
};
