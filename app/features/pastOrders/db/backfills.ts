import type { Backfill as BackfillRow } from '@prisma/client';
import { asId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { sqlInstant, sqlInstantOrNull } from '~/db/json';
import type { Tx } from '~/db/inTransaction';

/**
 * `asked`, `preparing`, `counting`: what the orders would bring is counted. `counted`: the merchant decides
 * (`discarded`: no). `agreed`, `importing`, `done`: they are awarded. `undoing`, `undone`: all of it is taken back.
 */
export type BackfillState =
  | 'asked'
  | 'preparing'
  | 'counting'
  | 'counted'
  | 'agreed'
  | 'importing'
  | 'done'
  | 'undoing'
  | 'undone'
  | 'discarded'
  | 'failed';

/** Nothing goes on with it, and nobody is asked about it. */
export const isOver = ({ state }: Pick<Backfill, 'state'>): boolean =>
  ['done', 'undone', 'discarded', 'failed'].includes(state);

/** One import of a store's past orders. */
export type Backfill = {
  readonly programId: ProgramId;
  readonly storeId: StoreId;
  readonly id: string;
  readonly state: BackfillState;
  readonly version: number;
  /** Orders from this moment on; null: all that the platform shows. */
  readonly since: Instant | null;
  /** Where reading goes on, in the platform's own word; null: from the beginning. */
  readonly resume: string | null;
  readonly ordersFound: number;
  readonly ordersRead: number;
  readonly ordersFailed: number;
  readonly countedOrders: number | null;
  readonly countedPoints: number | null;
  readonly failure: string | null;
  readonly startedAt: Instant;
};

const toBackfill = (row: BackfillRow): Backfill => ({
  programId: asId<ProgramId>(row.programId),
  storeId: asId<StoreId>(row.storeId),
  id: row.id,
  state: row.state as Backfill['state'],
  version: row.version,
  since: row.since === null ? null : instant(row.since.getTime()),
  resume: row.resume,
  ordersFound: row.ordersFound,
  ordersRead: row.ordersRead,
  ordersFailed: row.ordersFailed,
  countedOrders: row.countedOrders,
  countedPoints: row.countedPoints === null ? null : Number(row.countedPoints),
  failure: row.failure,
  startedAt: instant(row.startedAt.getTime()),
});

type Client = Pick<Tx, 'backfill'>;

export const latestBackfill = async (
  client: Client,
  programId: ProgramId,
  storeId: StoreId,
): Promise<Backfill | null> => {
  const row = await client.backfill.findFirst({ where: { programId, storeId }, orderBy: { startedAt: 'desc' } });
  return row === null ? null : toBackfill(row);
};

export const findBackfill = async (client: Client, programId: ProgramId, id: string): Promise<Backfill | null> => {
  const row = await client.backfill.findUnique({ where: { programId_id: { programId, id } } });
  return row === null ? null : toBackfill(row);
};

export const insertBackfill = async (
  client: Client,
  backfill: Pick<Backfill, 'programId' | 'storeId' | 'id' | 'version' | 'since'>,
  now: Instant,
): Promise<void> => {
  const { since, ...rest } = backfill;
  await client.backfill.create({
    data: { ...rest, since: sqlInstantOrNull(since), state: 'asked', startedAt: sqlInstant(now) },
  });
};

export type BackfillChange = Partial<
  Pick<
    Backfill,
    'state' | 'resume' | 'ordersFound' | 'ordersRead' | 'ordersFailed' | 'countedOrders' | 'countedPoints' | 'failure'
  >
> & {
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

/** Goes on from one state to the next, unless somebody else did first. Answers whether it did. */
export const moveBackfill = async (
  client: Client,
  { programId, id }: Pick<Backfill, 'programId' | 'id'>,
  from: BackfillState,
  to: BackfillState,
): Promise<boolean> => {
  const moved = await client.backfill.updateMany({
    where: { programId, id, state: from },
    data: { state: to, ordersRead: 0 },
  });
  return moved.count === 1;
};
