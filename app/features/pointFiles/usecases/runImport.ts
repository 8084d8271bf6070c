import { unreachable } from '~/core/values/result';
import type { Instant } from '~/core/values/instant';
import { findBatch } from '~/features/pointFiles/db/imports';
import type { Deps, StoreRef } from '~/usecases/deps';
import { checkImport } from './checkImport';
import { postImport } from './postImport';
import { undoLines } from './undoImport';

/**
 * Takes a file its next way to the end of it: checks, posts or undoes, whatever was asked for last. It resumes where it
 * stopped. Throws when the platform or the database cannot be asked: the job tries again.
 */
export const runImport = async (deps: Deps, store: StoreRef, batchId: string, clock: () => Instant): Promise<void> => {
  const batch = await findBatch(deps.database.prisma, { programId: store.programId, id: batchId });
  if (batch === null) return;
  switch (batch.state) {
    case 'checking':
      return checkImport(deps, store, batch, clock());
    case 'posting':
      return postImport(deps, batch, clock);
    case 'undoing':
      return undoLines(deps, batch, clock);
    case 'reading':
    case 'ready':
    case 'done':
    case 'undone':
    case 'failed':
    case 'discarded':
      return;
    default:
      return unreachable(batch.state);
  }
};
