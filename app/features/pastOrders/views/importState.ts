import { latestBackfill, type Backfill } from '~/features/pastOrders/db/backfills';
import type { Database } from '~/db/database';
import type { Store } from '~/db/stores';

/** How far an import of past orders has come, and what was counted. */
export type ImportState = Pick<
  Backfill,
  'id' | 'state' | 'ordersFound' | 'ordersRead' | 'countedOrders' | 'countedPoints' | 'failure'
>;

/** The latest import of a store's past orders; null when there was none. */
export const importState = (
  { prisma }: Pick<Database, 'prisma'>,
  { programId, storeId }: Store,
): Promise<ImportState | null> => latestBackfill(prisma, programId, storeId);
