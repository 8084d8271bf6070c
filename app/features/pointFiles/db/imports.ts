import type { ImportBatch as Row } from '@prisma/client';
import type { Reading } from '~/features/pointFiles/core/reading';
import { asId, type MemberId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { sqlInstant } from '~/db/json';
import type { Tx } from '~/db/inTransaction';

export type ImportState =
  'reading' | 'checking' | 'ready' | 'posting' | 'done' | 'undoing' | 'undone' | 'failed' | 'discarded';

/** A file of points and how far it has come. */
export type ImportBatch = {
  readonly programId: ProgramId;
  readonly storeId: StoreId;
  readonly id: string;
  readonly state: ImportState;
  readonly format: string | null;
  readonly fileName: string;
  readonly contentHash: string | null;
  readonly lines: number;
  readonly good: number;
  readonly bad: number;
  readonly unknown: number;
  readonly points: number;
  /** null: read before it was written down. */
  readonly reading: Reading | null;
  readonly debts: number;
  readonly unknownDebts: number;
  readonly debtPoints: number;
  readonly zeros: number;
  /** Good lines that are no plain balance of today: parts of a history, points that wait, points on top. */
  readonly moving: number;
  readonly withGuests: boolean;
  readonly withDebts: boolean;
  readonly mode: 'add' | 'reset';
  readonly postedPoints: number;
  readonly checked: number;
  readonly posted: number;
  readonly position: number;
  readonly undone: number;
  readonly undoneUpTo: MemberId | null;
  readonly failure: string | null;
  readonly by: string;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
  readonly undoneAt: Instant | null;
};

export type BatchKey = { readonly programId: ProgramId; readonly id: string };
type Client = Pick<Tx, 'importBatch'>;

const momentOf = (date: Date | null): Instant | null => (date === null ? null : instant(date.getTime()));

const toBatch = (row: Row): ImportBatch => ({
  programId: asId<ProgramId>(row.programId),
  storeId: asId<StoreId>(row.storeId),
  id: row.id,
  state: row.state as ImportState,
  format: row.format,
  fileName: row.fileName,
  contentHash: row.contentHash,
  lines: row.lines,
  good: row.good,
  bad: row.bad,
  unknown: row.unknown,
  points: Number(row.points),
  reading: row.reading as Reading | null,
  debts: row.debts,
  unknownDebts: row.unknownDebts,
  debtPoints: Number(row.debtPoints),
  zeros: row.zeros,
  moving: row.moving,
  withGuests: row.withGuests,
  withDebts: row.withDebts,
  mode: row.mode as ImportBatch['mode'],
  postedPoints: Number(row.postedPoints),
  checked: row.checked,
  posted: row.posted,
  position: row.position,
  undone: row.undone,
  undoneUpTo: row.undoneUpTo === null ? null : asId<MemberId>(row.undoneUpTo),
  failure: row.failure,
  by: row.by,
  createdAt: instant(row.createdAt.getTime()),
  finishedAt: momentOf(row.finishedAt),
  undoneAt: momentOf(row.undoneAt),
});

export const insertBatch = async (
  client: Client,
  batch: Pick<ImportBatch, 'programId' | 'storeId' | 'id' | 'fileName' | 'by'>,
  now: Instant,
): Promise<void> => {
  await client.importBatch.create({ data: { ...batch, state: 'reading', createdAt: sqlInstant(now) } });
};

export const findBatch = async (client: Client, { programId, id }: BatchKey): Promise<ImportBatch | null> => {
  const row = await client.importBatch.findUnique({ where: { programId_id: { programId, id } } });
  return row === null ? null : toBatch(row);
};

/** The newest files first, but those that were put away unposted. */
export const batchesOf = async (client: Client, programId: ProgramId, limit: number): Promise<readonly ImportBatch[]> =>
  (
    await client.importBatch.findMany({
      where: { programId, state: { not: 'discarded' } },
      orderBy: { createdAt: 'desc' },
      take: limit,
    })
  ).map(toBatch);

/** A file of the program that is not at its end yet. */
export const unfinishedBatch = async (client: Client, programId: ProgramId): Promise<ImportBatch | null> => {
  const states: ImportState[] = ['reading', 'checking', 'ready', 'posting', 'undoing'];
  const row = await client.importBatch.findFirst({
    where: { programId, state: { in: states } },
    orderBy: { createdAt: 'desc' },
  });
  return row === null ? null : toBatch(row);
};

/** The file of that content that was posted and not undone; null: none. */
export const sameFile = async (
  client: Client,
  { programId, id, contentHash }: ImportBatch,
): Promise<ImportBatch | null> => {
  if (contentHash === null) return null;
  const row = await client.importBatch.findFirst({
    where: { programId, contentHash, state: { in: ['posting', 'done'] }, id: { not: id } },
  });
  return row === null ? null : toBatch(row);
};

export type BatchChange = Partial<
  Omit<ImportBatch, 'programId' | 'storeId' | 'id' | 'by' | 'createdAt' | 'finishedAt' | 'undoneAt' | 'reading'>
> & {
  readonly reading?: Reading;
  readonly finishedAt?: Instant;
  readonly undoneAt?: Instant;
};

export const updateBatch = async (
  client: Client,
  { programId, id }: BatchKey,
  { finishedAt, undoneAt, ...change }: BatchChange,
): Promise<void> => {
  const moments = {
    ...(finishedAt === undefined ? {} : { finishedAt: sqlInstant(finishedAt) }),
    ...(undoneAt === undefined ? {} : { undoneAt: sqlInstant(undoneAt) }),
  };
  await client.importBatch.update({ where: { programId_id: { programId, id } }, data: { ...change, ...moments } });
};

/** Locks a file until the transaction ends, so that one process works on it at a time. */
export const lockBatch = async (tx: Tx, key: BatchKey): Promise<ImportBatch | null> => {
  await tx.$queryRawUnsafe(
    'SELECT id::text FROM import_batch WHERE program_id = $1::text::uuid AND id = $2::text::uuid FOR UPDATE',
    key.programId,
    key.id,
  );
  return findBatch(tx, key);
};

/** Takes a file away with all its lines. */
export const removeBatch = async (tx: Tx, { programId, id }: BatchKey): Promise<void> => {
  await tx.importLine.deleteMany({ where: { programId, batchId: id } });
  await tx.importBatch.delete({ where: { programId_id: { programId, id } } });
};
