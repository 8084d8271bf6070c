import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { sqlInstant } from '~/db/json';
import type { Tx } from '~/db/inTransaction';

/** Orders before which a member could afford a reward, and those for which one was taken. */
export type Takers = { readonly could: number; readonly did: number };

/**
 * How often members who could afford a reward took one, at orders since a moment; never at those of the time before the
 * program, whose points came later. `least`: the fewest points that a reward costs. A reward was taken for an order if
 * its code was used there, or, of what needs no code, if it was asked for since the order before; what it cost counts
 * as had. Points count from when they can be spent. One statement.
 */
export const takersSince = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  least: number,
  since: Instant,
): Promise<Takers> => {
  const [row] = await client.$queryRawUnsafe<{ could: number; did: number }[]>(
    `WITH line AS (
       SELECT e.member_id, coalesce(l.available_at, e.occurred_at) AS at, e.points, 0::bigint AS given, 1 AS turn,
         NULL::uuid AS store_id, NULL::text AS order_id
       FROM entry e LEFT JOIN lot l ON (l.program_id, l.id, l.slice) = (e.program_id, e.id, 0)
       WHERE e.program_id = $1::text::uuid
       UNION ALL
       SELECT r.member_id, r.held_at, 0, r.points, 1, NULL, NULL
       FROM redemption r WHERE r.program_id = $1::text::uuid AND r.code IS NULL AND r.state <> 'released'
       UNION ALL
       SELECT o.member_id, o.instant, 0, 0, 0, o.store_id, o.order_id
       FROM "order" o WHERE o.program_id = $1::text::uuid AND o.member_id IS NOT NULL
     ), run AS (
       SELECT *, sum(points) OVER past AS had, sum(given) OVER past AS gave
       FROM line WINDOW past AS (PARTITION BY member_id ORDER BY at, turn ROWS UNBOUNDED PRECEDING)
     ), asked AS (
       SELECT *, gave - lag(gave, 1, 0) OVER (PARTITION BY member_id ORDER BY at, turn) AS spent FROM run WHERE turn = 0
     ), used AS (
       SELECT store_id, used_order_id, sum(points) AS spent FROM redemption
       WHERE program_id = $1::text::uuid AND used_order_id IS NOT NULL GROUP BY store_id, used_order_id
     )
     SELECT count(*)::int AS could, count(*) FILTER (WHERE a.spent > 0 OR u.spent > 0)::int AS did
     FROM asked a LEFT JOIN used u ON (u.store_id, u.used_order_id) = (a.store_id, a.order_id)
     WHERE a.at >= greatest($2::text::timestamptz,
         (SELECT min(v.published_at) FROM program_version v WHERE v.program_id = $1::text::uuid))
       AND a.had + a.spent + coalesce(u.spent, 0) >= $3`,
    programId,
    sqlInstant(since),
    least,
  );
  return row ?? { could: 0, did: 0 };
};
