import { columnName, readHeader, type Columns, type HeaderProblem } from './columns';
import { isEmail, readPoints } from './fields';
import type { LineReader } from './line';
import { lineReader } from './reader';

/** `fidelio`: our own columns; `smile`: what Smile.io writes; `list`: any list of people and points. */
export type FormatId = 'fidelio' | 'smile' | 'list';

/** How a file is read, by its first line. */
export type Recognised = {
  readonly format: FormatId;
  readonly read: LineReader;
  readonly columns: Columns;
  /** false: the first line is a line like the others. */
  readonly hasHeader: boolean;
};

const smileNames = ['email', 'emailaddress', 'points', 'pointsbalance', 'currentpointsbalance'];

/**
 * How the lines of a file are read, by its first line. Without a header only two columns are understood, of which one
 * is an e-mail address and the other a whole number: then nothing has to be guessed.
 */
export const recognise = (first: readonly string[]): Recognised | { readonly problem: HeaderProblem } => {
  const bare = withoutHeader(first);
  if (bare !== null) return bare;
  const header = readHeader(first);
  if ('problem' in header) return header;
  const { columns } = header;
  // Our own format has more to say than an address and a number: `email,points` is Smile's.
  const isFidelio = columns.isOwn && Object.keys(columns.at).some((role) => role !== 'email' && role !== 'points');
  const isSmile = first.every((name) => smileNames.includes(columnName(name)));
  return {
    format: isFidelio ? 'fidelio' : isSmile ? 'smile' : 'list',
    read: lineReader(columns),
    columns,
    hasHeader: true,
  };
};

const withoutHeader = (first: readonly string[]): Recognised | null => {
  if (first.length !== 2) return null;
  const email = first.findIndex((field) => isEmail(field.trim()));
  const points = 1 - email;
  if (email < 0 || !readPoints(first[points] ?? '').ok) return null;
  const columns: Columns = { at: { email, points }, ignored: [], isOwn: false };
  return { format: 'list', read: lineReader(columns), columns, hasHeader: false };
};
