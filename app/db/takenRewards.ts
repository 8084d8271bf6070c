import type { MemberId, ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from './inTransaction';

type Asked = { readonly programId: ProgramId; readonly rewardId: string };

// Given back: as if it had never been taken.
const isTaken = { state: { not: 'released' } };

/** When a member took a reward, newest first, at most so many times; what was given back is left out. */
export const takenAt = async (
  tx: Pick<Tx, 'redemption'>,
  { programId, rewardId }: Asked,
  memberId: MemberId,
  limit: number,
): Promise<readonly Instant[]> => {
  const rows = await tx.redemption.findMany({
    where: { programId, memberId, rewardId, ...isTaken },
    orderBy: { heldAt: 'desc' },
    take: limit,
    select: { heldAt: true },
  });
  return rows.map(({ heldAt }) => instant(heldAt.getTime()));
};

/** How often each reward of a program was taken by anybody, by its id; what was given back is left out. */
export const takenByReward = async (
  client: Pick<Tx, 'redemption'>,
  programId: ProgramId,
): Promise<Readonly<Record<string, number>>> => {
  const rows = await client.redemption.groupBy({
    by: ['rewardId'],
    where: { programId, ...isTaken },
    _count: { _all: true },
  });
  return Object.fromEntries(rows.map(({ rewardId, _count: { _all: taken } }) => [rewardId, taken]));
};

/**
 * How often a reward was taken by anybody. Whoever asks next waits until this transaction has ended: two members never
 * get the last one both.
 */
export const takenInTotal = async (tx: Tx, { programId, rewardId }: Asked): Promise<number> => {
  await tx.$queryRawUnsafe(
    'SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))::text',
    `taken:${programId}:${rewardId}`,
  );
  return tx.redemption.count({ where: { programId, rewardId, ...isTaken } });
};
