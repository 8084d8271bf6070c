import type { ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { auditLedger } from '~/features/health/db/audit';
import {
  auditsOf,
  countEntries,
  endAudit,
  forgetAudits,
  insertAudit,
  programsToAudit,
} from '~/features/health/db/audits';
import type { Deps } from '~/usecases/deps';
import { auditProgramLater } from './effects/auditProgram';

const dayMs = 86_400_000;
const programsAtOnce = 20;
const keptDays = 90;
// A check that did not end by then stopped half-way: the next one takes its place.
const patienceMs = 3_600_000;

/** Begins a check of a program's whole ledger, or takes up the one that runs; a job does it. */
export const askForAudit = async (
  deps: Pick<Deps, 'database' | 'enqueue'>,
  programId: ProgramId,
  id: string,
  now: Instant,
): Promise<void> => {
  const { prisma } = deps.database;
  const [last] = await auditsOf(prisma, programId, 1);
  const running = last !== undefined && last.finishedAt === null && last.startedAt > now - patienceMs ? last : null;
  if (running === null) await insertAudit(prisma, { programId, id, startedAt: now });
  await deps.enqueue([auditProgramLater.of({ programId, auditId: running?.id ?? id })]);
};

/** Has every program's ledger checked once a day. Answers how many checks it began. */
export const auditDaily = async (
  deps: Pick<Deps, 'database' | 'enqueue'>,
  newId: () => string,
  now: Instant,
): Promise<number> => {
  const due = await programsToAudit(deps.database.prisma, instant(now - dayMs), programsAtOnce);
  for (const programId of due) await askForAudit(deps, programId, newId(), now);
  return due.length;
};

/**
 * Checks the invariants over a program's whole ledger and writes down what does not add up. Doing it again changes
 * nothing.
 */
export const auditProgram = async (
  deps: Pick<Deps, 'database'>,
  programId: ProgramId,
  id: string,
  now: Instant,
): Promise<void> => {
  const { prisma } = deps.database;
  const violations = await auditLedger(prisma, programId, now);
  await endAudit(prisma, { programId, id }, { violations, entries: await countEntries(prisma, programId) }, now);
  await forgetAudits(prisma, programId, instant(now - keptDays * dayMs));
};
