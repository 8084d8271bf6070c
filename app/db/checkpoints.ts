import type { CheckpointToWrite } from '~/core/settlement/records';
import type { Tx } from './inTransaction';
import { rowsJson, sqlInstantOrNull } from './json';

/**
 * Raised when what is kept in checkpoints, or what the core derives from facts, changes: older ones do not hold then.
 */
export const makingOfCheckpoints = 1;

/** Keeps the checkpoints of locked members, each instead of the one before; null: none any more. One statement. */
export const writeCheckpoints = async (tx: Tx, checkpoints: readonly CheckpointToWrite[]): Promise<void> => {
  if (checkpoints.length === 0) return;
  await tx.$executeRawUnsafe(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($1::text::jsonb)
         AS g(program_id uuid, member_id uuid, until timestamptz, version int, state jsonb)
     ), gone AS (
       DELETE FROM checkpoint c USING given g
       WHERE (c.program_id, c.member_id) = (g.program_id, g.member_id) AND g.state IS NULL
     )
     INSERT INTO checkpoint (program_id, member_id, until, version, making, state)
     SELECT program_id, member_id, until, version, $2::int, state FROM given WHERE state IS NOT NULL
     ON CONFLICT (program_id, member_id) DO UPDATE
       SET until = EXCLUDED.until, version = EXCLUDED.version, making = EXCLUDED.making, state = EXCLUDED.state`,
    rowsJson(
      checkpoints.map(({ programId, memberId, version, checkpoint }) => ({
        program_id: programId,
        member_id: memberId,
        until: sqlInstantOrNull(checkpoint?.until ?? null),
        version,
        state: checkpoint,
      })),
    ),
    makingOfCheckpoints,
  );
};
