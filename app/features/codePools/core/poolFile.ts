import { ok, refuse, type Result } from '~/core/values/result';

/** A code of a file, with the line it stands in. `lastDay`: yyyy-mm-dd; null: it has no end. */
export type FileCode = { readonly line: number; readonly code: string; readonly lastDay: string | null };

/**
 * What is wrong with a line: the code is too long, what should be a day is none, the day has passed, there is more on
 * it than a code and a day, or the code stands in the file (or the pool) already.
 */
export type LineProblem = {
  readonly line: number;
  readonly kind: 'too_long' | 'no_code' | 'no_day' | 'day_over' | 'too_much' | 'twice' | 'in_pool';
};

export type FileRefusal =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too_many'; readonly most: number }
  /** The first lines that are wrong, and how many are in all. */
  | { readonly kind: 'lines'; readonly problems: readonly LineProblem[]; readonly count: number };

export const codesMax = 100_000;
const codeMax = 255;
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
export const readPoolFile = (text: string, today: string): Result<readonly FileCode[], FileRefusal> => {
  const codes: FileCode[] = [];
  const problems: LineProblem[] = [];
  const seen = new Set<string>();
  for (const [index, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const cells = cellsOf(written);
    const [code = '', day = ''] = cells;
    if (cells.every((cell) => cell === '') || (codes.length === 0 && headings.has(code.toLowerCase()))) continue;
    const line = index + 1;
    const kind = seen.has(code) ? 'twice' : problemOf(cells, today);
    seen.add(code);
    if (kind === null) codes.push({ line, code, lastDay: day === '' ? null : day });
    else problems.push({ line, kind });
    if (codes.length > codesMax) return refuse({ kind: 'too_many', most: codesMax });
  }
  if (problems.length > 0)
    return refuse({ kind: 'lines', problems: problems.slice(0, problemsShown), count: problems.length });
  return codes.length === 0 ? refuse({ kind: 'empty' }) : ok(codes);
};

// A cell and what ends it: quoted or plain, to the next separator or the end of the line.
const cell = /[^\S\t]*"((?:[^"]|"")*)"[^\S\t]*([,;\t]|$)|([^,;\t]*)([,;\t]|$)/y;

const cellsOf = (line: string): readonly string[] => {
  const cells: string[] = [];
  cell.lastIndex = 0;
  for (;;) {
    const [, quoted, afterQuoted, plain = '', afterPlain] = cell.exec(line) ?? [];
    cells.push(quoted?.replaceAll('""', '"').trim() ?? plain.trim());
    if ((afterQuoted ?? afterPlain ?? '') === '') return cells;
  }
};

const problemOf = ([code = '', day = '', ...more]: readonly string[], today: string): LineProblem['kind'] | null => {
  if (code === '') return 'no_code';
  if (code.length > codeMax) return 'too_long';
  if (more.some((cell) => cell !== '')) return 'too_much';
  if (day === '') return null;
  if (!isDay(day)) return 'no_day';
  return day < today ? 'day_over' : null;
};

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(Date.parse(text)).toISOString().startsWith(text);
