import { asId, type MemberId, type ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import { epochMs, rowsJson, sqlInstant } from '~/db/json';
import type { DueWarning, Lapsing } from '../core/warnings';

type Client = Pick<Tx, '$queryRawUnsafe' | '$executeRawUnsafe' | 'expiryWarning'>;

/** Programs whose points can lapse at all: those with an open lot that ends before a moment. */
export const programsWithLapsing = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  until: Instant,
): Promise<readonly ProgramId[]> =>
  (
    await client.$queryRawUnsafe<{ id: string }[]>(
      `SELECT p.id::text FROM program p WHERE EXISTS (SELECT FROM lot l WHERE l.program_id = p.id AND l.remaining > 0
        AND l.expires_at <= $1::text::timestamptz)`,
      sqlInstant(until),
    )
  ).map(({ id }) => asId<ProgramId>(id));

/** Points of a member that lapse at one moment, and the nearest stage at which the member was warned of them. */
export type LapsingOfMember = Lapsing & { readonly memberId: MemberId; readonly warnedAt: number | null };

/** A warning that is due, and whose it is. */
export type WarningOfMember = DueWarning & { readonly memberId: MemberId };

type LapsingRow = { member_id: string; lapses_at: bigint; points: bigint; warned: number | null };

const toLapsing = (row: LapsingRow): LapsingOfMember => ({
  memberId: asId<MemberId>(row.member_id),
  lapsesAt: instant(Number(row.lapses_at)),
  points: Number(row.points),
  warnedAt: row.warned,
});

// Of a lot `l`, with the program as the first parameter.
const warnedAt = `(SELECT min(w.days_before) FROM expiry_warning w
  WHERE (w.program_id, w.member_id, w.lapses_at) = ($1::text::uuid, l.member_id, l.expires_at))`;

/**
 * Points that lapse after one moment and up to another, by member and moment, a page at a time; with the nearest stage
 * each was warned at.
 */
export const lapsingPoints = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  window: { readonly after: Instant; readonly until: Instant },
  from: { readonly lapsesAt: Instant; readonly memberId: string },
  limit: number,
): Promise<readonly LapsingOfMember[]> =>
  (
    await client.$queryRawUnsafe<LapsingRow[]>(
      `SELECT l.member_id::text, ${epochMs('l.expires_at')} AS lapses_at, sum(l.remaining)::bigint AS points,
         ${warnedAt} AS warned
       FROM lot l WHERE l.program_id = $1::text::uuid AND l.remaining > 0 AND l.expires_at > $2::text::timestamptz
         AND l.expires_at <= $3::text::timestamptz
         AND (l.expires_at, l.member_id) > ($4::text::timestamptz, $5::text::uuid)
       GROUP BY l.member_id, l.expires_at ORDER BY l.expires_at, l.member_id LIMIT $6::int`,
      programId,
      sqlInstant(window.after),
      sqlInstant(window.until),
      sqlInstant(from.lapsesAt),
      from.memberId,
      limit,
    )
  ).map(toLapsing);

/** The same of some members of a program, whatever their lots. One statement. */
export const lapsingPointsOf = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  window: { readonly after: Instant; readonly until: Instant },
  members: readonly MemberId[],
): Promise<readonly LapsingOfMember[]> =>
  (
    await client.$queryRawUnsafe<LapsingRow[]>(
      `SELECT l.member_id::text, ${epochMs('l.expires_at')} AS lapses_at, sum(l.remaining)::bigint AS points,
         ${warnedAt} AS warned
       FROM (SELECT DISTINCT id::uuid FROM jsonb_array_elements_text($4::text::jsonb) a(id)) asked
       JOIN lot l ON l.program_id = $1::text::uuid AND l.member_id = asked.id AND l.remaining > 0
         AND l.expires_at > $2::text::timestamptz AND l.expires_at <= $3::text::timestamptz
       GROUP BY l.member_id, l.expires_at ORDER BY l.expires_at, l.member_id`,
      programId,
      sqlInstant(window.after),
      sqlInstant(window.until),
      JSON.stringify(members),
    )
  ).map(toLapsing);

/** Records warnings, each once; answers those that were new. One statement. */
export const insertWarnings = async (
  client: Client,
  programId: ProgramId,
  warnings: readonly WarningOfMember[],
  now: Instant,
): Promise<readonly WarningOfMember[]> => {
  if (warnings.length === 0) return [];
  const rows = await client.$queryRawUnsafe<{ member_id: string; lapses_at: bigint; days_before: number }[]>(
    `INSERT INTO expiry_warning (program_id, member_id, lapses_at, days_before, points, due_at, recorded_at)
     SELECT $1::text::uuid, member_id, lapses_at, days_before, points, due_at, $3::text::timestamptz
     FROM jsonb_to_recordset($2::text::jsonb) AS w(member_id uuid, lapses_at timestamptz, days_before int,
       points bigint, due_at timestamptz)
     ON CONFLICT DO NOTHING RETURNING member_id::text, ${epochMs('lapses_at')} AS lapses_at, days_before`,
    programId,
    rowsJson(
      warnings.map((warning) => ({
        member_id: warning.memberId,
        lapses_at: sqlInstant(warning.lapsesAt),
        days_before: warning.daysBefore,
        points: warning.points,
        due_at: sqlInstant(warning.dueAt),
      })),
    ),
    sqlInstant(now),
  );
  const added = new Set(rows.map((row) => `${row.member_id} ${Number(row.lapses_at)} ${row.days_before}`));
  return warnings.filter((one) => added.has(`${one.memberId} ${one.lapsesAt} ${one.daysBefore}`));
};

/** Deletes the warnings of those who were merged into another member: it is warned of its own. One statement. */
export const forgetMerged = async (
  client: Client,
  programId: ProgramId,
  members: readonly MemberId[],
): Promise<void> => {
  await client.$executeRawUnsafe(
    `DELETE FROM expiry_warning w USING member m
     WHERE m.program_id = $1::text::uuid AND m.merged_into IS NOT NULL
       AND m.id IN (SELECT id::uuid FROM jsonb_array_elements_text($2::text::jsonb) a(id))
       AND (w.program_id, w.member_id) = (m.program_id, m.id)`,
    programId,
    JSON.stringify(members),
  );
};

/** A warning that was recorded for a member. */
export type WarningView = Lapsing & { readonly daysBefore: number; readonly recordedAt: Instant };

export const warningsOf = async (
  client: Pick<Tx, 'expiryWarning'>,
  programId: ProgramId,
  memberId: MemberId,
  limit: number,
): Promise<readonly WarningView[]> =>
  (
    await client.expiryWarning.findMany({
      where: { programId, memberId },
      orderBy: { recordedAt: 'desc' },
      take: limit,
    })
  ).map((row) => ({
    lapsesAt: instant(row.lapsesAt.getTime()),
    daysBefore: row.daysBefore,
    points: Number(row.points),
    recordedAt: instant(row.recordedAt.getTime()),
  }));
