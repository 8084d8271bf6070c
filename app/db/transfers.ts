import type { Transfer as TransferRow } from '@prisma/client';
import type { Transfer, TransferState } from '~/core/transfers/transfer';
import {
  asId,
  type MemberId,
  type PlatformId,
  type ProgramId,
  type RedemptionId,
  type StoreId,
} from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from './inTransaction';
import { sqlInstant, sqlInstantOrNull } from './json';

type Client = Pick<Tx, 'transfer'>;

const momentOrNull = (date: Date | null): Instant | null => (date === null ? null : instant(date.getTime()));

const toTransfer = (row: TransferRow): Transfer => ({
  programId: asId<ProgramId>(row.programId),
  id: row.id,
  memberId: asId<MemberId>(row.memberId),
  storeId: asId<StoreId>(row.storeId),
  customerId: row.customerId === null ? null : asId<PlatformId>(row.customerId),
  redemptionId: row.redemptionId === null ? null : asId<RedemptionId>(row.redemptionId),
  amountMinor: Number(row.amountMinor),
  currency: row.currency,
  expiresAt: instant(row.expiresAt.getTime()),
  state: row.state as TransferState,
  createdAt: instant(row.createdAt.getTime()),
  sentAt: momentOrNull(row.sentAt),
  absentAt: momentOrNull(row.absentAt),
  reference: row.reference,
  refusal: row.refusal,
  attempts: row.attempts,
  nextLookAt: momentOrNull(row.nextLookAt),
});

/** Writes a transfer that is to be sent. */
export const insertTransfer = async (tx: Client, transfer: Transfer): Promise<void> => {
  const { expiresAt, createdAt, sentAt, absentAt, nextLookAt, ...plain } = transfer;
  await tx.transfer.create({
    data: {
      ...plain,
      expiresAt: sqlInstant(expiresAt),
      createdAt: sqlInstant(createdAt),
      sentAt: sqlInstantOrNull(sentAt),
      absentAt: sqlInstantOrNull(absentAt),
      nextLookAt: sqlInstantOrNull(nextLookAt),
    },
  });
};

export const findTransfer = async (client: Client, programId: ProgramId, id: string): Promise<Transfer | null> => {
  const row = await client.transfer.findUnique({ where: { programId_id: { programId, id } } });
  return row === null ? null : toTransfer(row);
};

/** What may change of a transfer; what is left out stays. */
export type TransferChange = {
  readonly state?: TransferState;
  readonly sentAt?: Instant;
  readonly absentAt?: Instant | null;
  readonly reference?: string;
  readonly refusal?: string;
  readonly attempts?: number;
  readonly finishedAt?: Instant;
  readonly nextLookAt?: Instant | null;
};

export const updateTransfer = async (
  client: Client,
  { programId, id }: Pick<Transfer, 'programId' | 'id'>,
  { sentAt, absentAt, finishedAt, nextLookAt, ...plain }: TransferChange,
): Promise<void> => {
  await client.transfer.update({
    where: { programId_id: { programId, id } },
    data: {
      ...plain,
      ...(sentAt === undefined ? {} : { sentAt: sqlInstant(sentAt) }),
      ...(absentAt === undefined ? {} : { absentAt: sqlInstantOrNull(absentAt) }),
      ...(finishedAt === undefined ? {} : { finishedAt: sqlInstant(finishedAt) }),
      ...(nextLookAt === undefined ? {} : { nextLookAt: sqlInstantOrNull(nextLookAt) }),
    },
  });
};

const open = { state: { notIn: ['done', 'ended'] } };

/** Whether an older transfer of the same member is still open: one goes after the other. */
export const hasOlderOpen = async (
  client: Client,
  { programId, memberId, id, createdAt }: Transfer,
): Promise<boolean> => {
  const at = sqlInstant(createdAt);
  const before = { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] };
  return (await client.transfer.count({ where: { programId, memberId, ...open, ...before } })) > 0;
};

/** The references that transfers of a member have. */
export const takenReferences = async (
  client: Client,
  { programId, memberId }: Transfer,
): Promise<ReadonlySet<string>> => {
  const where = { programId, memberId, reference: { not: null } };
  const rows = await client.transfer.findMany({ where, select: { reference: true } });
  return new Set(rows.flatMap(({ reference }) => reference ?? []));
};

/** Transfers that the job should look at by now, whatever the tenant, oldest first. */
export const dueTransfers = async (client: Client, now: Instant, limit: number): Promise<readonly Transfer[]> =>
  (
    await client.transfer.findMany({
      where: { nextLookAt: { lte: sqlInstant(now) } },
      orderBy: { nextLookAt: 'asc' },
      take: limit,
    })
  ).map(toTransfer);

/** How many members of a program wait for credit because their accounts are full. */
export const membersAtLimit = async (client: Client, programId: ProgramId): Promise<number> => {
  const where = { programId, state: 'limited' };
  return (await client.transfer.findMany({ where, distinct: ['memberId'], select: { memberId: true } })).length;
};
