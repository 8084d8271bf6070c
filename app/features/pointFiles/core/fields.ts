import { isPlatformId } from '~/core/values/ids';
import { instant, parseInstant, type Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { cutText } from '~/core/values/untrusted';
import { addDays, startOfDay, type LocalDate } from '~/core/values/zone';
import type { ImportPerson, LineProblem, LineProblemKind } from './line';

const pointsMax = 1_000_000_000;
const shownMax = 60;
const emailMax = 254;

const problem = (kind: LineProblemKind, found: string): Result<never, LineProblem> =>
  refuse({ kind, found: cutText(found, shownMax) });

// A comma or a point that can only be a decimal mark, with nothing but zeros behind it: 106.0, 1250,00, 1250.000; not
// 1.000.
const zeroDecimals = /^([+-]?(?:\d+(?=[.,]0{1,2}$)|\d{4,}(?=[.,]0+$)))[.,]0+$/;

/**
 * A whole number; `106.0` is one. A comma or a point between digits is refused: whether it separates thousands nobody
 * can tell. The minus signs that word processors write (− and –) are minus signs.
 */
export const readPoints = (text: string): Result<number, LineProblem> => {
  const trimmed = text.trim();
  const plain = trimmed.replace(/^[\u2212\u2013\uFE63\uFF0D]/, '-').replace(zeroDecimals, '$1');
  if (/^[+-]?\d{1,15}$/.test(plain)) {
    const value = Number(plain);
    return Math.abs(value) > pointsMax ? problem('too_many_points', trimmed) : ok(value === 0 ? 0 : value);
  }
  return problem(
    /^[+-]?\d{1,3}([.,'’\u00A0\u202F\s]\d{3})+([.,]\d+)?$/.test(plain) ? 'separator' : 'bad_points',
    trimmed,
  );
};

// What mail servers take, letters of every script allowed; no spaces, brackets, quotes. The domain has a point in it.
const local = /[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+/u.source;
const label = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?/u.source;
const topLabel = /\p{L}[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}]/u.source;
const emailLike = new RegExp(`^${local}@(?:${label}\\.)+${topLabel}$`, 'u');

/** Whether a text has the form of an e-mail address. */
export const isEmail = (text: string): boolean => text.length <= emailMax && emailLike.test(text);

/** An address, lower case. What it is worth is seen when somebody with it is looked for. */
export const readEmail = (text: string): Result<string, LineProblem> => {
  const email = text.trim().toLowerCase();
  if (email === '') return problem('no_person', '');
  return isEmail(email) ? ok(email) : problem('bad_email', '');
};

/** A customer's id at the platform: digits, or the platform's own long form that ends in them. */
export const readCustomerId = (text: string): Result<Extract<ImportPerson, { kind: 'customer' }>, LineProblem> => {
  const id = text.trim().replace(/^gid:\/\/shopify\/Customer\//, '');
  return isPlatformId(id)
    ? ok({ kind: 'customer', customerId: id, otherwise: null })
    : problem('bad_customer_id', text.trim());
};

export const readEmailHash = (text: string): Result<ImportPerson, LineProblem> => {
  const hash = text.trim();
  return /^[\w-]{40,64}$/.test(hash) ? ok({ kind: 'email_hash', hash }) : problem('no_person', '');
};

/** How a file writes days without a name for the month; null: nothing in it tells. */
export type DateOrder = 'day_first' | 'month_first';

const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/;
const partedDate = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;

const dateOf = (year: number, month: number, day: number): LocalDate | null => {
  const there = new Date(Date.UTC(year, month - 1, day));
  return there.getUTCMonth() + 1 === month && there.getUTCDate() === day && year >= 1990 && year < 2200
    ? { year, month, day }
    : null;
};

/**
 * The order of day and month that a date shows by itself: 31/12/2026 does, 05/06/2026 does not; points stand behind
 * days.
 */
export const orderShownBy = (text: string): DateOrder | null => {
  const [, first, mark, second] = partedDate.exec(text.trim()) ?? [];
  if (mark === '.' || Number(first) > 12) return first === undefined ? null : 'day_first';
  return Number(second) > 12 ? 'month_first' : null;
};

/**
 * A moment: yyyy-mm-dd, meaning the day's beginning (or, for `end`, its end), or a full ISO timestamp with its offset;
 * null when empty.
 */
export const readMoment = (text: string, zone: string, edge: 'start' | 'end'): Result<Instant | null, LineProblem> => {
  const trimmed = text.trim();
  if (trimmed === '') return ok(null);
  const [, year, month, day] = isoDate.exec(trimmed) ?? [];
  if (year !== undefined) return edgeOf(dateOf(Number(year), Number(month), Number(day)), trimmed, zone, edge);
  const moment = parseInstant(trimmed);
  return moment.ok ? ok(instant(moment.value)) : problem('bad_date', trimmed);
};

/** Like `readMoment`; and days as people of other programs write them, where it is known which part is the day. */
export const readForeignMoment = (
  text: string,
  zone: string,
  edge: 'start' | 'end',
  order: DateOrder | null,
): Result<Instant | null, LineProblem> => {
  const trimmed = text.trim();
  const [, first, , second, year] = partedDate.exec(trimmed) ?? [];
  if (year === undefined) return readMoment(text, zone, edge);
  const known = orderShownBy(trimmed) ?? order;
  if (known === null) return problem('unclear_date', trimmed);
  const [day, month] = known === 'day_first' ? [first, second] : [second, first];
  return edgeOf(dateOf(Number(year), Number(month), Number(day)), trimmed, zone, edge);
};

const edgeOf = (
  date: LocalDate | null,
  text: string,
  zone: string,
  edge: 'start' | 'end',
): Result<Instant, LineProblem> =>
  date === null ? problem('bad_date', text) : ok(startOfDay(edge === 'start' ? date : addDays(date, 1), zone));
