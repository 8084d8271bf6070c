import type { Database } from '~/db/database';
import { batchesOf, problemLines, sameFile, type ImportBatch, type ProblemLine } from '~/db/imports';
import type { Store } from '~/db/stores';

export type { ImportBatch, ProblemLine };

/** The file in hand (or the last one) with its bad lines, and the files before it. */
export type ImportsPage = {
  readonly current: ImportBatch | null;
  readonly problems: readonly ProblemLine[];
  /** The same file was imported before and not undone. */
  readonly sameAs: ImportBatch | null;
  readonly earlier: readonly ImportBatch[];
};

const filesShown = 20;
const problemsShown = 50;

export const importsPage = async ({ prisma }: Pick<Database, 'prisma'>, { programId }: Store): Promise<ImportsPage> => {
  const files = await batchesOf(prisma, programId, filesShown);
  const [newest, ...rest] = files;
  const current = newest !== undefined && newest.state !== 'undone' && newest.state !== 'failed' ? newest : null;
  return {
    current,
    problems: current === null ? [] : await problemLines(prisma, current, 0, problemsShown),
    sameAs: current?.state === 'ready' ? await sameFile(prisma, current) : null,
    earlier: current === null ? files : rest,
  };
};
