import { firstRunSchema, type FirstRun } from '~/core/program/firstRun';
import type { ProgramId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import { firstRunOf } from '~/db/firstRuns';

/** What a merchant had chosen before the page was opened again; null: nothing, or it cannot be read any more. */
export const firstRun = async (
  { prisma }: Pick<Database, 'prisma'>,
  programId: ProgramId,
): Promise<FirstRun | null> => {
  const kept = firstRunSchema.safeParse(await firstRunOf(prisma, programId));
  return kept.success ? kept.data : null;
};
