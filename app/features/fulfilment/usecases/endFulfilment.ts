import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { findRedemption } from '~/db/redemptions';
import type { Deps } from '~/usecases/deps';
import { fulfilRedemption } from '~/usecases/fulfilRedemption';
import { releaseRedemption } from '~/usecases/releaseRedemption';
import { noteWho } from '../db/fulfilments';

/** How staff ends it: it is done, or it cannot be done; why, the member reads. */
export type Ending = { readonly kind: 'done' } | { readonly kind: 'not_done'; readonly reason: string };

/** `ended`: somebody was quicker, or it is none of this program. */
export type EndingRefusal = { readonly kind: 'ended' | 'reason_missing' };

const reasonMax = 200;

/** Staff says that something is done, or that it cannot be done: then the points come back, once. */
export const endFulfilment = async (
  deps: Deps,
  programId: ProgramId,
  { id, ending }: { readonly id: RedemptionId; readonly ending: Ending },
  by: string,
  now: Instant,
): Promise<Result<null, EndingRefusal>> => {
  if (ending.kind === 'done') {
    const done = await fulfilRedemption(deps, programId, id, (tx) => noteWho(tx, programId, id, by), now);
    return done ? ok(null) : refuse({ kind: 'ended' });
  }
  const reason = ending.reason.trim().slice(0, reasonMax);
  if (reason === '') return refuse({ kind: 'reason_missing' });
  const { prisma } = deps.database;
  const before = await findRedemption(prisma, programId, id);
  if (before?.grant.kind !== 'experience' || before.state !== 'issued') return refuse({ kind: 'ended' });
  await releaseRedemption(deps, programId, id, { because: 'not_done', words: reason }, now);
  const after = await findRedemption(prisma, programId, id);
  if (after?.state !== 'released') return refuse({ kind: 'ended' });
  await noteWho(prisma, programId, id, by);
  return ok(null);
};
