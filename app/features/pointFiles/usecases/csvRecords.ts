import { parse } from 'csv-parse/sync';
import { textLines, type Encoding, type TextLine } from './textLines';

/** One record of a CSV file with the line on which it begins; null fields: the line is no CSV. */
export type CsvRecord = {
  readonly line: number;
  readonly fields: readonly string[] | null;
  /** How the line begins. */ readonly start: string;
};

const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** How a file is written, as far as it was read. */
export type CsvForm = { encoding: Encoding; delimiter: Delimiter };

const recordMax = 20_000;
const linesOfRecordMax = 30;

/**
 * The records of a CSV text that comes in pieces, by physical lines: a quote that never ends spoils its own line and
 * none behind it, and no piece of the file is ever held longer than one record may be. Its fields are separated by what
 * it says itself (`sep=;`), or by comma, semicolon, tab or bar, whichever the header has most. `form` is filled while
 * the file is read.
 */
export const csvRecords = async function* (
  chunks: AsyncIterable<Uint8Array>,
  form: CsvForm,
): AsyncGenerator<CsvRecord> {
  const lines = new LineQueue(textLines(chunks, recordMax, (encoding) => void (form.encoding = encoding)));
  let delimiter: Delimiter | null = null;
  for (let first = await lines.take(); first !== null; first = await lines.take()) {
    const announced = first.line === 1 ? announcedBy(first.text) : null;
    delimiter ??= announced;
    if (announced !== null || first.text.trim() === '') continue;
    delimiter ??= delimiterOf(first.text);
    form.delimiter = delimiter;
    const record = await wholeRecord(first, lines);
    yield {
      line: first.line,
      fields: record === null ? null : fieldsOf(record, delimiter),
      start: first.text.trimStart().slice(0, 40),
    };
  }
};

/** Lines that can be looked at before they are taken. */
class LineQueue {
  private readonly ahead: TextLine[] = [];
  constructor(private readonly lines: AsyncGenerator<TextLine>) {}
  async look(index: number): Promise<TextLine | null> {
    while (this.ahead.length <= index) {
      const next = await this.lines.next();
      if (next.done === true) return null;
      this.ahead.push(next.value);
    }
    return this.ahead[index] ?? null;
  }
  async take(): Promise<TextLine | null> {
    const line = await this.look(0);
    this.ahead.shift();
    return line;
  }
  drop(count: number): void {
    this.ahead.splice(0, count);
  }
}

const quotes = (text: string): number => text.split('"').length - 1;

/** A record goes on over the next lines while a quote is open; null when it is not closed within reason. */
const wholeRecord = async (first: TextLine, lines: LineQueue): Promise<string | null> => {
  let text = first.text;
  if (quotes(text) % 2 === 0) return text;
  for (let further = 0; further < linesOfRecordMax && text.length < recordMax; further += 1) {
    const next = await lines.look(further);
    if (next === null) return null;
    text += `\n${next.text}`;
    if (quotes(text) % 2 !== 0) continue;
    lines.drop(further + 1);
    return text;
  }
  return null;
};

const fieldsOf = (record: string, delimiter: string): readonly string[] | null => {
  if (record.length > recordMax) return null;
  if (!record.includes('"')) return record.split(delimiter);
  try {
    return parse(record, { delimiter, relax_column_count: true })[0] ?? null;
  } catch {
    return null;
  }
};

/**
 * Spreadsheets write what their country separates with: whichever of the four the header has most outside of quotes.
 */
const delimiterOf = (header: string): Delimiter => {
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: string): number => bare.split(delimiter).length;
  return delimiters.reduce((best, one) => (count(one) > count(best) ? one : best));
};

/** `sep=;` as the first line, with which a file tells a spreadsheet what separates its fields. */
const announcedBy = (text: string): Delimiter | null => {
  const [, said] = /^"?sep=(.)"?$/i.exec(text.trimStart()) ?? [];
  return delimiters.find((one) => one === said) ?? null;
};
