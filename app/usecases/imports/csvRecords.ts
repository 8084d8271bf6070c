import { parse } from 'csv-parse/sync';

/** One record of a CSV file with the line on which it begins; null fields: the line is no CSV. */
export type CsvRecord = { readonly line: number; readonly fields: readonly string[] | null };

const recordMax = 20_000;
const linesOfRecordMax = 30;

/**
 * The records of a CSV text that comes in pieces, by physical lines: a quote that never ends spoils its own line and none behind
 * it, and no piece of the file is ever held longer than one record may be. Comma, semicolon or tab, whichever the header has most.
 */
export const csvRecords = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const lines = new LineQueue(linesOf(chunks));
  let delimiter: string | null = null;
  for (let first = await lines.take(); first !== null; first = await lines.take()) {
    delimiter ??= delimiterOf(first.text);
    if (first.text.trim() === '') continue;
    const record = await wholeRecord(first, lines);
    yield { line: first.line, fields: record === null ? null : fieldsOf(record, delimiter) };
  }
};

type Line = { readonly line: number; readonly text: string };

/** Lines that can be looked at before they are taken. */
class LineQueue {
  private readonly ahead: Line[] = [];
  constructor(private readonly lines: AsyncGenerator<Line>) {}
  async look(index: number): Promise<Line | null> {
    while (this.ahead.length <= index) {
      const next = await this.lines.next();
      if (next.done === true) return null;
      this.ahead.push(next.value);
    }
    return this.ahead[index] ?? null;
  }
  async take(): Promise<Line | null> {
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
const wholeRecord = async (first: Line, lines: LineQueue): Promise<string | null> => {
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

/** Spreadsheets write what their country separates with: whichever of the three the header has most. */
const delimiterOf = (header: string): string => {
  const count = (delimiter: string): number => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
};

/** The lines of a text in pieces; of a line that is longer than any record may be, only so much is kept. */
const linesOf = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let line = 1;
  let rest = '';
  const add = (text: string): void => void (rest = rest.length > recordMax ? rest : rest + text);
  for await (const chunk of chunks) {
    const [head = '', ...tail] = decoder.decode(chunk, { stream: true }).split('\n');
    add(head);
    for (const part of tail) {
      yield { line, text: rest.replace(/\r$/, '') };
      line += 1;
      rest = part;
    }
  }
  add(decoder.decode());
  if (rest !== '') yield { line, text: rest.replace(/\r$/, '') };
};
