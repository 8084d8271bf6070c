import { problemsShown, type FileCode, type FileRefusal } from '~/core/rewards/codeFile';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { hashesIn, insertCodes, noEnd, takeBackCodes, type FilePart, type SealedCode } from '~/db/poolCodes';
import type { Deps } from './deps';

type AddDeps = Pick<Deps, 'database' | 'secrets'>;

/** Codes of a file that go into one pool. */
export type CodesOfPool = { readonly poolId: string; readonly codes: readonly FileCode[] };

/** Codes of a file that are read, written or taken back together. */
type Part = FilePart & { readonly codes: readonly (FileCode & { readonly hash: string; readonly n: number })[] };

// So few that nobody else of this process waits long: the embedded database has one connection, in this very process.
const atOnce = 500;

/**
 * Adds the codes of a file to their pools, encrypted; answers how many. Codes that are in their pool already refuse the
 * file. It is written in parts, and others have their turn in between; a file that stopped half-way goes on where the
 * same file is sent again. Codes may be given while the rest of their file still comes.
 */
export const addCodes = async (
  deps: AddDeps,
  programId: ProgramId,
  pools: readonly CodesOfPool[],
  now: Instant,
): Promise<Result<number, FileRefusal>> => {
  const parts = await partsOf(deps, programId, pools);
  const before = await lookFor(deps, parts);
  if (before.others.length > 0) return refuse(refusalFor(before.others));
  const count = pools.reduce((sum, { codes }) => sum + codes.length, 0);
  if (before.ofFile.size === count) return refuse({ ...refusalFor(parts.flatMap(linesOf)), isUploaded: true });
  let added = 0;
  for (const [index, part] of parts.entries()) {
    const missing = part.codes.filter(({ hash }) => !before.ofFile.has(keyOf(part, hash)));
    const count = missing.length === 0 ? 0 : await addPart(deps, part, missing, now);
    added += count;
    if (count === missing.length) continue;
    // Somebody uploaded some of them meanwhile: with this very file they are there, with another one it is refused.
    const { others } = await lookFor(deps, parts);
    if (others.length === 0) continue;
    await takeBack(deps, parts.slice(0, index + 1));
    return refuse(refusalFor(others));
  }
  return ok(added);
};

const keyOf = ({ poolId }: Pick<FilePart, 'poolId'>, hash: string): string => `${poolId}|${hash}`;

const othersFirst = (): Promise<void> => new Promise((resume) => setImmediate(resume));

/** Cuts a file into parts. Its name is a keyed hash of all that it says: a hash of few codes could be guessed. */
const partsOf = async (
  { secrets }: AddDeps,
  programId: ProgramId,
  pools: readonly CodesOfPool[],
): Promise<readonly Part[]> => {
  const said = pools.map(({ poolId, codes }) => [poolId, codes.map(({ code, lastDay }) => [code, lastDay])]);
  const file = secrets.hashPoolCode(JSON.stringify(said));
  const parts: Part[] = [];
  for (const { poolId, codes } of pools)
    for (let from = 0; from < codes.length; from += atOnce) {
      const some = codes.slice(from, from + atOnce);
      const named = some.map((one, index) => ({ ...one, hash: secrets.hashPoolCode(one.code), n: from + index }));
      parts.push({ programId, poolId, file, codes: named });
      await othersFirst();
    }
  return parts;
};

/** What of a file is in its pools: with this very file, and the lines of what came otherwise. */
const lookFor = async (
  { database }: AddDeps,
  parts: readonly Part[],
): Promise<{ readonly ofFile: ReadonlySet<string>; readonly others: readonly number[] }> => {
  const ofFile = new Set<string>();
  const others: number[] = [];
  for (const part of parts) {
    const hashes = part.codes.map(({ hash }) => hash);
    const there = await hashesIn(database.prisma, part, hashes);
    for (const hash of there.ofFile) ofFile.add(keyOf(part, hash));
    const strange = new Set(there.others);
    for (const { hash, line } of part.codes) if (strange.has(hash)) others.push(line);
    await othersFirst();
  }
  return { ofFile, others };
};

const addPart = async (
  { database, secrets }: AddDeps,
  part: FilePart,
  codes: Part['codes'],
  now: Instant,
): Promise<number> => {
  const sealed = codes.map(({ code, lastDay, hash, n }): SealedCode => ({
    hash,
    n,
    code: secrets.encrypt(code),
    lastDay: lastDay ?? noEnd,
  }));
  const added = await insertCodes(database.prisma, part, sealed, now);
  await othersFirst();
  return added;
};

const takeBack = async ({ database }: AddDeps, parts: readonly Part[]): Promise<void> => {
  for (const part of parts) {
    const hashes = part.codes.map(({ hash }) => hash);
    await takeBackCodes(database.prisma, part, hashes);
    await othersFirst();
  }
};

const linesOf = ({ codes }: Part): readonly number[] => codes.map(({ line }) => line);

const refusalFor = (lines: readonly number[]): Extract<FileRefusal, { readonly kind: 'lines' }> => ({
  kind: 'lines',
  problems: [...lines]
    .sort((one, other) => one - other)
    .slice(0, problemsShown)
    .map((line) => ({ line, kind: 'in_pool' as const })),
  count: lines.length,
});
