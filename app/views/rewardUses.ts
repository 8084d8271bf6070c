import type { ProgramId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import { takenByReward } from '~/db/takenRewards';

/** How often each reward of a program was taken, by its id; one that nobody took is left out. */
export const rewardUses = (
  { prisma }: Pick<Database, 'prisma'>,
  programId: ProgramId,
): Promise<Readonly<Record<string, number>>> => takenByReward(prisma, programId);
