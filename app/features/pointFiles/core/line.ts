import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Result } from '~/core/values/result';
import type { DateOrder } from './fields';

/** Whose points a line is about, as the file says it. */
export type ImportPerson =
  /** `otherwise`: the address that decides when the shop has no such customer. */
  | { readonly kind: 'customer'; readonly customerId: PlatformId; readonly otherwise: string | null }
  | { readonly kind: 'email'; readonly email: string }
  /** The keyed hash under which an export of this installation names a guest. */
  | { readonly kind: 'email_hash'; readonly hash: string };

/** One line of a file of points. Without a date the points are a balance of today; with one, a line of a history. */
export type ImportLine = {
  readonly person: ImportPerson;
  /**
   * Negative: in a history, points that were spent or lapsed; as a balance, points that are owed. 0 matters only where
   * balances are set.
   */
  readonly points: number;
  /** The points come on top of what the member has, whatever the merchant wants of balances. */
  readonly isAddition: boolean;
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
  'two_amounts',
  'negative_balance',
  'bad_date',
  'unclear_date',
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

/**
 * The moment and the zone in which a file is read: dates without a time are days of that zone, in the order the file
 * shows.
 */
export type ReadingPlace = { readonly zone: string; readonly now: Instant; readonly dateOrder: DateOrder | null };

/** Reads one line; null when it says no number. */
export type LineReader = (fields: readonly string[], place: ReadingPlace) => Result<ImportLine | null, LineProblem>;

/** A balance below 0: it is posted, as a debt, only when the merchant agrees to it. */
export const isNegativeBalance = ({ points, occurredAt }: Pick<ImportLine, 'points' | 'occurredAt'>): boolean =>
  points < 0 && occurredAt === null;
