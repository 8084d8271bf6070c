import { readCodeFile, type FileRefusal } from '~/core/rewards/codeFile';
import type { Instant } from '~/core/values/instant';
import type { Result } from '~/core/values/result';
import { localClockOf } from '~/core/values/zone';
import type { Store } from '~/db/stores';
import { addCodes } from '~/usecases/addCodes';
import type { Deps } from '~/usecases/deps';

/** Adds the codes of a file to a pool, all or none; answers how many. Codes that are there already refuse it. */
export const uploadCodes = async (
  deps: Pick<Deps, 'database' | 'secrets'>,
  { programId, timeZone }: Pick<Store, 'programId' | 'timeZone'>,
  { poolId, text }: { readonly poolId: string; readonly text: string },
  now: Instant,
): Promise<Result<number, FileRefusal>> => {
  const read = readCodeFile(text, localClockOf(now, timeZone).isoDate);
  return read.ok ? addCodes(deps, programId, [{ poolId, codes: read.value }], now) : read;
};
