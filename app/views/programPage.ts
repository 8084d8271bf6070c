import type { ProgramId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import { currentProgram } from '~/db/programs';

/** The version of a program in force now, with its document; null before the first is published. */
export const programPage = (
  { prisma }: Pick<Database, 'prisma'>,
  programId: ProgramId,
): ReturnType<typeof currentProgram> => currentProgram(prisma, programId);
