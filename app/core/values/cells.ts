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

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
