import { csvLine } from '~/core/values/cells';
import type { ProgramId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import { columnsOf, openPointsOf, rowsOf, type ExportedTable } from '~/db/exports';

type Row = Readonly<Record<string, unknown>>;

export type ExportFile = {
  readonly fileName: string;
  readonly contentType: string;
  readonly lines: AsyncIterable<string>;
};

const openPointsColumns = ['customer_id', 'email_hash', 'points', 'occurred_at', 'available_at', 'expires_at', 'note'];

/**
 * A file of what the program owns, made while it is read: nothing of it is held but a page of rows. `everything`: all
 * tables as JSON lines. `open-points`: what our own import reads. Else one table as CSV; null: there is none of that
 * name.
 */
export const exportFile = (
  { prisma }: Pick<Database, 'prisma'>,
  exported: readonly ExportedTable[],
  programId: ProgramId,
  name: string,
): ExportFile | null => {
  if (name === 'everything')
    return {
      fileName: 'fidelio-everything.jsonl',
      contentType: 'application/x-ndjson',
      lines: jsonLines(prisma, exported, programId),
    };
  const table = exported.find((one) => one.name === name);
  if (table === undefined && name !== 'open-points') return null;
  const rows = table === undefined ? openPointsOf(prisma, programId) : rowsOf(prisma, programId, table);
  const columns = name === 'open-points' ? Promise.resolve(openPointsColumns) : columnsOf(prisma, name);
  return {
    fileName: `fidelio-${name.replaceAll('_', '-')}.csv`,
    contentType: 'text/csv; charset=utf-8',
    lines: csvLines(columns, rows),
  };
};

/** One JSON object a line: the table, and the row as the database has it. */
const jsonLines = async function* (
  client: Database['prisma'],
  exported: readonly ExportedTable[],
  programId: ProgramId,
): AsyncGenerator<string> {
  for (const table of exported) {
    for await (const row of rowsOf(client, programId, table)) yield `${JSON.stringify({ table: table.name, row })}\n`;
  }
};

const csvLines = async function* (
  columns: Promise<readonly string[]>,
  rows: AsyncIterable<Row>,
): AsyncGenerator<string> {
  const names = await columns;
  yield csvLine(names);
  for await (const row of rows) yield csvLine(names.map((name) => cellOf(row[name])));
};

/** A structure is its JSON. */
const cellOf = (value: unknown): string | number | boolean | null => {
  if (value == null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
};
