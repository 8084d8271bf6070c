import { isPlatformId } from '../values/ids';
import { instant, parseInstant, type Instant } from '../values/instant';
import { ok, refuse, type Result } from '../values/result';
import { cutText } from '../values/untrusted';
import { addDays, startOfDay, type LocalDate } from '../values/zone';
import type { ImportPerson, LineProblem, LineProblemKind } from './line';

const pointsMax = 1_000_000_000;
const shownMax = 60;
const emailMax = 254;

const problem = (kind: LineProblemKind, found: string): Result<never, LineProblem> => refuse({ kind, found: cutText(found, shownMax) });

/** A header's name as formats compare it: "Points Balance" is points_balance. */
export const columnName = (text: string): string =>
  text
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** A whole number. A comma or a point between digits is refused: whether it separates thousands nobody can tell. */
export const readPoints = (text: string): Result<number, LineProblem> => {
  const trimmed = text.trim();
  if (/^[+-]?\d{1,15}$/.test(trimmed)) {
    const value = Number(trimmed);
    return Math.abs(value) > pointsMax ? problem('too_many_points', trimmed) : ok(value === 0 ? 0 : value);
  }
  return problem(/^[+-]?\d{1,3}([.,'\u00A0\u202F\s]\d{3})+$/.test(trimmed) ? 'separator' : 'bad_points', trimmed);
};

/** An address, lower case. What it is worth is seen when somebody with it is looked for. */
export const readEmail = (text: string): Result<ImportPerson, LineProblem> => {
  const email = text.trim().toLowerCase();
  if (email === '') return problem('no_person', '');
  return email.length <= emailMax && /^[^\s@,;"]+@[^\s@,;"]+$/.test(email) ? ok({ kind: 'email', email }) : problem('bad_email', '');
};

/** A customer's id at the platform: digits, or the platform's own long form that ends in them. */
export const readCustomerId = (text: string): Result<ImportPerson, LineProblem> => {
  const id = text.trim().replace(/^gid:\/\/shopify\/Customer\//, '');
  return isPlatformId(id) ? ok({ kind: 'customer', customerId: id }) : problem('bad_customer_id', text.trim());
};

export const readEmailHash = (text: string): Result<ImportPerson, LineProblem> => {
  const hash = text.trim();
  return /^[\w-]{40,64}$/.test(hash) ? ok({ kind: 'email_hash', hash }) : problem('no_person', '');
};

const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/;

const dateOf = (text: string): LocalDate | null => {
  const [, year, month, day] = isoDate.exec(text) ?? [];
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  const there = new Date(Date.UTC(date.year, date.month - 1, date.day));
  return there.getUTCMonth() + 1 === date.month && there.getUTCDate() === date.day && date.year >= 1990 && date.year < 2200 ? date : null;
};

/** A moment: yyyy-mm-dd, meaning the day's beginning (or, for `end`, its end), or a full ISO timestamp with its offset; null when empty. */
export const readMoment = (text: string, zone: string, edge: 'start' | 'end'): Result<Instant | null, LineProblem> => {
  const trimmed = text.trim();
  if (trimmed === '') return ok(null);
  if (isoDate.test(trimmed)) {
    const date = dateOf(trimmed);
    if (date === null) return problem('bad_date', trimmed);
    return ok(startOfDay(edge === 'start' ? date : addDays(date, 1), zone));
  }
  const moment = parseInstant(trimmed);
  return moment.ok ? ok(instant(moment.value)) : problem('bad_date', trimmed);
};
