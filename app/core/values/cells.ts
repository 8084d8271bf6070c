/**
 * Spreadsheets run a text that begins with one of = + - @, a tab or a line break as a formula. An apostrophe before it
 * makes it plain: the cell shows the text, and our import takes the apostrophe off again. A text that already begins
 * like that gets one more, so that every text comes back as it was.
 */
export const plainCell = (text: string): string => (/^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);

/** The text that `plainCell` made plain; any other text as it is. */
export const cellText = (cell: string): string => (/^'+[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell);
