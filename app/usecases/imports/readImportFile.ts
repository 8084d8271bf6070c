import { createHash } from 'node:crypto';
import { cellText } from '~/core/values/cells';
import { recognise } from '~/core/imports/formats/all';
import type { ImportPerson, LineReader } from '~/core/imports/line';
import { instant, type Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { cleanText, cutText } from '~/core/values/untrusted';
import { findBatch, insertBatch, insertLines, removeBatch, unfinishedBatch, updateBatch, type BatchKey, type ReadLine } from '~/db/imports';
import { inTransaction } from '~/db/inTransaction';
import { currentProgram, lockProgram } from '~/db/programs';
import type { Deps, StoreRef } from '../deps';
import { csvRecords } from './csvRecords';

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
  | { readonly kind: 'empty_file' }
  | { readonly kind: 'unknown_columns'; readonly found: string }
  | { readonly kind: 'too_many_lines'; readonly limit: number }
  | { readonly kind: 'too_big'; readonly limitMegabytes: number }
  | { readonly kind: 'not_text' };

const linesMax = 1_000_000;
/** The largest file that is read. */
export const fileMaxBytes = 200 * 1024 * 1024;
const linesAtOnce = 1000;
// Reading is one request: one that ended without a word leaves the way free after this time.
const readingMaxMs = 600_000;

/**
 * Reads a file of points into lines, a piece at a time, and has them checked. Nothing is posted by it. What cannot be read as a
 * whole is refused and leaves nothing behind; a line that cannot be read is kept with its number and what is wrong with it.
 */
export const readImportFile = async (deps: Deps, store: StoreRef, file: ImportFile, now: Instant): Promise<Result<{ readonly id: string }, ReadRefusal>> => {
  const { programId, storeId } = store;
  const key: BatchKey = { programId, id: file.id };
  const begun = await begin(deps, store, file, now);
  if (!begun.ok || begun.value.known) return begun.ok ? ok({ id: file.id }) : begun;
  try {
    const read = await readLines(deps, key, file.chunks, { zone: begun.value.zone, now });
    if (!read.ok) {
      await inTransaction(deps.database, (tx) => removeBatch(tx, key));
      return read;
    }
    const { format, contentHash, lines } = read.value;
    const ref: StoreRef = { programId, storeId, domain: store.domain };
    await inTransaction(deps.database, async (tx) => {
      await updateBatch(tx, key, { state: 'checking', format, contentHash, lines });
      await deps.enqueue([{ kind: 'run_import', store: ref, batchId: file.id }], tx);
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
  inTransaction(deps.database, async (tx): Promise<Result<{ readonly known: boolean; readonly zone: string }, ReadRefusal>> => {
    await lockProgram(tx, programId);
    const program = await currentProgram(tx, programId);
    if (program === null) return refuse({ kind: 'no_program' });
    const zone = program.document.timeZone;
    if ((await findBatch(tx, { programId, id: file.id })) !== null) return ok({ known: true, zone });
    const other = await unfinishedBatch(tx, programId);
    const abandoned = other?.state === 'reading' && other.createdAt < instant(now - readingMaxMs);
    if (other !== null && !abandoned) return refuse({ kind: 'import_running', fileName: other.fileName });
    if (other !== null) await removeBatch(tx, other);
    await insertBatch(tx, { programId, storeId, id: file.id, fileName: cutText(cleanText(file.name), 200), by: file.by }, now);
    return ok({ known: false, zone });
  });

type ReadFile = { readonly format: string; readonly contentHash: string; readonly lines: number };
type Place = { readonly zone: string; readonly now: Instant };

const readLines = async (deps: Deps, key: BatchKey, chunks: AsyncIterable<Uint8Array>, place: Place): Promise<Result<ReadFile, ReadRefusal>> => {
  const hash = createHash('sha256');
  let recognised: ReturnType<typeof recognise> = null;
  let width = 0;
  let waiting: ReadLine[] = [];
  let lines = 0;
  try {
    for await (const { line, fields } of csvRecords(measured(chunks, (chunk) => hash.update(chunk)))) {
      if (recognised === null) {
        if (fields?.some((field) => field.includes('\u0000')) === true) return refuse({ kind: 'not_text' });
        recognised = fields === null ? null : recognise(fields);
        if (recognised === null) return refuse({ kind: 'unknown_columns', found: cutText((fields ?? []).join(', '), 200) });
        width = fields?.length ?? 0;
        continue;
      }
      lines += 1;
      if (lines > linesMax) return refuse({ kind: 'too_many_lines', limit: linesMax });
      const read = readLine(deps, recognised.read, fields, width, line, place);
      if (read !== null) waiting.push(read);
      if (waiting.length < linesAtOnce) continue;
      await insertLines(deps.database.prisma, key, waiting);
      waiting = [];
    }
  } catch (error) {
    if (error instanceof TooBig) return refuse({ kind: 'too_big', limitMegabytes: fileMaxBytes / 1024 / 1024 });
    throw error;
  }
  if (recognised === null) return refuse({ kind: 'empty_file' });
  if (waiting.length > 0) await insertLines(deps.database.prisma, key, waiting);
  return ok({ format: recognised.format, contentHash: hash.digest('hex'), lines });
};

class TooBig extends Error {}

const measured = async function* (chunks: AsyncIterable<Uint8Array>, see: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > fileMaxBytes) throw new TooBig();
    see(chunk);
    yield chunk;
  }
};

const readLine = (
  deps: Pick<Deps, 'secrets'>,
  read: LineReader,
  fields: readonly string[] | null,
  width: number,
  line: number,
  place: Place,
): ReadLine | null => {
  if (fields === null) return { line, problem: { kind: 'quotes', found: '' } };
  if (fields.length !== width) return { line, problem: { kind: 'columns', found: String(fields.length) } };
  const says = read(
    fields.map((field) => cellText(cleanText(field))),
    place,
  );
  if (!says.ok) return { line, problem: says.error };
  if (says.value === null) return null;
  return { line, says: says.value, ...personOf(deps, says.value.person) };
};

const personOf = ({ secrets }: Pick<Deps, 'secrets'>, person: ImportPerson) => {
  switch (person.kind) {
    case 'customer':
      return { identity: { kind: 'customer' as const, value: person.customerId }, contact: null };
    case 'email':
      return { identity: { kind: 'email' as const, value: secrets.hashEmail(person.email) }, contact: secrets.encrypt(person.email) };
    case 'email_hash':
      return { identity: { kind: 'email' as const, value: person.hash }, contact: null };
  }
};
