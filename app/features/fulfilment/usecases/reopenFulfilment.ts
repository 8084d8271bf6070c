import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { findRedemption } from '~/db/redemptions';
import type { Deps } from '~/usecases/deps';
import { reopenRedemption } from '~/usecases/reopenRedemption';
import { noteWho } from '../db/fulfilments';

/**
 * Staff puts what was marked as done back on the list. What is on the list already stays there. `not_done`: the points
 * went back, so that it is the member's to take again.
 */
export const reopenFulfilment = async (
  deps: Deps,
  programId: ProgramId,
  id: RedemptionId,
  now: Instant,
): Promise<Result<null, { readonly kind: 'not_done' }>> => {
  if (await reopenRedemption(deps, programId, id, (tx) => noteWho(tx, programId, id, null), now)) return ok(null);
  const found = await findRedemption(deps.database.prisma, programId, id);
  return found?.grant.kind === 'experience' && found.state === 'issued' ? ok(null) : refuse({ kind: 'not_done' });
};
