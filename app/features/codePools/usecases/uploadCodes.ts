import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { localClockOf } from '~/core/values/zone';
import { inTransaction, statesOf } from '~/db/inTransaction';
import type { Store } from '~/db/stores';
import type { Deps } from '~/usecases/deps';
import { problemsShown, readPoolFile, type FileCode, type FileRefusal } from '../core/poolFile';
import { hashesIn, insertCodes, noEnd, type PoolKey, type SealedCode } from '../db/poolCodes';

type UploadDeps = Pick<Deps, 'database' | 'secrets'>;
type Upload = { readonly poolId: string; readonly text: string };

const atOnce = 5000;

/** Adds the codes of a file to a pool, all or none; answers how many. Codes that are there already refuse it. */
export const uploadCodes = async (
  deps: UploadDeps,
  { programId, timeZone }: Pick<Store, 'programId' | 'timeZone'>,
  { poolId, text }: Upload,
  now: Instant,
): Promise<Result<number, FileRefusal>> => {
  const read = readPoolFile(text, localClockOf(now, timeZone).isoDate);
  if (!read.ok) return read;
  const pool = { programId, poolId };
  const sealed = read.value.map((one, n) => seal(deps, one, n));
  const refused = await alreadyIn(deps, pool, read.value, sealed);
  if (refused !== null) return refuse(refused);
  try {
    await inTransaction(deps.database, async (tx) => {
      for (let from = 0; from < sealed.length; from += atOnce)
        await insertCodes(tx, pool, sealed.slice(from, from + atOnce), now);
    });
    return ok(sealed.length);
  } catch (error) {
    // Somebody uploaded the same meanwhile.
    const lost = statesOf(error).includes('23505') ? await alreadyIn(deps, pool, read.value, sealed) : null;
    if (lost !== null) return refuse(lost);
    throw error;
  }
};

const seal = ({ secrets }: UploadDeps, { code, lastDay }: FileCode, n: number): SealedCode => ({
  hash: secrets.hashPoolCode(code),
  code: secrets.encrypt(code),
  lastDay: lastDay ?? noEnd,
  n,
});

const alreadyIn = async (
  { database }: UploadDeps,
  pool: PoolKey,
  codes: readonly FileCode[],
  sealed: readonly SealedCode[],
): Promise<FileRefusal | null> => {
  const there = new Set<string>();
  for (let from = 0; from < sealed.length; from += atOnce) {
    const hashes = sealed.slice(from, from + atOnce).map(({ hash }) => hash);
    for (const hash of await hashesIn(database.prisma, pool, hashes)) there.add(hash);
  }
  const lines = codes.filter((_, index) => there.has(sealed[index]?.hash ?? '')).map(({ line }) => line);
  if (lines.length === 0) return null;
  const problems = lines.slice(0, problemsShown).map((line) => ({ line, kind: 'in_pool' as const }));
  return { kind: 'lines', problems, count: lines.length };
};
