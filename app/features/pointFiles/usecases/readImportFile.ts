import { createHash } from 'node:crypto';
import { cellText } from '~/core/values/cells';
import type { DateOrder } from '~/features/pointFiles/core/fields';
import type { ImportLine, ImportPerson, LineProblem } from '~/features/pointFiles/core/line';
import { sampleLine, type Reading, type SampleLine } from '~/features/pointFiles/core/reading';
import type { Recognised } from '~/features/pointFiles/core/recognise';
import { instant, type Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { cleanText, cutText } from '~/core/values/untrusted';
import { insertLines, type ReadLine } from '~/features/pointFiles/db/importLines';
import {
  findBatch,
  insertBatch,
  removeBatch,
  unfinishedBatch,
  updateBatch,
  type BatchKey,
} from '~/features/pointFiles/db/imports';
import { inTransaction } from '~/db/inTransaction';
import { currentProgram, lockProgram } from '~/db/programs';
import { refOf, type Deps, type StoreRef } from '~/usecases/deps';
import { csvRecords, type CsvForm, type CsvRecord } from './csvRecords';
import { runImportLater } from './effects/runImport';
import { columnsRead, dateOrderOf, readBeginning, type BeginningRefusal } from './fileBeginning';

/** A file that comes in pieces. The client makes the id: sending it again with one id reads it once. */
export type ImportFile = {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly chunks: AsyncIterable<Uint8Array>;
};

export type ReadRefusal =
  | { readonly kind: 'no_program' }
  /** Another file is not at its end yet. */
  | { readonly kind: 'import_running'; readonly fileName: string }
  | BeginningRefusal
  | { readonly kind: 'too_many_lines'; readonly limit: number }
  | { readonly kind: 'too_big'; readonly limitMegabytes: number };

const linesMax = 1_000_000;
/** The largest file that is read. */
export const fileMaxBytes = 200 * 1024 * 1024;
const linesAtOnce = 1000;
// Reading is one request: one that ended without a word leaves the way free after this time.
const readingMaxMs = 600_000;
const sampleLines = 5;

/**
 * Reads a file of points into lines, a piece at a time, and has them checked. Nothing is posted by it. What cannot be
 * read as a whole is refused and leaves nothing behind; a line that cannot be read is kept with its number and what is
 * wrong with it.
 */
export const readImportFile = async (
  deps: Deps,
  store: StoreRef,
  file: ImportFile,
  now: Instant,
): Promise<Result<{ readonly id: string }, ReadRefusal>> => {
  const key: BatchKey = { programId: store.programId, id: file.id };
  const begun = await begin(deps, store, file, now);
  if (!begun.ok || begun.value.known) return begun.ok ? ok({ id: file.id }) : begun;
  try {
    const read = await readLines(deps, key, file.chunks, { zone: begun.value.zone, now });
    if (!read.ok) {
      await inTransaction(deps.database, (tx) => removeBatch(tx, key));
      return read;
    }
    const { format, contentHash, lines, reading } = read.value;
    const ref = refOf(store);
    await inTransaction(deps.database, async (tx) => {
      await updateBatch(tx, key, { state: 'checking', format, contentHash, lines, reading });
      await deps.enqueue([runImportLater.of({ store: ref, batchId: file.id })], tx);
    });
    return ok({ id: file.id });
  } catch (error) {
    await inTransaction(deps.database, (tx) => removeBatch(tx, key));
    throw error;
  }
};

const begin = (
  deps: Deps,
  { programId, storeId }: StoreRef,
  file: ImportFile,
  now: Instant,
): Promise<Result<{ readonly known: boolean; readonly zone: string }, ReadRefusal>> =>
  inTransaction(
    deps.database,
    async (tx): Promise<Result<{ readonly known: boolean; readonly zone: string }, ReadRefusal>> => {
      await lockProgram(tx, programId);
      const program = await currentProgram(tx, programId);
      if (program === null) return refuse({ kind: 'no_program' });
      const zone = program.document.timeZone;
      if ((await findBatch(tx, { programId, id: file.id })) !== null) return ok({ known: true, zone });
      const other = await unfinishedBatch(tx, programId);
      const abandoned = other?.state === 'reading' && other.createdAt < instant(now - readingMaxMs);
      if (other !== null && !abandoned) return refuse({ kind: 'import_running', fileName: other.fileName });
      if (other !== null) await removeBatch(tx, other);
      await insertBatch(
        tx,
        { programId, storeId, id: file.id, fileName: cutText(cleanText(file.name), 200), by: file.by },
        now,
      );
      return ok({ known: false, zone });
    },
  );

type ReadFile = {
  readonly format: string;
  readonly contentHash: string;
  readonly lines: number;
  readonly reading: Reading;
};
type Place = { readonly zone: string; readonly now: Instant };

const readLines = async (
  deps: Deps,
  key: BatchKey,
  chunks: AsyncIterable<Uint8Array>,
  place: Place,
): Promise<Result<ReadFile, ReadRefusal>> => {
  const hash = createHash('sha256');
  const form: CsvForm = { encoding: 'utf-8', delimiter: ',' };
  const records = csvRecords(
    measured(chunks, (chunk) => hash.update(chunk)),
    form,
  );
  try {
    const begun = await readBeginning(records);
    if (!begun.ok) return begun;
    const { recognised, width, ahead } = begun.value;
    const dateOrder = dateOrderOf(recognised, ahead);
    const sample: SampleLine[] = [];
    let waiting: ReadLine[] = [];
    let lines = 0;
    for await (const { line, fields } of joined(ahead, records)) {
      lines += 1;
      if (lines > linesMax) return refuse({ kind: 'too_many_lines', limit: linesMax });
      const { says, problem } = readLine(recognised, fields, width, { ...place, dateOrder });
      if (sample.length < sampleLines) sample.push(sampleLine(line, says, problem));
      if (problem !== null) waiting.push({ line, problem });
      else if (says !== null) waiting.push({ line, says, ...personOf(deps, says.person) });
      if (waiting.length < linesAtOnce) continue;
      await insertLines(deps.database.prisma, key, waiting);
      waiting = [];
    }
    if (waiting.length > 0) await insertLines(deps.database.prisma, key, waiting);
    const reading: Reading = { ...columnsRead(recognised, begun.value.header), ...form, dateOrder, sample };
    return ok({ format: recognised.format, contentHash: hash.digest('hex'), lines, reading });
  } catch (error) {
    if (error instanceof TooBig) return refuse({ kind: 'too_big', limitMegabytes: fileMaxBytes / 1024 / 1024 });
    throw error;
  }
};

const joined = async function* (
  ahead: readonly CsvRecord[],
  rest: AsyncGenerator<CsvRecord>,
): AsyncGenerator<CsvRecord> {
  yield* ahead;
  yield* rest;
};

class TooBig extends Error {}

const measured = async function* (
  chunks: AsyncIterable<Uint8Array>,
  see: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > fileMaxBytes) throw new TooBig();
    see(chunk);
    yield chunk;
  }
};

type Read = { readonly says: ImportLine | null; readonly problem: LineProblem | null };

const readLine = (
  { read }: Recognised,
  fields: CsvRecord['fields'],
  width: number,
  place: Place & { readonly dateOrder: DateOrder | null },
): Read => {
  if (fields === null) return { says: null, problem: { kind: 'quotes', found: '' } };
  if (fields.length !== width) return { says: null, problem: { kind: 'columns', found: String(fields.length) } };
  const says = read(
    fields.map((field) => cellText(cleanText(field))),
    place,
  );
  return says.ok ? { says: says.value, problem: null } : { says: null, problem: says.error };
};

const personOf = ({ secrets }: Pick<Deps, 'secrets'>, person: ImportPerson) => {
  switch (person.kind) {
    case 'customer':
      return {
        identity: { kind: 'customer' as const, value: person.customerId },
        contact: person.otherwise === null ? null : secrets.encrypt(person.otherwise),
      };
    case 'email':
      return {
        identity: { kind: 'email' as const, value: secrets.hashEmail(person.email) },
        contact: secrets.encrypt(person.email),
      };
    case 'email_hash':
      return { identity: { kind: 'email' as const, value: person.hash }, contact: null };
  }
};
