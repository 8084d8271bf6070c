import { instant, type Instant } from '~/core/values/instant';
import type { Database } from './database';
import { rowsJson, sqlInstant } from './json';
import type { Tx } from './inTransaction';

type Sql = Pick<Database['prisma'], '$queryRawUnsafe' | '$executeRawUnsafe'>;

/** Who reads for a follower: a process has one id for as long as it lives. */
export type Lease = { readonly by: string; readonly until: Instant };

/** Makes followers known that are new: they are told what happens from now on. One statement. */
export const registerFollowers = async (client: Sql, names: readonly string[]): Promise<void> => {
  await client.$executeRawUnsafe(
    `INSERT INTO follower (name, "cursor")
     SELECT f.name, coalesce((SELECT max(seq) FROM event WHERE seq IS NOT NULL), 0)
     FROM jsonb_array_elements_text($1::text::jsonb) AS f(name) ON CONFLICT DO NOTHING`,
    JSON.stringify(names),
  );
};

/**
 * Takes a follower for a while: answers its cursor, or null when nothing is new, when another process reads for it, or
 * when it failed and waits for its next attempt. One conditional UPDATE, so a pooler in transaction mode does no harm.
 */
export const takeFollower = async (client: Sql, name: string, lease: Lease, now: Instant): Promise<number | null> => {
  const [row] = await client.$queryRawUnsafe<{ cursor: bigint }[]>(
    `UPDATE follower SET lease_by = $2::text::uuid, lease_until = $3::text::timestamptz
     WHERE name = $1::text AND (lease_until IS NULL OR lease_until <= $4::text::timestamptz)
       AND (retry_at IS NULL OR retry_at <= $4::text::timestamptz)
       AND EXISTS (SELECT FROM event e WHERE e.seq > follower."cursor") RETURNING "cursor"`,
    name,
    lease.by,
    sqlInstant(lease.until),
    sqlInstant(now),
  );
  return row === undefined ? null : Number(row.cursor);
};

/** The batch was handled: the cursor moves on, and the follower is free. Nothing when the lease is another's by now. */
export const moveFollower = async (client: Sql, name: string, { by }: Lease, upTo: number): Promise<void> => {
  await client.$executeRawUnsafe(
    `UPDATE follower SET "cursor" = $3::bigint, lease_by = NULL, lease_until = NULL,
       attempts = 0, failure = NULL, failed_at = NULL, retry_at = NULL
     WHERE name = $1::text AND lease_by = $2::text::uuid`,
    name,
    by,
    upTo,
  );
};

/** The batch failed: it is tried again later, after a pause that grows, and the reason is kept. */
export const failFollower = async (
  client: Sql,
  name: string,
  { by }: Lease,
  reason: string,
  now: Instant,
): Promise<void> => {
  // 2 s, doubled each time, at most 10 minutes.
  await client.$executeRawUnsafe(
    `UPDATE follower SET lease_by = NULL, lease_until = NULL, attempts = attempts + 1, failure = $3::text,
       failed_at = $4::text::timestamptz,
       retry_at = $4::text::timestamptz + least(600, 2 ^ least(attempts + 1, 10)) * interval '1 second'
     WHERE name = $1::text AND lease_by = $2::text::uuid`,
    name,
    by,
    reason,
    sqlInstant(now),
  );
};

/** Where each follower stands. */
export type FollowerState = {
  readonly name: string;
  readonly cursor: number;
  readonly attempts: number;
  readonly failure: string | null;
  readonly failedAt: Instant | null;
  /** Events that were too old before it came to them. */
  readonly dropped: number;
  readonly droppedAt: Instant | null;
};

/** Whether a merchant should see it: it fails now, or missed something. */
export const isHeldUp = ({ attempts, dropped }: FollowerState): boolean => attempts > 0 || dropped > 0;

export const followerStates = async (client: Pick<Tx, 'follower'>): Promise<readonly FollowerState[]> =>
  (await client.follower.findMany({ orderBy: { name: 'asc' } })).map((row) => ({
    name: row.name,
    cursor: Number(row.cursor),
    attempts: row.attempts,
    failure: row.failure,
    failedAt: row.failedAt === null ? null : instant(row.failedAt.getTime()),
    dropped: Number(row.dropped),
    droppedAt: row.droppedAt === null ? null : instant(row.droppedAt.getTime()),
  }));

/** Writes how many events followers were not told. One statement. */
export const noteDropped = async (
  tx: Tx,
  dropped: readonly { readonly name: string; readonly events: number }[],
  now: Instant,
): Promise<void> => {
  if (dropped.length === 0) return;
  await tx.$executeRawUnsafe(
    `UPDATE follower f SET dropped = f.dropped + d.events, dropped_at = $2::text::timestamptz
     FROM jsonb_to_recordset($1::text::jsonb) AS d(name text, events bigint) WHERE f.name = d.name`,
    rowsJson(dropped),
    sqlInstant(now),
  );
};
