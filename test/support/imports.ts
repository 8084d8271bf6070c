import { randomUUID } from 'node:crypto';
import type { Agreement } from '~/features/pointFiles/core/reading';
import type { Instant } from '~/core/values/instant';
import { problemLines } from '~/features/pointFiles/db/importLines';
import { findBatch, type ImportBatch } from '~/features/pointFiles/db/imports';
import { agreeToImport, undoImport } from '~/features/pointFiles/usecases/decideImport';
import { readImportFile } from '~/features/pointFiles/usecases/readImportFile';
import { runImport } from '~/features/pointFiles/usecases/runImport';
import type { Tenant } from './world';

/** Bytes as they come from the wire: in pieces that cut letters and lines anywhere. */
export const pieces = async function* (bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) {
    await Promise.resolve();
    yield bytes.subarray(from, from + size);
  }
};

const bytesOf = (file: string | Uint8Array): Uint8Array => (typeof file === 'string' ? Buffer.from(file) : file);

/** Files of points of one tenant: sent, looked over, posted, taken back. */
export const importsOf = (tenant: Tenant, now: Instant) => {
  const { deps, store } = tenant;
  const read = (file: string | Uint8Array, id: string = randomUUID()) =>
    readImportFile(deps, store, { id, name: 'points.csv', by: 'staff:1', chunks: pieces(bytesOf(file)) }, now);
  const run = (id: string, when = now) => runImport(deps, store, id, () => when);
  const batchOf = async (id: string): Promise<ImportBatch> => {
    const batch = await findBatch(deps.database.prisma, { programId: store.programId, id });
    if (batch === null) throw new Error('the file is gone');
    return batch;
  };
  const look = async (file: string | Uint8Array) => {
    const id = randomUUID();
    const answer = await read(file, id);
    if (!answer.ok) throw new Error(`the file was refused: ${JSON.stringify(answer.error)}`);
    await run(id);
    const batch = await batchOf(id);
    const problems = (await problemLines(deps.database.prisma, batch, 0, 100)).map(
      (one) => [one.line, one.problem.kind, one.problem.found] as const,
    );
    return { id, batch, problems };
  };
  const post = async (file: string | Uint8Array, agreement: Partial<Agreement> = {}, when = now) => {
    const { id } = await look(file);
    const agreed = await agreeToImport(deps, store, id, { leaveOut: true, withGuests: true, ...agreement });
    if (!agreed.ok) throw new Error(`nothing was agreed to: ${JSON.stringify(agreed.error)}`);
    await run(id, when);
    return id;
  };
  const undo = async (id: string, when = now): Promise<void> => {
    const agreed = await undoImport(deps, store, id);
    if (!agreed.ok) throw new Error(`nothing is taken back: ${JSON.stringify(agreed.error)}`);
    await run(id, when);
  };
  return { read, run, look, post, undo, batchOf };
};
