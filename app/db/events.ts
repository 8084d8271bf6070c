import { eventData, eventFrom, eventName, type EventOfMember, type NumberedEvent } from '~/core/events/memberEvent';
import { asId, type MemberId, type ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { rowsJson, sqlInstant } from './json';
import type { Tx } from './inTransaction';

type Sql = Pick<Tx, '$queryRawUnsafe' | '$executeRawUnsafe'>;

/** Events as one JSON parameter of `insertEventsSql`. */
export const eventRows = (events: readonly EventOfMember[], now: Instant): string =>
  rowsJson(
    events.map(({ programId, memberId, event }) => ({
      program_id: programId,
      member_id: memberId,
      kind: eventName(event),
      data: eventData(event),
      at: sqlInstant(now),
    })),
  );

/**
 * SQL that writes events, as a part of the statement that writes what they tell. `n` counts up while the members' rows
 * are locked, so that it orders the events of one member as their transactions commit.
 */
export const insertEventsSql = (parameter: string): string =>
  `INSERT INTO event (program_id, member_id, kind, data, at)
   SELECT * FROM jsonb_to_recordset(${parameter}::text::jsonb)
     AS v(program_id uuid, member_id uuid, kind text, data jsonb, at timestamptz)`;

/** Writes events of members who are locked. One statement. */
export const insertEvents = async (tx: Tx, events: readonly EventOfMember[], now: Instant): Promise<void> => {
  if (events.length > 0) await tx.$executeRawUnsafe(insertEventsSql('$1'), eventRows(events, now));
};

// "numbers of events", for pg_try_advisory_xact_lock.
const numberingLock = 846_301_127;

/**
 * Numbers the next events that are committed, in the order of `n`; answers how many. One transaction at a time does,
 * and it sees what the one before numbered: so a follower that has read up to a number never meets a lower one later.
 * An event whose transaction commits late is numbered late. Answers 0 while another process numbers.
 */
export const numberEvents = async (tx: Tx, atOnce: number): Promise<number> => {
  const [turn] = await tx.$queryRawUnsafe<{ mine: boolean }[]>(
    `SELECT pg_try_advisory_xact_lock(${numberingLock}) AS mine`,
  );
  if (turn?.mine !== true) return 0;
  // A statement of its own: what it sees begins after the lock was taken.
  return tx.$executeRawUnsafe(
    `WITH fresh AS MATERIALIZED (SELECT program_id, n FROM event WHERE seq IS NULL ORDER BY n LIMIT $1::int),
       numbered AS MATERIALIZED (SELECT program_id, n, nextval('event_seq') AS seq FROM fresh ORDER BY n)
     UPDATE event e SET seq = f.seq FROM numbered f WHERE (e.program_id, e.n) = (f.program_id, f.n)`,
    atOnce,
  );
};

/** A part of the log: the events of the names asked for, and how far it goes (the cursor itself when there is none). */
export type EventBatch = { readonly events: readonly NumberedEvent[]; readonly upTo: number; readonly read: number };

type EventRow = { program_id: string; member_id: string; kind: string; data: Record<string, unknown>; at: Date };

/** The next events after a cursor, of all programs, in the order of their numbers. One statement. */
export const eventsAfter = async (
  client: Sql,
  cursor: number,
  names: readonly string[],
  atOnce: number,
): Promise<EventBatch> => {
  const rows = await client.$queryRawUnsafe<(EventRow & { seq: bigint; asked: boolean })[]>(
    `SELECT seq, program_id::text, member_id::text, kind, data, at,
       kind IN (SELECT jsonb_array_elements_text($2::text::jsonb)) AS asked
     FROM event WHERE seq > $1::bigint ORDER BY seq LIMIT $3::int`,
    cursor,
    JSON.stringify(names),
    atOnce,
  );
  const events = rows
    .filter(({ asked }) => asked)
    .map((row) => ({
      seq: Number(row.seq),
      programId: asId<ProgramId>(row.program_id),
      memberId: asId<MemberId>(row.member_id),
      at: instant(row.at.getTime()),
      event: eventFrom(row.kind, row.data),
    }));
  return { events, upTo: Number(rows.at(-1)?.seq ?? cursor), read: rows.length };
};

/** What was forgotten: how many rows, and of those of each name the numbers. */
export type ForgottenEvents = { readonly rows: number; readonly numbers: ReadonlyMap<string, readonly number[]> };

/** Deletes some of the oldest events that were written before a moment. One statement. */
export const deleteEvents = async (tx: Tx, before: Instant, atOnce: number): Promise<ForgottenEvents> => {
  const rows = await tx.$queryRawUnsafe<{ kind: string; numbers: number[] }[]>(
    `WITH old AS MATERIALIZED (SELECT program_id, n, at FROM event WHERE seq IS NOT NULL ORDER BY seq LIMIT $2::int),
       gone AS (DELETE FROM event e USING old o
         WHERE (e.program_id, e.n) = (o.program_id, o.n) AND o.at < $1::text::timestamptz RETURNING e.kind, e.seq)
     SELECT kind, jsonb_agg(seq) AS numbers FROM gone GROUP BY kind`,
    sqlInstant(before),
    atOnce,
  );
  const numbers = new Map(rows.map((row) => [row.kind, row.numbers]));
  return { rows: rows.reduce((sum, row) => sum + row.numbers.length, 0), numbers };
};
