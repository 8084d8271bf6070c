import { Prisma } from '@prisma/client';
import type { ProgramId } from '~/core/values/ids';
import type { Tx } from './inTransaction';

/** What was kept of a program that has not begun, as it was kept; null: nothing. */
export const firstRunOf = async (client: Pick<Tx, 'program'>, programId: ProgramId): Promise<unknown> =>
  (await client.program.findUnique({ where: { id: programId }, select: { firstRun: true } }))?.firstRun ?? null;

/** Keeps what was chosen, or (null) forgets it. A program that has begun keeps nothing. */
export const writeFirstRun = async (
  client: Pick<Tx, 'program'>,
  programId: ProgramId,
  choices: object | null,
): Promise<void> => {
  await client.program.updateMany({
    where: { id: programId, ...(choices === null ? {} : { currentVersion: null }) },
    data: { firstRun: choices ?? Prisma.DbNull },
  });
};
