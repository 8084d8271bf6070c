import { readItemCodeFile, type FileRefusal, type ItemCode } from '~/core/rewards/codeFile';
import type { Instant } from '~/core/values/instant';
import type { Result } from '~/core/values/result';
import { localClockOf } from '~/core/values/zone';
import type { Store } from '~/db/stores';
import { addCodes } from '~/usecases/addCodes';
import type { Deps } from '~/usecases/deps';
import { poolOfItem } from '../core/pools';
import { itemsOf } from '../db/partners';

/** Adds the codes of a file to the items that it names, all or none; answers how many. */
export const uploadItemCodes = async (
  deps: Pick<Deps, 'database' | 'secrets'>,
  { programId, timeZone }: Pick<Store, 'programId' | 'timeZone'>,
  { partnerId, text }: { readonly partnerId: string; readonly text: string },
  now: Instant,
): Promise<Result<number, FileRefusal>> => {
  const items = await itemsOf(deps.database.prisma, { programId, partnerId });
  const today = localClockOf(now, timeZone).isoDate;
  const read = readItemCodeFile(text, today, new Set(items.map(({ itemId }) => itemId)));
  if (!read.ok) return read;
  const byItem = new Map<string, ItemCode[]>();
  for (const code of read.value) {
    const known = byItem.get(code.itemId);
    if (known === undefined) byItem.set(code.itemId, [code]);
    else known.push(code);
  }
  const pools = [...byItem].map(([itemId, codes]) => ({ poolId: poolOfItem(partnerId, itemId), codes }));
  return addCodes(deps, programId, pools, now);
};
