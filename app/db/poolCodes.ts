import type { PoolStock } from '~/core/rewards/stock';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { addDays, calendarDay, startOfDay } from '~/core/values/zone';
import type { Tx } from './inTransaction';
import { rowsJson, sqlInstant } from './json';

type Sql = Pick<Tx, '$queryRawUnsafe' | '$executeRawUnsafe'>;

export type PoolKey = { readonly programId: ProgramId; readonly poolId: string };

/** A code as it is kept. `n`: its place in the file. */
export type SealedCode = {
  readonly hash: string;
  readonly code: Uint8Array;
  /** yyyy-mm-dd */
  readonly lastDay: string;
  readonly n: number;
};

/** How the table says that a code has no end. */
export const noEnd = '9999-12-31';

/** A part of a file's codes for a pool; `file` says which file it is. */
export type FilePart = PoolKey & { readonly file: string };

// Each is looked up by the key, one by one: while a file comes, the planner does not know yet how large the pool is.
const eachByHash = (columns: string): string => `jsonb_array_elements_text($3::text::jsonb) a(hash) CROSS JOIN LATERAL (
       SELECT ${columns} FROM pool_code
       WHERE (program_id, pool_id, hash) = ($1::text::uuid, $2::text, a.hash) OFFSET 0) c`;

/** Which of these codes are in the pool already, by their hashes: with this very file, or otherwise. One statement. */
export const hashesIn = async (
  client: Sql,
  { programId, poolId, file }: FilePart,
  hashes: readonly string[],
): Promise<{ readonly ofFile: readonly string[]; readonly others: readonly string[] }> => {
  const rows = await client.$queryRawUnsafe<{ hash: string; mine: boolean }[]>(
    `SELECT c.hash, c.file IS NOT DISTINCT FROM $4::text AS mine FROM ${eachByHash('hash, file')}`,
    programId,
    poolId,
    JSON.stringify(hashes),
    file,
  );
  const those = (mine: boolean): readonly string[] => rows.filter((row) => row.mine === mine).map(({ hash }) => hash);
  return { ofFile: those(true), others: those(false) };
};

/** Adds codes to a pool; those that are there already stay as they are. Answers how many were added. One statement. */
export const insertCodes = (
  client: Sql,
  { programId, poolId, file }: FilePart,
  codes: readonly SealedCode[],
  now: Instant,
): Promise<number> =>
  client.$executeRawUnsafe(
    `INSERT INTO pool_code (program_id, pool_id, hash, code, last_day, n, added_at, file)
     SELECT $1::text::uuid, $2::text, hash, decode(code, 'base64'), last_day, n, $4::text::timestamptz, $5::text
     FROM jsonb_to_recordset($3::text::jsonb) AS c(hash text, code text, last_day date, n int)
     ON CONFLICT (program_id, pool_id, hash) DO NOTHING`,
    programId,
    poolId,
    rowsJson(
      codes.map(({ hash, code, lastDay, n }) => ({
        hash,
        code: Buffer.from(code).toString('base64'),
        last_day: lastDay,
        n,
      })),
    ),
    sqlInstant(now),
    file,
  );

/** Takes those of a file's codes out of a pool again that were not given meanwhile. One statement. */
export const takeBackCodes = (
  client: Sql,
  { programId, poolId, file }: FilePart,
  hashes: readonly string[],
): Promise<number> =>
  client.$executeRawUnsafe(
    `DELETE FROM pool_code WHERE ctid = ANY (ARRAY(SELECT c.ctid FROM ${eachByHash('ctid')}))
       AND file = $4::text AND redemption_id IS NULL`,
    programId,
    poolId,
    JSON.stringify(hashes),
    file,
  );

/** A code that is put aside in this transaction. */
export type FreeCode = { readonly hash: string; readonly lastDay: string };

/** When it can be used no more: after its last day in a zone. null: it has no end. */
export const endOfCode = ({ lastDay }: Pick<FreeCode, 'lastDay'>, zone: string): Instant | null =>
  lastDay === noEnd ? null : startOfDay(addDays(calendarDay(lastDay), 1), zone);

/**
 * Puts aside the code that ends soonest, of those uploaded first; whoever else asks gets another one. null: none is
 * free. It is free again when the transaction ends and it was not given. One statement.
 */
export const lockFreeCode = async (
  tx: Sql,
  { programId, poolId }: PoolKey,
  today: string,
): Promise<FreeCode | null> => {
  const [row] = await tx.$queryRawUnsafe<{ hash: string; last_day: string }[]>(
    `SELECT hash, last_day::text FROM pool_code
     WHERE program_id = $1::text::uuid AND pool_id = $2::text AND redemption_id IS NULL AND last_day >= $3::text::date
     ORDER BY last_day, added_at, n LIMIT 1 FOR UPDATE SKIP LOCKED`,
    programId,
    poolId,
    today,
  );
  return row === undefined ? null : { hash: row.hash, lastDay: row.last_day };
};

/** Gives a code that was put aside. Throws when it was given before. */
export const giveCode = async (
  tx: Sql,
  { programId, poolId }: PoolKey,
  { hash }: Pick<FreeCode, 'hash'>,
  redemptionId: RedemptionId,
  now: Instant,
): Promise<void> => {
  const given = await tx.$executeRawUnsafe(
    `UPDATE pool_code SET redemption_id = $4::text::uuid, given_at = $5::text::timestamptz
     WHERE (program_id, pool_id, hash) = ($1::text::uuid, $2::text, $3::text) AND redemption_id IS NULL`,
    programId,
    poolId,
    hash,
    redemptionId,
    sqlInstant(now),
  );
  if (given !== 1) throw new Error('a code that was put aside is given already');
};

/** Whether a redemption has a code. */
export const hasGiven = async (
  client: Pick<Tx, 'poolCode'>,
  programId: ProgramId,
  redemptionId: RedemptionId,
): Promise<boolean> => (await client.poolCode.count({ where: { programId, redemptionId } })) > 0;

/** The sealed codes of redemptions, by their ids. Of somebody who was erased there is none. */
export const codesOf = async (
  client: Pick<Tx, 'poolCode'>,
  programId: ProgramId,
  redemptions: readonly RedemptionId[],
): Promise<ReadonlyMap<string, Uint8Array>> => {
  const rows = await client.poolCode.findMany({
    where: { programId, redemptionId: { in: [...redemptions] } },
    select: { redemptionId: true, code: true },
  });
  return new Map(
    rows.flatMap(({ redemptionId, code }) =>
      redemptionId === null || code.length === 0 ? [] : [[redemptionId, code] as const],
    ),
  );
};

/** How pools stand, by their ids; a pool without codes is left out. One statement. */
export const stocksOf = async (
  client: Sql,
  programId: ProgramId,
  pools: readonly string[],
  { today, since }: { readonly today: string; readonly since: Instant },
): Promise<ReadonlyMap<string, PoolStock>> => {
  const rows = await client.$queryRawUnsafe<
    { pool_id: string; free: bigint; ended: bigint; given: bigint; lately: bigint }[]
  >(
    `SELECT pool_id, count(*) FILTER (WHERE redemption_id IS NULL AND last_day >= $3::text::date) AS free,
       count(*) FILTER (WHERE redemption_id IS NULL AND last_day < $3::text::date) AS ended,
       count(redemption_id) AS given, count(*) FILTER (WHERE given_at >= $4::text::timestamptz) AS lately
     FROM pool_code WHERE program_id = $1::text::uuid
       AND pool_id IN (SELECT jsonb_array_elements_text($2::text::jsonb)) GROUP BY pool_id`,
    programId,
    JSON.stringify(pools),
    today,
    sqlInstant(since),
  );
  return new Map(
    rows.map(({ pool_id: id, free, ended, given, lately }) => [
      id,
      { free: Number(free), ended: Number(ended), given: Number(given), givenLately: Number(lately) },
    ]),
  );
};

/** Takes the codes that were not given out of a pool; answers how many. */
export const deleteFree = (client: Sql, { programId, poolId }: PoolKey): Promise<number> =>
  client.$executeRawUnsafe(
    `DELETE FROM pool_code WHERE program_id = $1::text::uuid AND pool_id = $2::text AND redemption_id IS NULL`,
    programId,
    poolId,
  );
