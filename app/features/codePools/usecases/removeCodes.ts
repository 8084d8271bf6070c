import type { ProgramId } from '~/core/values/ids';
import { deleteFree } from '~/db/poolCodes';
import type { Deps } from '~/usecases/deps';

/** Takes the codes that were not given out of a pool, because they were uploaded by mistake. Answers how many. */
export const removeCodes = (
  { database }: Pick<Deps, 'database'>,
  programId: ProgramId,
  poolId: string,
): Promise<number> => deleteFree(database.prisma, { programId, poolId });
