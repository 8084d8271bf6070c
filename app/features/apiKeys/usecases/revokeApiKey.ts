import { isUuid, type ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { endApiKey } from '../db/apiKeys';
import type { Deps } from '~/usecases/deps';

/** Ends a key: who has it is refused from now on. Ending it again changes nothing. */
export const revokeApiKey = async (
  deps: Pick<Deps, 'database'>,
  programId: ProgramId,
  id: string,
  now: Instant,
): Promise<void> => {
  if (isUuid(id)) await endApiKey(deps.database.prisma, programId, id, now);
};
