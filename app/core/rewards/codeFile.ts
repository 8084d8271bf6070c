import { cellsIn, hasLooseQuote, linesIn } from '../values/cells';
import { ok, refuse, type Result } from '../values/result';

/** A code of a file, with the line it stands in. `lastDay`: yyyy-mm-dd; null: it has no end. */
export type FileCode = { readonly line: number; readonly code: string; readonly lastDay: string | null };

/** A code of a file that says of each for which item it is. */
export type ItemCode = FileCode & { readonly itemId: string };

/**
 * What is wrong with a line: the code is too long, or has signs that nobody can type, a quotation mark is not closed,
 * what should be a day is none, the day has passed, there is more on it than a code and a day, the code stands in the
 * file (or the pool) already, or it is for an item that is not there.
 */
export type LineProblem = {
  readonly line: number;
  readonly kind:
    | 'too_long'
    | 'no_code'
    | 'unreadable'
    | 'quote'
    | 'no_day'
    | 'day_over'
    | 'too_much'
    | 'twice'
    | 'in_pool'
    | 'no_item';
};

export type FileRefusal =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too_many'; readonly most: number }
  /** The first lines that are wrong, and how many are in all. */
  | {
      readonly kind: 'lines';
      readonly problems: readonly LineProblem[];
      readonly count: number;
      /** This very file was uploaded before, as a whole: so it is after an answer that got lost. */
      readonly isUploaded?: true;
    };

export const codesMax = 100_000;
const codeMax = 255;
// Signs that are not seen, and what stands for a byte that was no text: of a file in another encoding than UTF-8.
const untypable = /[\p{Cc}\p{Cf}\uFFFD]/u;
export const problemsShown = 20;

const headings = new Set([
  'code',
  'codes',
  'codice',
  'codici',
  'gutscheincode',
  'código',
  'codigo',
  'códigos',
  'codigos',
]);

/**
 * Reads a file of codes: one a line, and where it ends a last day after it (yyyy-mm-dd), with a comma, a semicolon or a
 * tab between. A heading and empty lines are passed over. One line that is wrong refuses the file: nothing is half
 * uploaded.
 */
export const readCodeFile = (text: string, today: string): Result<readonly FileCode[], FileRefusal> =>
  readLines(text, ([code = '', day = '', ...more], line, isFirst) => {
    if (isFirst && headings.has(code.toLowerCase())) return null;
    return problemOf(code, day, more, today) ?? { line, code, lastDay: day === '' ? null : day };
  });

/** The same for a file whose lines begin with the item that a code is for: one of these. */
export const readItemCodeFile = (
  text: string,
  today: string,
  items: ReadonlySet<string>,
): Result<readonly ItemCode[], FileRefusal> =>
  readLines(text, ([itemId = '', code = '', day = '', ...more], line, isFirst) => {
    if (isFirst && headings.has(code.toLowerCase())) return null;
    if (!items.has(itemId)) return 'no_item';
    return problemOf(code, day, more, today) ?? { line, itemId, code, lastDay: day === '' ? null : day };
  });

// `read` answers the code of a line, what is wrong with it, or null for a heading.
const readLines = <Read extends FileCode & { readonly itemId?: string }>(
  text: string,
  read: (cells: readonly string[], line: number, isFirst: boolean) => Read | LineProblem['kind'] | null,
): Result<readonly Read[], FileRefusal> => {
  const codes: Read[] = [];
  const problems: LineProblem[] = [];
  const seen = new Set<string>();
  for (const [index, written] of linesIn(text).entries()) {
    const cells = cellsIn(written);
    if (cells.every((cell) => cell === '')) continue;
    const line = index + 1;
    const isBroken = hasLooseQuote(written, { anywhere: true });
    const one = isBroken ? 'quote' : read(cells, line, codes.length === 0);
    if (one === null) continue;
    if (typeof one === 'string') {
      problems.push({ line, kind: one });
      continue;
    }
    const key = `${one.itemId ?? ''},${one.code}`;
    if (seen.has(key)) problems.push({ line, kind: 'twice' });
    else codes.push(one);
    seen.add(key);
    if (codes.length > codesMax) return refuse({ kind: 'too_many', most: codesMax });
  }
  if (problems.length > 0)
    return refuse({ kind: 'lines', problems: problems.slice(0, problemsShown), count: problems.length });
  return codes.length === 0 ? refuse({ kind: 'empty' }) : ok(codes);
};

const problemOf = (code: string, day: string, more: readonly string[], today: string): LineProblem['kind'] | null => {
  if (code === '') return 'no_code';
  if (code.length > codeMax) return 'too_long';
  if (untypable.test(code)) return 'unreadable';
  if (more.some((cell) => cell !== '')) return 'too_much';
  if (day === '') return null;
  if (!isDay(day)) return 'no_day';
  return day < today ? 'day_over' : null;
};

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(Date.parse(text)).toISOString().startsWith(text);
