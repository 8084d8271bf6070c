import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from './inTransaction';

/**
 * The earliest moment at which something happens by itself: points mature or lapse, a tier ends, a redemption or a
 * transfer is looked at.
 */
export const nextDueAt = async (client: Pick<Tx, '$queryRawUnsafe'>): Promise<Instant | null> => {
  const [row] = await client.$queryRawUnsafe<{ due: Date | null }[]>(
    `SELECT least(
       (SELECT min(next_change_at) FROM member WHERE next_change_at IS NOT NULL),
       (SELECT min(next_tier_change_at) FROM member WHERE next_tier_change_at IS NOT NULL),
       (SELECT min(next_look_at) FROM redemption WHERE next_look_at IS NOT NULL),
       (SELECT min(next_look_at) FROM transfer WHERE next_look_at IS NOT NULL)) AS due`,
  );
  return row?.due == null ? null : instant(row.due.getTime());
};
