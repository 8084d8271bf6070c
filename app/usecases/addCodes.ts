import { problemsShown, type FileCode, type FileRefusal } from '~/core/rewards/codeFile';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { inTransaction, statesOf } from '~/db/inTransaction';
import { hashesIn, insertCodes, noEnd, type PoolKey, type SealedCode } from '~/db/poolCodes';
import type { Deps } from './deps';

type AddDeps = Pick<Deps, 'database' | 'secrets'>;

/** Codes of a file that go into one pool. */
export type CodesOfPool = { readonly poolId: string; readonly codes: readonly FileCode[] };

type Sealed = PoolKey & Pick<CodesOfPool, 'codes'> & { readonly sealed: readonly SealedCode[] };

const atOnce = 5000;

/**
 * Adds the codes of a file to their pools, encrypted, all or none; answers how many. Codes that are in their pool
 * already refuse the file.
 */
export const addCodes = async (
  deps: AddDeps,
  programId: ProgramId,
  pools: readonly CodesOfPool[],
  now: Instant,
): Promise<Result<number, FileRefusal>> => {
  const all = pools.map(({ poolId, codes }) => ({ programId, poolId, codes, sealed: codes.map(sealWith(deps)) }));
  const refused = await alreadyIn(deps, all);
  if (refused !== null) return refuse(refused);
  try {
    await inTransaction(deps.database, async (tx) => {
      for (const { sealed, ...pool } of all)
        for (let from = 0; from < sealed.length; from += atOnce)
          await insertCodes(tx, pool, sealed.slice(from, from + atOnce), now);
    });
    return ok(all.reduce((sum, { sealed }) => sum + sealed.length, 0));
  } catch (error) {
    // Somebody uploaded the same meanwhile.
    const lost = statesOf(error).includes('23505') ? await alreadyIn(deps, all) : null;
    if (lost !== null) return refuse(lost);
    throw error;
  }
};

const sealWith =
  ({ secrets }: AddDeps) =>
  ({ code, lastDay }: FileCode, n: number): SealedCode => ({
    hash: secrets.hashPoolCode(code),
    code: secrets.encrypt(code),
    lastDay: lastDay ?? noEnd,
    n,
  });

const alreadyIn = async ({ database }: AddDeps, pools: readonly Sealed[]): Promise<FileRefusal | null> => {
  const lines: number[] = [];
  for (const { codes, sealed, ...pool } of pools) {
    const there = new Set<string>();
    for (let from = 0; from < sealed.length; from += atOnce) {
      const hashes = sealed.slice(from, from + atOnce).map(({ hash }) => hash);
      for (const hash of await hashesIn(database.prisma, pool, hashes)) there.add(hash);
    }
    for (const [index, { line }] of codes.entries()) if (there.has(sealed[index]?.hash ?? '')) lines.push(line);
  }
  if (lines.length === 0) return null;
  const problems = lines
    .sort((one, other) => one - other)
    .slice(0, problemsShown)
    .map((line) => ({ line, kind: 'in_pool' as const }));
  return { kind: 'lines', problems, count: lines.length };
};
