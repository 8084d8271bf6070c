import type { ProgramId } from '~/core/values/ids';
import { ok, refuse, type Result } from '~/core/values/result';
import { inTransaction, statesOf } from '~/db/inTransaction';
import { deleteFree } from '~/db/poolCodes';
import { currentProgram } from '~/db/programs';
import type { Deps } from '~/usecases/deps';
import { poolOfItem } from '../core/pools';
import { orderCounts } from '../db/partnerOrders';
import { deletePartner, itemsOf } from '../db/partners';

/** `used`: a reward on offer is of it; `has_orders`: members have things of it. */
export type RemovalRefusal = { readonly kind: 'used' | 'has_orders' };

/** Takes a partner away that nothing is of any more, with its catalogue and the codes that were not given. */
export const removePartner = async (
  { database }: Pick<Deps, 'database'>,
  programId: ProgramId,
  partnerId: string,
): Promise<Result<null, RemovalRefusal>> => {
  const program = await currentProgram(database.prisma, programId);
  const isUsed = program?.document.rewards.some(
    (reward) => reward.kind === 'partner' && reward.enabled && reward.provider === partnerId,
  );
  if (isUsed === true) return refuse({ kind: 'used' });
  if ((await orderCounts(database.prisma, programId)).has(partnerId)) return refuse({ kind: 'has_orders' });
  try {
    await inTransaction(database, async (tx) => {
      for (const { itemId } of await itemsOf(tx, { programId, partnerId }))
        await deleteFree(tx, { programId, poolId: poolOfItem(partnerId, itemId) });
      await deletePartner(tx, { programId, partnerId });
    });
    return ok(null);
  } catch (error) {
    // Somebody ordered meanwhile.
    if (statesOf(error).some((state) => state === '23503' || state === 'P2003')) return refuse({ kind: 'has_orders' });
    throw error;
  }
};
