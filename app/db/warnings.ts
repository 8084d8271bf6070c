import type { DueWarning, Lapsing } from '~/core/ledger/warnings';
import { asId, type MemberId, type ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { epochMs, rowsJson, sqlInstant } from './json';
import type { Tx } from './inTransaction';

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
): Promise<readonly (Lapsing & { readonly memberId: MemberId; readonly warnedAt: number | null })[]> =>
  (
    await client.$queryRawUnsafe<{ member_id: string; lapses_at: bigint; points: bigint; warned: number | null }[]>(
      `SELECT l.member_id::text, ${epochMs('l.expires_at')} AS lapses_at, sum(l.remaining)::bigint AS points,
         (SELECT min(w.days_before) FROM expiry_warning w
           WHERE (w.program_id, w.member_id, w.lapses_at) = ($1::text::uuid, l.member_id, l.expires_at)) AS warned
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
  ).map((row) => ({
    memberId: asId<MemberId>(row.member_id),
    lapsesAt: instant(Number(row.lapses_at)),
    points: Number(row.points),
    warnedAt: row.warned,
  }));

/** Records warnings, each once. One statement. */
export const insertWarnings = async (
  client: Client,
  programId: ProgramId,
  warnings: readonly (DueWarning & { readonly memberId: MemberId })[],
  now: Instant,
): Promise<void> => {
  if (warnings.length === 0) return;
  await client.$executeRawUnsafe(
    `INSERT INTO expiry_warning (program_id, member_id, lapses_at, days_before, points, due_at, recorded_at)
     SELECT $1::text::uuid, member_id, lapses_at, days_before, points, due_at, $3::text::timestamptz
     FROM jsonb_to_recordset($2::text::jsonb) AS w(member_id uuid, lapses_at timestamptz, days_before int,
       points bigint, due_at timestamptz)
     ON CONFLICT DO NOTHING`,
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
