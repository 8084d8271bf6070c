import { dueWarning } from '~/core/ledger/warnings';
import { instant, type Instant } from '~/core/values/instant';
import { currentProgram } from '~/db/programs';
import { insertWarnings, lapsingPoints, programsWithLapsing } from '~/db/warnings';
import type { Deps } from './deps';

const dayMs = 86_400_000;
// A local day may be 25 hours long, and a warning is due at its beginning.
const marginMs = 2 * dayMs;
const furthestDays = 180;
const readAtOnce = 1000;

/**
 * Records the warnings that are due: members whose points lapse within the days that their program names, each once for
 * every stage. Reads lots by their end, page by page; doing it again records nothing new. Answers how many were
 * recorded.
 */
export const warnMembers = async (deps: Pick<Deps, 'database'>, now: Instant): Promise<number> => {
  const { prisma } = deps.database;
  let recorded = 0;
  for (const programId of await programsWithLapsing(prisma, instant(now + furthestDays * dayMs + marginMs))) {
    const program = await currentProgram(prisma, programId);
    if (program === null) continue;
    const { policies, timeZone } = program.document;
    const most = Math.max(0, ...policies.warningDays);
    if (most === 0) continue;
    const window = { after: now, until: instant(now + most * dayMs + marginMs) };
    let from = { lapsesAt: now, memberId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
    for (;;) {
      const page = await lapsingPoints(prisma, programId, window, from, readAtOnce);
      const due = page.flatMap((lapsing) => {
        const warning = dueWarning(lapsing, policies.warningDays, timeZone, now);
        return warning === null || (lapsing.warnedAt !== null && lapsing.warnedAt <= warning.daysBefore)
          ? []
          : [{ ...warning, memberId: lapsing.memberId }];
      });
      await insertWarnings(prisma, programId, due, now);
      recorded += due.length;
      const last = page.at(-1);
      if (last === undefined || page.length < readAtOnce) break;
      from = { lapsesAt: last.lapsesAt, memberId: last.memberId };
      await new Promise((resume) => setImmediate(resume)); // the pages of this process come first
    }
  }
  return recorded;
};
