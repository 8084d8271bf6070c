import { isNegativeBalance, type ImportLine, type LineProblem } from '~/features/pointFiles/core/line';
import type { Instant } from '~/core/values/instant';
import { rowsJson, sqlInstant, sqlInstantOrNull } from '~/db/json';
import type { Tx } from '~/db/inTransaction';
import type { BatchKey, ImportBatch } from './imports';

type Sql = Pick<Tx, '$queryRawUnsafe' | '$executeRawUnsafe'>;

/**
 * A line as it was read: what it says, or why it cannot be imported; a balance below 0 is both. The address is
 * encrypted by the caller.
 */
export type ReadLine = { readonly line: number } & (
  | {
      readonly says: ImportLine;
      readonly identity: { readonly kind: 'customer' | 'email'; readonly value: string };
      readonly contact: Uint8Array | null;
    }
  | { readonly problem: LineProblem }
);

/** Adds lines. One statement. */
export const insertLines = async (
  client: Sql,
  { programId, id }: BatchKey,
  lines: readonly ReadLine[],
): Promise<void> => {
  const rows = lines.map((line) =>
    'problem' in line
      ? { line: line.line, problem: line.problem.kind, found: line.problem.found, is_addition: false }
      : {
          line: line.line,
          kind: line.identity.kind,
          value: line.identity.value,
          contact: line.contact === null ? null : Buffer.from(line.contact).toString('base64'),
          points: line.says.points,
          is_addition: line.says.isAddition,
          problem: isNegativeBalance(line.says) ? 'negative_balance' : null,
          found: isNegativeBalance(line.says) ? String(line.says.points) : null,
          occurred_at: sqlInstantOrNull(line.says.occurredAt),
          available_at: sqlInstantOrNull(line.says.availableAt),
          expires_at: sqlInstantOrNull(line.says.expiresAt),
          note: line.says.note,
        },
  );
  await client.$executeRawUnsafe(
    `INSERT INTO import_line (program_id, batch_id, line, kind, value, contact, points, is_addition, occurred_at,
      available_at, expires_at, note, problem, found)
     SELECT $1::text::uuid, $2::text::uuid, line, kind, value, decode(contact, 'base64'), points, is_addition,
       occurred_at, available_at, expires_at, note,
       problem, found
     FROM jsonb_to_recordset($3::text::jsonb) AS l(line int, kind text, value text, contact text, points bigint,
       is_addition boolean,
       occurred_at timestamptz, available_at timestamptz, expires_at timestamptz, note text, problem text, found text)`,
    programId,
    id,
    rowsJson(rows),
  );
};

// Before debts could be agreed to, such lines were kept without what they say.
const isDebt = `(problem IS NOT DISTINCT FROM 'negative_balance' AND points IS NOT NULL)`;
/** SQL: lines that are posted, if the merchant agrees to what they do. */
const mayBePosted = `(problem IS NULL OR ${isDebt})`;

/** A line whose person the platform is asked about. */
export type LineToCheck = {
  readonly line: number;
  readonly kind: 'customer' | 'email';
  readonly value: string;
  readonly contact: Uint8Array | null;
};

export const linesToCheck = async (
  client: Sql,
  { programId, id }: BatchKey,
  after: number,
  limit: number,
): Promise<readonly LineToCheck[]> =>
  (
    await client.$queryRawUnsafe<{ line: number; kind: 'customer' | 'email'; value: string; contact: string | null }[]>(
      `SELECT line, kind, value, encode(contact, 'base64') AS contact FROM import_line
       WHERE program_id = $1::text::uuid AND batch_id = $2::text::uuid AND line > $3::int AND ${mayBePosted}
         ORDER BY line LIMIT $4::int`,
      programId,
      id,
      after,
      limit,
    )
  ).map(({ contact, ...line }) => ({
    ...line,
    contact: contact === null ? null : new Uint8Array(Buffer.from(contact, 'base64')),
  }));

/** Who a line is about as the platform knows them, or why nobody is. */
export type CheckedLine = Pick<LineToCheck, 'line' | 'kind' | 'value'> & { readonly problem: LineProblem | null };

/** Writes who the lines are about as the platform knows them, and forgets their addresses. One statement. */
export const writeChecked = async (
  client: Sql,
  { programId, id }: BatchKey,
  lines: readonly CheckedLine[],
): Promise<void> => {
  const rows = lines.map(({ line, kind, value, problem }) => ({
    line,
    kind,
    value,
    problem: problem?.kind ?? null,
    found: problem?.found ?? null,
  }));
  await client.$executeRawUnsafe(
    `UPDATE import_line i SET contact = NULL, problem = coalesce(c.problem, i.problem), found = CASE
      WHEN c.problem IS NULL THEN i.found ELSE c.found END,
       kind = c.kind, value = c.value
     FROM jsonb_to_recordset($3::text::jsonb) AS c(line int, kind text, value text, problem text, found text)
     WHERE i.program_id = $1::text::uuid AND i.batch_id = $2::text::uuid AND i.line = c.line`,
    programId,
    id,
    rowsJson(rows),
  );
};

/**
 * Puts the lines in the order in which they are posted and finds what only shows in the whole file: balances given
 * twice, and histories that take more than they gave by then. Counts everything. Five statements, however many lines.
 */
export const arrangeLines = async (tx: Tx, batch: ImportBatch, now: Instant): Promise<void> => {
  const { programId, id, storeId } = batch;
  // Without statistics of rows that have just been written the planner takes them for few and compares each with each.
  await tx.$executeRawUnsafe('SET LOCAL enable_nestloop = off');
  const mine = `i.program_id = $1::text::uuid AND i.batch_id = $2::text::uuid`;
  await tx.$executeRawUnsafe(
    `UPDATE import_line i SET problem = 'repeated', found = f.first::text FROM (
       SELECT line, first_value(line) OVER (PARTITION BY kind, value ORDER BY points < 0, line) AS first
         FROM import_line i
       WHERE ${mine} AND ${mayBePosted} AND occurred_at IS NULL AND NOT is_addition) f
     WHERE ${mine} AND i.line = f.line AND f.first <> f.line`,
    programId,
    id,
  );
  await tx.$executeRawUnsafe(
    `UPDATE import_line i SET problem = 'more_than_given', found = greatest(0, s.had - i.points)::text
     FROM (SELECT line, points, sum(points) OVER (PARTITION BY kind, value
       ORDER BY coalesce(occurred_at, $3::text::timestamptz), points < 0, line) AS had
       FROM import_line i WHERE ${mine} AND problem IS NULL) s
     WHERE ${mine} AND i.line = s.line AND s.points < 0 AND s.had < 0`,
    programId,
    id,
    sqlInstant(now),
  );
  await tx.$executeRawUnsafe(
    `UPDATE import_line i SET position = p.position,
       unknown = i.kind = 'email' AND NOT EXISTS (SELECT FROM member_identity m
         WHERE (m.program_id, m.kind, m.scope, m.value) = (i.program_id, 'email', '', i.value))
     FROM (SELECT line, row_number() OVER (ORDER BY coalesce(occurred_at, $3::text::timestamptz), points < 0,
       line) AS position
       FROM import_line i WHERE ${mine} AND ${mayBePosted}) p
     WHERE ${mine} AND i.line = p.line`,
    programId,
    id,
    sqlInstant(now),
  );
  await tx.$executeRawUnsafe(
    `UPDATE import_batch b SET state = 'ready', good = c.good, bad = c.bad, unknown = c.strangers, points = c.points,
      debts = c.debts,
       unknown_debts = c.stranger_debts, debt_points = c.debt_points, zeros = c.zeros, moving = c.moving FROM (
       SELECT count(*) FILTER (WHERE is_good)::int AS good, count(problem)::int AS bad,
         count(*) FILTER (WHERE is_good AND unknown)::int AS strangers,
         coalesce(sum(points) FILTER (WHERE is_good), 0) AS points, count(*) FILTER (WHERE is_debt)::int AS debts,
         count(*) FILTER (WHERE is_debt AND unknown)::int AS stranger_debts,
           coalesce(sum(points) FILTER (WHERE is_debt), 0) AS debt_points,
         count(*) FILTER (WHERE is_plain AND points = 0 AND NOT unknown)::int AS zeros,
           count(*) FILTER (WHERE is_good AND NOT is_plain)::int AS moving
       FROM (SELECT *, problem IS NULL AND points <> 0 AS is_good, ${isDebt} AS is_debt,
           problem IS NULL AND occurred_at IS NULL AND available_at IS NULL AND NOT is_addition AS is_plain
             FROM import_line i WHERE ${mine}) l) c
     WHERE b.program_id = $1::text::uuid AND b.id = $2::text::uuid AND b.store_id = $3::text::uuid`,
    programId,
    id,
    storeId,
  );
};

/** A line that cannot be imported, as it is shown. */
export type ProblemLine = { readonly line: number; readonly problem: LineProblem };

/** Lines that cannot be imported, in the order of the file, from after a line on. */
export const problemLines = async (
  client: Pick<Tx, 'importLine'>,
  { programId, id }: BatchKey,
  after: number,
  limit: number,
): Promise<readonly ProblemLine[]> =>
  (
    await client.importLine.findMany({
      where: { programId, batchId: id, problem: { not: null }, line: { gt: after } },
      orderBy: { line: 'asc' },
      select: { line: true, problem: true, found: true },
      take: limit,
    })
  ).map(({ line, problem, found }) => ({
    line,
    problem: { kind: problem as LineProblem['kind'], found: found ?? '' },
  }));

/** How many lines of a file have a problem of that kind. */
export type ProblemCount = { readonly kind: LineProblem['kind']; readonly count: number };

/** The problems of a file by kind, the most frequent first. */
export const problemCounts = async (
  client: Pick<Tx, 'importLine'>,
  { programId, id }: BatchKey,
): Promise<readonly ProblemCount[]> =>
  (
    await client.importLine.groupBy({
      by: ['problem'],
      where: { programId, batchId: id, problem: { not: null } },
      _count: true,
      orderBy: [{ _count: { problem: 'desc' } }, { problem: 'asc' }],
    })
  ).map(({ problem, _count }) => ({ kind: problem as LineProblem['kind'], count: _count }));
