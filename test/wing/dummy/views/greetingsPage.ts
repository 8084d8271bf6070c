import type { ProgramId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import { namesGreeted } from '../db/greetings';

export const greetingsPage = async (
  { prisma }: Pick<Database, 'prisma'>,
  programId: ProgramId,
): Promise<{ readonly names: readonly string[] }> => ({ names: await namesGreeted(prisma, programId) });
