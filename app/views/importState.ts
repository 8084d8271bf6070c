import { latestBackfill, type Backfill } from '~/db/backfills';
import type { Database } from '~/db/database';
import type { Store } from '~/db/stores';

/** How far an import of past orders has come. */
export type ImportState = Pick<Backfill, 'state' | 'ordersFound' | 'ordersRead' | 'failure'>;

/** The latest import of a store's past orders; null when there was none. */
export const importState = ({ prisma }: Pick<Database, 'prisma'>, { programId, storeId }: Store): Promise<ImportState | null> =>
  latestBackfill(prisma, programId, storeId);
