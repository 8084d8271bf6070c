import type { Backfill as BackfillRow } from '@prisma/client';
import { asId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { sqlInstant } from './json';
import type { Tx } from './inTransaction';

/** One import of a store's past orders. */
export type Backfill = {
  readonly programId: ProgramId;
  readonly storeId: StoreId;
  readonly id: string;
  readonly state: 'asked' | 'preparing' | 'importing' | 'done' | 'failed';
  readonly version: number;
  readonly exportId: string | null;
  readonly ordersFound: number;
  readonly ordersRead: number;
  readonly ordersFailed: number;
  readonly failure: string | null;
  readonly startedAt: Instant;
};

const toBackfill = (row: BackfillRow): Backfill => ({
  programId: asId<ProgramId>(row.programId),
  storeId: asId<StoreId>(row.storeId),
  id: row.id,
  state: row.state as Backfill['state'],
  version: row.version,
  exportId: row.exportId,
  ordersFound: row.ordersFound,
  ordersRead: row.ordersRead,
  ordersFailed: row.ordersFailed,
  failure: row.failure,
  startedAt: instant(row.startedAt.getTime()),
});

type Client = Pick<Tx, 'backfill'>;

export const latestBackfill = async (client: Client, programId: ProgramId, storeId: StoreId): Promise<Backfill | null> => {
  const row = await client.backfill.findFirst({ where: { programId, storeId }, orderBy: { startedAt: 'desc' } });
  return row === null ? null : toBackfill(row);
};

export const findBackfill = async (client: Client, programId: ProgramId, id: string): Promise<Backfill | null> => {
  const row = await client.backfill.findUnique({ where: { programId_id: { programId, id } } });
  return row === null ? null : toBackfill(row);
};

export const insertBackfill = async (client: Client, backfill: Pick<Backfill, 'programId' | 'storeId' | 'id' | 'version'>, now: Instant): Promise<void> => {
  await client.backfill.create({ data: { ...backfill, state: 'asked', startedAt: sqlInstant(now) } });
};

export type BackfillChange = Partial<Pick<Backfill, 'state' | 'exportId' | 'ordersFound' | 'ordersRead' | 'ordersFailed' | 'failure'>> & {
  readonly finishedAt?: Instant;
};

export const updateBackfill = async (
  client: Client,
  { programId, id }: Pick<Backfill, 'programId' | 'id'>,
  { finishedAt, ...change }: BackfillChange,
): Promise<void> => {
  await client.backfill.update({
    where: { programId_id: { programId, id } },
    data: { ...change, ...(finishedAt === undefined ? {} : { finishedAt: sqlInstant(finishedAt) }) },
  });
};
