/**
 * Spreadsheets run a text that begins with one of = + - @, a tab or a line break as a formula. An apostrophe before it
 * makes it plain: the cell shows the text, and our import takes the apostrophe off again. A text that already begins
 * like that gets one more, so that every text comes back as it was.
 */
export const plainCell = (text: string): string => (/^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);

/** The text that `plainCell` made plain; any other text as it is. */
export const cellText = (cell: string): string => (/^'+[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell);

/**
 * One line of a file with commas (RFC 4180): a text is quoted when it must be, and made plain where a spreadsheet would
 * run it; null is an empty cell.
 */
export const csvLine = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map((cell) => quoted(typeof cell === 'string' ? plainCell(cell) : String(cell ?? ''))).join(',')}\n`;

// A cell and what ends it: quoted or plain, to the next separator or the end of the line.
const cellTo = (marks: string): RegExp =>
  new RegExp(`[^\\S\\t]*"((?:[^"]|"")*)"[^\\S\\t]*([${marks}]|$)|([^${marks}]*)([${marks}]|$)`, 'y');
const cellToAny = cellTo(',;\\t');
const cellToOne = { ',': cellTo(','), ';': cellTo(';'), '\t': cellTo('\\t') } as const;

/**
 * The cells of one line of a file from outside, without the spaces around them: between them stands a comma, a
 * semicolon or a tab. `oneMark`: only the first of them that the line has, so that a price may have a comma.
 */
export const cellsIn = (line: string, { oneMark = false }: { readonly oneMark?: boolean } = {}): readonly string[] => {
  if (!/[,;\t"]/.test(line)) return [line.trim()];
  return readCells(line, oneMark).map(({ text }) => text);
};

/**
 * Whether a quotation mark of a line is not part of a quoted cell: of one that begins with it, or (`anywhere`) in any
 * cell. What stands around it is then not what was meant.
 */
export const hasLooseQuote = (
  line: string,
  { oneMark = false, anywhere = false }: { readonly oneMark?: boolean; readonly anywhere?: boolean } = {},
): boolean =>
  line.includes('"') &&
  readCells(line, oneMark).some(
    ({ text, isQuoted }) => !isQuoted && (anywhere ? text.includes('"') : text.startsWith('"')),
  );

type ReadCell = { readonly text: string; readonly isQuoted: boolean };

const readCells = (line: string, oneMark: boolean): readonly ReadCell[] => {
  const first = /[,;\t]/.exec(line)?.[0] as keyof typeof cellToOne | undefined;
  const cell = oneMark && first !== undefined ? cellToOne[first] : cellToAny;
  const cells: ReadCell[] = [];
  cell.lastIndex = 0;
  for (;;) {
    const [, quoted, afterQuoted, plain = '', afterPlain] = cell.exec(line) ?? [];
    const isQuoted = quoted !== undefined;
    cells.push({ text: isQuoted ? quoted.replaceAll('""', '"').trim() : plain.trim(), isQuoted });
    if ((afterQuoted ?? afterPlain ?? '') === '') return cells;
  }
};

/** The lines of a text from outside, whichever way they end. */
export const linesIn = (text: string): readonly string[] => text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
