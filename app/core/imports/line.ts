import type { PlatformId } from '../values/ids';
import type { Instant } from '../values/instant';
import type { Result } from '../values/result';

/** Whose points a line is about, as the file says it. */
export type ImportPerson =
  | { readonly kind: 'customer'; readonly customerId: PlatformId }
  | { readonly kind: 'email'; readonly email: string }
  /** The keyed hash under which an export of this installation names a guest. */
  | { readonly kind: 'email_hash'; readonly hash: string };

/** One line of a file of points. Without a date the points are a balance of today; with one, a line of a history. */
export type ImportLine = {
  readonly person: ImportPerson;
  /** Negative only in a history: points that were spent or lapsed. Never 0. */
  readonly points: number;
  readonly occurredAt: Instant | null;
  /** null: at once. */
  readonly availableAt: Instant | null;
  /** null: by the program's policy. */
  readonly expiresAt: Instant | null;
  readonly note: string | null;
};

/** Why a line cannot be imported. */
export const lineProblems = [
  'quotes',
  'columns',
  'no_person',
  'bad_email',
  'bad_customer_id',
  'bad_points',
  'separator',
  'too_many_points',
  'negative_balance',
  'bad_date',
  'future_date',
  'already_lapsed',
  'long_note',
  'unknown_customer',
  'repeated',
  'more_than_given',
] as const;
export type LineProblemKind = (typeof lineProblems)[number];

/** `found` is the text that shows the problem; never an address. */
export type LineProblem = { readonly kind: LineProblemKind; readonly found: string };

/** The moment and the zone in which a file is read: dates without a time are days of that zone. */
export type ReadingPlace = { readonly zone: string; readonly now: Instant };

/** Reads one line; null when it says nothing (0 points). */
export type LineReader = (fields: readonly string[], place: ReadingPlace) => Result<ImportLine | null, LineProblem>;

/** A kind of file: by its header it says whether it is one, and how its lines are read. A further format is one file more. */
export type ImportFormat = { readonly id: string; readonly readerOf: (header: readonly string[]) => LineReader | null };
