import type { Instant } from '~/core/values/instant';
import { isoOf } from '~/core/values/instant';

/**
 * Set-based statements take their rows as one JSON parameter (`jsonb_to_recordset`) and give structured
 * answers as JSON: the same on PostgreSQL and PGlite, whatever their drivers make of arrays and bigints.
 * Points and minor units are safe integers by construction, so JSON numbers hold them exactly.
 */
export const rowsJson = (rows: readonly Readonly<Record<string, unknown>>[]): string => JSON.stringify(rows);

/** An instant as `timestamptz` reads it. */
export const sqlInstant = (moment: Instant): string => isoOf(moment);
export const sqlInstantOrNull = (moment: Instant | null): string | null => (moment === null ? null : isoOf(moment));

/** SQL that turns a timestamptz column into an instant (whole milliseconds) inside a JSON answer. */
export const epochMs = (column: string): string => `(date_part('epoch', ${column}) * 1000)::bigint`;
