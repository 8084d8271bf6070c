import type { Instant } from '~/core/values/instant';
import { sqlInstant } from './json';
import type { Tx } from './inTransaction';

/** So many calls a second on the average, and so many at once, for one caller (a token bucket). */
export type Bucket = { readonly id: string; readonly perSecond: number; readonly atOnce: number };

/**
 * Takes a call out of each of these buckets, whichever process asks; one statement. Answers how many seconds the caller
 * has to wait until every bucket gives again; 0: it may go on.
 */
export const takeCalls = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  buckets: readonly Bucket[],
  now: Instant,
): Promise<number> => {
  const rows = await client.$queryRawUnsafe<{ wait: number }[]>(
    `INSERT INTO caller AS c (id, calls_left, per_second, at_once, refused, at)
     SELECT b.id, b."atOnce" - 1, b."perSecond", b."atOnce", false, $2::text::timestamptz
     FROM jsonb_to_recordset($1::text::jsonb) AS b(id text, "perSecond" float8, "atOnce" float8) ORDER BY b.id
     ON CONFLICT (id) DO UPDATE SET (calls_left, refused, per_second, at_once, at) = (
       SELECT f.calls - CASE WHEN f.calls >= 1 THEN 1 ELSE 0 END, f.calls < 1,
         excluded.per_second, excluded.at_once, greatest(c.at, excluded.at)
       FROM (SELECT least(excluded.at_once,
         c.calls_left + greatest(0, extract(epoch FROM excluded.at - c.at)) * excluded.per_second) AS calls) f)
     RETURNING CASE WHEN refused THEN ceil((1 - calls_left) / per_second) ELSE 0 END::int AS wait`,
    JSON.stringify(buckets),
    sqlInstant(now),
  );
  return Math.max(0, ...rows.map(({ wait }) => wait));
};

/** Forgets callers who have not called since a moment: their buckets are full again by then. */
export const forgetCallers = async (client: Pick<Tx, 'caller'>, before: Instant): Promise<void> => {
  await client.caller.deleteMany({ where: { at: { lt: sqlInstant(before) } } });
};
