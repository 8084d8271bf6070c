import { latestBackfill, type Backfill } from '~/features/pastOrders/db/backfills';
import type { Database } from '~/db/database';
import type { Store } from '~/db/stores';

/** How far a backfill has come, and what was counted. */
export type BackfillState = Pick<
  Backfill,
  'id' | 'state' | 'ordersFound' | 'ordersRead' | 'countedOrders' | 'countedPoints' | 'failure'
>;

/** The latest import of a store's past orders; null when there was none. */
export const backfillState = (
  { prisma }: Pick<Database, 'prisma'>,
  { programId, storeId }: Store,
): Promise<BackfillState | null> => latestBackfill(prisma, programId, storeId);
