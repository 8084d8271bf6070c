import { worthOfPoints } from '~/core/program/pointValue';
import type { Database } from '~/db/database';
import { countMembersOf } from '~/features/pointFiles/db/importPosting';
import { problemCounts, problemLines, type ProblemCount, type ProblemLine } from '~/features/pointFiles/db/importLines';
import { batchesOf, sameFile, type ImportBatch } from '~/features/pointFiles/db/imports';
import { currentProgram } from '~/db/programs';
import type { Store } from '~/db/stores';

export type { ImportBatch, ProblemCount, ProblemLine };

/** The file in hand (or the last one) with its bad lines, and the files before it. */
export type ImportsPage = {
  readonly current: ImportBatch | null;
  readonly problems: readonly ProblemLine[];
  /** How many lines have each problem. */
  readonly counts: readonly ProblemCount[];
  /** What the points of the good lines may cost, in the store's minor units. */
  readonly worthMinor: number;
  /** The same file was imported before and not undone. */
  readonly sameAs: ImportBatch | null;
  /** While it is taken back: to how many members it gave something. */
  readonly membersToUndo: number;
  readonly earlier: readonly ImportBatch[];
};

const filesShown = 20;
const problemsShown = 50;

export const importsPage = async (
  { prisma }: Pick<Database, 'prisma'>,
  { programId, currency }: Store,
): Promise<ImportsPage> => {
  const files = await batchesOf(prisma, programId, filesShown);
  const [newest, ...rest] = files;
  const current = newest !== undefined && newest.state !== 'undone' && newest.state !== 'failed' ? newest : null;
  const program = current?.state === 'ready' ? await currentProgram(prisma, programId) : null;
  return {
    current,
    problems: current === null ? [] : await problemLines(prisma, current, 0, problemsShown),
    counts: current?.state === 'ready' ? await problemCounts(prisma, current) : [],
    worthMinor: program === null || current === null ? 0 : worthOfPoints(program.document, current.points, currency),
    sameAs: current?.state === 'ready' ? await sameFile(prisma, current) : null,
    membersToUndo: current?.state === 'undoing' ? await countMembersOf(prisma, current) : 0,
    earlier: current === null ? files : rest,
  };
};
