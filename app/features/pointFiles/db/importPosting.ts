import type { EntryId, MemberId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { BatchKey, ImportBatch } from './imports';
import { isLapseSql } from '~/db/entryKinds';
import type { Tx } from '~/db/inTransaction';
import { epochMs, rowsJson } from '~/db/json';

type Sql = Pick<Tx, '$queryRawUnsafe' | '$executeRawUnsafe'>;

/** A line that can be posted. */
export type LineToPost = {
  readonly line: number;
  readonly position: number;
  readonly kind: 'customer' | 'email';
  readonly value: string;
  readonly points: number;
  readonly occurredAt: Instant | null;
  readonly availableAt: Instant | null;
  readonly expiresAt: Instant | null;
  readonly note: string | null;
};

/**
 * The next lines to post, in their order: those that the merchant agreed to. A balance of 0 matters only where balances
 * are set.
 */
export const linesToPost = async (client: Sql, batch: ImportBatch, limit: number): Promise<readonly LineToPost[]> =>
  (
    await client.$queryRawUnsafe<{ line: LineToPost }[]>(
      `SELECT jsonb_build_object('line', line, 'position', position, 'kind', kind, 'value', value, 'points', points,
        'occurredAt', ${epochMs('occurred_at')},
         'availableAt', ${epochMs('available_at')}, 'expiresAt', ${epochMs('expires_at')}, 'note', note) AS line
       FROM import_line WHERE program_id = $1::text::uuid AND batch_id = $2::text::uuid AND position > $3::int
         AND (problem IS NULL OR (problem = 'negative_balance' AND $6::boolean)) AND ($4::boolean OR NOT unknown)
         AND (points <> 0 OR ($7::boolean AND NOT unknown))
       ORDER BY position LIMIT $5::int`,
      batch.programId,
      batch.id,
      batch.position,
      batch.withGuests,
      limit,
      batch.withDebts,
      batch.mode === 'reset',
    )
  ).map(({ line }) => line);

/** Writes which entries the lines became. One statement. */
export const markPosted = async (
  client: Sql,
  { programId, id }: BatchKey,
  lines: readonly { readonly line: number; readonly memberId: MemberId; readonly entryId: EntryId }[],
): Promise<void> => {
  await client.$executeRawUnsafe(
    `UPDATE import_line i SET member_id = p.member_id, entry_id = p.entry_id
     FROM jsonb_to_recordset($3::text::jsonb) AS p(line int, member_id uuid, entry_id uuid)
     WHERE i.program_id = $1::text::uuid AND i.batch_id = $2::text::uuid AND i.line = p.line`,
    programId,
    id,
    rowsJson(lines.map(({ line, memberId, entryId }) => ({ line, member_id: memberId, entry_id: entryId }))),
  );
};

/**
 * What a file gave a member: net points as they were posted (negative: it took), the lots, what the sweep took of them,
 * and who owns them by now.
 */
export type GivenToMember = {
  readonly memberId: MemberId;
  readonly ownerId: MemberId;
  readonly given: number;
  readonly lapsed: number;
  readonly entryIds: readonly EntryId[];
};

/** To how many members a file gave something. One statement. */
export const countMembersOf = async (client: Sql, { programId, id }: BatchKey): Promise<number> => {
  const [row] = await client.$queryRawUnsafe<{ members: bigint }[]>(
    `SELECT count(DISTINCT member_id) AS members FROM import_line
     WHERE program_id = $1::text::uuid AND batch_id = $2::text::uuid`,
    programId,
    id,
  );
  return Number(row?.members ?? 0);
};

/** The next members from whom a file is taken back, in the order of ids. */
export const membersToUndo = async (
  client: Sql,
  batch: ImportBatch,
  limit: number,
): Promise<readonly GivenToMember[]> =>
  (
    await client.$queryRawUnsafe<{ given: GivenToMember }[]>(
      `WITH RECURSIVE given AS (
         SELECT member_id, jsonb_agg(entry_id) AS entries, array_agg(entry_id) AS ids FROM import_line
         WHERE program_id = $1::text::uuid AND batch_id = $2::text::uuid
           AND member_id > coalesce($3::text::uuid, '00000000-0000-0000-0000-000000000000')
         GROUP BY member_id ORDER BY member_id LIMIT $4::int
       ), owner AS (
         SELECT g.member_id, g.member_id AS id FROM given g
         UNION ALL
         SELECT o.member_id, m.merged_into FROM owner o JOIN member m ON (m.program_id, m.id) = ($1::text::uuid, o.id)
           WHERE m.merged_into IS NOT NULL
       )
       SELECT jsonb_build_object('memberId', g.member_id, 'entryIds', g.entries,
         'given', (SELECT sum(e.points) FROM entry e WHERE e.program_id = $1::text::uuid AND e.id = ANY (g.ids)),
         'ownerId', (SELECT o.id FROM owner o JOIN member m ON (m.program_id, m.id) = ($1::text::uuid, o.id)
           WHERE o.member_id = g.member_id AND m.merged_into IS NULL),
         'lapsed', coalesce((SELECT sum(w.points) FROM draw w
           JOIN entry e ON (e.program_id, e.id) = (w.program_id, w.entry_id)
            AND ${isLapseSql('e')} WHERE w.program_id = $1::text::uuid
              AND w.lot_id = ANY (g.ids)), 0)) AS given
       FROM given g ORDER BY g.member_id`,
      batch.programId,
      batch.id,
      batch.undoneUpTo,
      limit,
    )
  ).map(({ given }) => given);
