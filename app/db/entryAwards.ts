import type { ProgramId } from '~/core/values/ids';
import { isLapseSql } from './entryKinds';
import type { Tx } from './inTransaction';

/** What sweeps took of the lots of entry awards, by the awards' keys, and did not give back. */
export const expiredOfAwards = async (
  tx: Tx,
  programId: ProgramId,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await tx.$queryRawUnsafe<{ key: string; points: bigint }[]>(
    `SELECT k.key, sum(w.points)::bigint AS points
     FROM jsonb_array_elements_text($2::text::jsonb) AS k(key)
     JOIN entry o ON (o.program_id, o.award_key) = ($1::text::uuid, k.key)
     JOIN draw w ON (w.program_id, w.lot_id) = (o.program_id, o.id)
     JOIN entry e ON (e.program_id, e.id) = (w.program_id, w.entry_id) AND ${isLapseSql('e')}
     GROUP BY 1`,
    programId,
    JSON.stringify(keys),
  );
  return new Map(rows.map(({ key, points }) => [key, Number(points)]));
};
