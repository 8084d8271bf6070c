import type { FirstRun } from '~/core/program/firstRun';
import type { ProgramId } from '~/core/values/ids';
import { writeFirstRun } from '~/db/firstRuns';
import type { Deps } from '../deps';

/** Keeps what a merchant has chosen so far. Once the program has begun nothing is kept. */
export const keepChoices = (
  { database }: Pick<Deps, 'database'>,
  programId: ProgramId,
  choices: FirstRun,
): Promise<void> => writeFirstRun(database.prisma, programId, choices);
