import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { findRedemption } from '~/db/redemptions';
import type { Deps } from '~/usecases/deps';
import { fulfilRedemption } from '~/usecases/fulfilRedemption';
import { releaseRedemption } from '~/usecases/releaseRedemption';
import { noteWho, whoEnded } from '../db/fulfilments';

/** How staff ends it: it is done, or it cannot be done; why, the member reads. */
export type Ending = { readonly kind: 'done' } | { readonly kind: 'not_done'; readonly reason: string };

/** `ended`: somebody was quicker, it ended otherwise, or it is none of this program. */
export type EndingRefusal = { readonly kind: 'ended' | 'reason_missing' };

const reasonMax = 200;

/**
 * Staff says that something is done, or that it cannot be done: then the points come back, once. The same said again by
 * the same person, because the answer got lost, is done once.
 */
export const endFulfilment = async (
  deps: Deps,
  programId: ProgramId,
  { id, ending }: { readonly id: RedemptionId; readonly ending: Ending },
  by: string,
  now: Instant,
): Promise<Result<null, EndingRefusal>> => {
  if (ending.kind === 'done') {
    const done = await fulfilRedemption(deps, programId, id, (tx) => noteWho(tx, programId, id, by), now);
    return done || (await isSaid(deps, programId, id, ending, by)) ? ok(null) : refuse({ kind: 'ended' });
  }
  const reason = ending.reason.trim().slice(0, reasonMax);
  if (reason === '') return refuse({ kind: 'reason_missing' });
  const { prisma } = deps.database;
  const before = await findRedemption(prisma, programId, id);
  if (before?.grant.kind !== 'experience' || before.state !== 'issued') {
    const isOver = await isSaid(deps, programId, id, { kind: 'not_done', reason }, by);
    return isOver ? ok(null) : refuse({ kind: 'ended' });
  }
  await releaseRedemption(deps, programId, id, { because: 'not_done', words: reason }, now);
  const after = await findRedemption(prisma, programId, id);
  if (after?.state !== 'released') return refuse({ kind: 'ended' });
  await noteWho(prisma, programId, id, by);
  return ok(null);
};

const isSaid = async (
  { database: { prisma } }: Deps,
  programId: ProgramId,
  id: RedemptionId,
  ending: Ending,
  by: string,
): Promise<boolean> => {
  if ((await whoEnded(prisma, programId, id)) !== by) return false;
  const found = await findRedemption(prisma, programId, id);
  return ending.kind === 'done'
    ? found?.state === 'used'
    : found?.state === 'released' && found.refusal === ending.reason;
};
