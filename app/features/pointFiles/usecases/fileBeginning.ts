import type { ColumnRole, HeaderProblem } from '~/features/pointFiles/core/columns';
import { orderShownBy, type DateOrder } from '~/features/pointFiles/core/fields';
import type { Reading } from '~/features/pointFiles/core/reading';
import { recognise, type Recognised } from '~/features/pointFiles/core/recognise';
import { ok, refuse, type Result } from '~/core/values/result';
import { cleanText, cutText } from '~/core/values/untrusted';
import type { CsvRecord } from './csvRecords';

/** Why a file cannot be read, as far as its beginning tells. */
export type BeginningRefusal =
  | { readonly kind: 'empty_file' }
  /** `found`: the names of the columns it is about. */
  | { readonly kind: HeaderProblem['kind']; readonly found: string }
  /** A file of another kind, which can be saved as CSV. */
  | { readonly kind: 'not_text' | 'json_file' | 'workbook' };

// So many lines are looked at before the first is read: they show in which order the file writes day and month.
const linesAhead = 1000;
const namesShown = 100;

/** How a file begins: by this it is known how its lines are read. */
export type FileBeginning = {
  readonly recognised: Recognised;
  readonly header: readonly string[];
  readonly width: number;
  /** The first lines behind the header; the first line itself where there is none. */
  readonly ahead: readonly CsvRecord[];
};

/** Reads the header and the first lines of a file, or says why it is none that can be read. */
export const readBeginning = async (
  records: AsyncGenerator<CsvRecord>,
): Promise<Result<FileBeginning, BeginningRefusal>> => {
  const first = await records.next();
  if (first.done === true) return refuse({ kind: 'empty_file' });
  const fields = first.value.fields ?? [];
  const other = otherKindOf(first.value);
  if (other !== null) return refuse({ kind: other });
  const header = fields.map((field) => cleanText(field).trim());
  const recognised = recognise(header);
  if ('problem' in recognised) {
    const { kind, found } = recognised.problem;
    return refuse({ kind, found: cutText(found.join(', '), 200) });
  }
  const ahead: CsvRecord[] = recognised.hasHeader ? [] : [first.value];
  while (ahead.length < linesAhead) {
    const next = await records.next();
    if (next.done === true) break;
    ahead.push(next.value);
  }
  return ok({ recognised, header, width: header.length, ahead });
};

/** What people send instead of a CSV file, by how its first line begins. */
const otherKindOf = ({ fields, start }: CsvRecord): 'not_text' | 'json_file' | 'workbook' | null => {
  if (start.startsWith('PK\u0003\u0004') || start.startsWith('ÐÏ\u0011à')) return 'workbook';
  if (fields?.some((field) => field.includes('\u0000')) === true) return 'not_text';
  return /^(\[\s*(\{|$)|\{\s*("|$))/.test(start) ? 'json_file' : null;
};

/** The order of day and month, where the dates at the file's beginning agree on one. */
export const dateOrderOf = ({ columns }: Recognised, ahead: readonly CsvRecord[]): DateOrder | null => {
  const at = columns.at.expires_at;
  if (at === undefined || columns.isOwn) return null;
  const shown = new Set(ahead.flatMap(({ fields }) => orderShownBy(fields?.[at] ?? '') ?? []));
  return shown.size === 1 ? ([...shown][0] ?? null) : null;
};

/** Which columns are read as what, and which are left aside; by their names in the file. */
export const columnsRead = (
  { columns, hasHeader }: Recognised,
  header: readonly string[],
): Pick<Reading, 'hasHeader' | 'used' | 'ignored'> => {
  const used = (Object.entries(columns.at) as [ColumnRole, number][]).map(([as, index]) => ({
    name: hasHeader ? cutText(header[index] ?? '', 60) : '',
    as,
  }));
  return { hasHeader, used, ignored: columns.ignored.slice(0, namesShown).map((name) => cutText(name, 60)) };
};
