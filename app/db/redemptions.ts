import type { Prisma, Redemption as RedemptionRow } from '@prisma/client';
import type { Redemption, RedemptionState } from '~/core/redemptions/states';
import type { RewardGrant } from '~/core/rewards/grants';
import type { RedemptionUse } from '~/core/settlement/records';
import {
  asId,
  type MemberId,
  type PlatformId,
  type ProgramId,
  type RedemptionId,
  type StoreId,
} from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { rowsJson, sqlInstant, sqlInstantOrNull } from './json';
import type { Tx } from './inTransaction';

/** A redemption as it is kept. */
export type RedemptionRecord = Redemption & {
  readonly programId: ProgramId;
  readonly grant: RewardGrant;
  readonly title: string;
  /** The platform's own reference of the code, once made. */
  readonly reference: string | null;
  /** SHA-256 of what the client asked for. */
  readonly fingerprint: string;
  readonly refusal: string | null;
  readonly attempts: number;
};

export const toRecord = (row: RedemptionRow): RedemptionRecord => ({
  programId: asId<ProgramId>(row.programId),
  id: asId<RedemptionId>(row.id),
  memberId: asId<MemberId>(row.memberId),
  storeId: asId<StoreId>(row.storeId),
  customerId: row.customerId === null ? null : asId<PlatformId>(row.customerId),
  state: row.state as RedemptionState,
  rewardId: row.rewardId,
  points: Number(row.points),
  amountMinor: row.amountMinor === null ? null : Number(row.amountMinor),
  currency: row.currency,
  code: row.code,
  programVersion: row.programVersion,
  heldAt: instant(row.heldAt.getTime()),
  issuedAt: row.issuedAt === null ? null : instant(row.issuedAt.getTime()),
  endsAt: instant(row.endsAt.getTime()),
  endedAt: row.endedAt === null ? null : instant(row.endedAt.getTime()),
  usedOrderId: row.usedOrderId === null ? null : asId<PlatformId>(row.usedOrderId),
  returned: Number(row.returned),
  grant: row.grant as unknown as RewardGrant,
  title: row.title,
  reference: row.reference,
  fingerprint: row.fingerprint,
  refusal: row.refusal,
  attempts: row.attempts,
});

type Client = Pick<Tx, 'redemption'>;

export const findRedemption = async (
  client: Client,
  programId: ProgramId,
  id: RedemptionId,
): Promise<RedemptionRecord | null> => {
  const row = await client.redemption.findUnique({ where: { programId_id: { programId, id } } });
  return row === null ? null : toRecord(row);
};

/** Writes a new redemption; `nextLookAt` null: nothing has to happen to it by itself. */
export const insertRedemption = async (
  tx: Tx,
  redemption: RedemptionRecord,
  nextLookAt: Instant | null,
): Promise<void> => {
  await tx.redemption.create({
    data: {
      programId: redemption.programId,
      id: redemption.id,
      memberId: redemption.memberId,
      storeId: redemption.storeId,
      customerId: redemption.customerId,
      state: redemption.state,
      rewardId: redemption.rewardId,
      grant: redemption.grant as unknown as Prisma.InputJsonObject,
      title: redemption.title,
      points: redemption.points,
      amountMinor: redemption.amountMinor,
      currency: redemption.currency,
      code: redemption.code,
      fingerprint: redemption.fingerprint,
      programVersion: redemption.programVersion,
      heldAt: sqlInstant(redemption.heldAt),
      issuedAt: sqlInstantOrNull(redemption.issuedAt),
      endsAt: sqlInstant(redemption.endsAt),
      finishedAt: redemption.state === 'used' ? sqlInstant(redemption.heldAt) : null,
      nextLookAt: sqlInstantOrNull(nextLookAt),
    },
  });
};

/** What may change of a redemption; what is left out stays. */
export type RedemptionChange = {
  readonly state?: RedemptionState;
  readonly reference?: string;
  readonly issuedAt?: Instant;
  readonly endedAt?: Instant;
  /** null: it is not over after all. */
  readonly finishedAt?: Instant | null;
  readonly refusal?: string;
  readonly attempts?: number;
  /** null: nothing is left to do. */
  readonly nextLookAt?: Instant | null;
};

export const updateRedemption = async (
  client: Client,
  programId: ProgramId,
  id: RedemptionId,
  { issuedAt, endedAt, finishedAt, nextLookAt, ...plain }: RedemptionChange,
): Promise<void> => {
  await client.redemption.update({
    where: { programId_id: { programId, id } },
    data: {
      ...plain,
      ...(issuedAt === undefined ? {} : { issuedAt: sqlInstant(issuedAt) }),
      ...(endedAt === undefined ? {} : { endedAt: sqlInstant(endedAt) }),
      ...(finishedAt === undefined ? {} : { finishedAt: sqlInstantOrNull(finishedAt) }),
      ...(nextLookAt === undefined ? {} : { nextLookAt: sqlInstantOrNull(nextLookAt) }),
    },
  });
};

/**
 * Takes the turn to ask the platform for what a held redemption turns into: counted as an attempt before it is asked,
 * so that whoever comes after a crash knows that it may have been made. Until `until` nobody else gets the turn. null:
 * it is somebody else's, or nothing is held any more. One statement.
 */
export const takeTurn = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  id: RedemptionId,
  now: Instant,
  until: Instant,
): Promise<number | null> => {
  const rows = await client.$queryRawUnsafe<{ attempts: number }[]>(
    `UPDATE redemption SET attempts = attempts + 1, next_look_at = $4::text::timestamptz
     WHERE program_id = $1::text::uuid AND id = $2::text::uuid AND state = 'held'
       AND (attempts = 0 OR next_look_at <= $3::text::timestamptz)
     RETURNING attempts`,
    programId,
    id,
    sqlInstant(now),
    sqlInstant(until),
  );
  return rows[0]?.attempts ?? null;
};

export const redemptionsOf = async (
  client: Client,
  programId: ProgramId,
  memberId: MemberId,
  limit: number,
): Promise<readonly RedemptionRecord[]> =>
  (await client.redemption.findMany({ where: { programId, memberId }, orderBy: { heldAt: 'desc' }, take: limit })).map(
    toRecord,
  );

/** A member's redemptions whose codes can be used, or whose points may be on their way back. */
export const openRedemptionsOf = async (
  client: Client,
  programId: ProgramId,
  memberId: MemberId,
): Promise<readonly RedemptionRecord[]> =>
  (
    await client.redemption.findMany({
      where: { programId, memberId, state: { in: ['issued', 'expiring', 'cancelling'] }, code: { not: null } },
      orderBy: { endsAt: 'asc' },
      take: 50,
    })
  ).map(toRecord);

/** Which of some redemptions gave a gift card. */
export const givenGiftCards = async (
  client: Client,
  programId: ProgramId,
  ids: readonly RedemptionId[],
): Promise<readonly RedemptionId[]> => {
  const isCard = { grant: { path: ['kind'], equals: 'gift_card' } };
  const where = { programId, id: { in: [...ids] }, state: 'used', ...isCard };
  return (await client.redemption.findMany({ where, select: { id: true } })).map(({ id }) => asId<RedemptionId>(id));
};

/** Redemptions that the settling job should look at by now, whatever the tenant, oldest first. */
export const dueRedemptions = async (
  client: Client,
  now: Instant,
  limit: number,
): Promise<readonly RedemptionRecord[]> =>
  (
    await client.redemption.findMany({
      where: { nextLookAt: { lte: sqlInstant(now) } },
      orderBy: { nextLookAt: 'asc' },
      take: limit,
    })
  ).map(toRecord);

/** Writes what orders made of redemptions. One statement. */
export const writeUses = async (tx: Tx, uses: readonly RedemptionUse[], now: Instant): Promise<void> => {
  if (uses.length === 0) return;
  await tx.$executeRawUnsafe(
    `UPDATE redemption r SET state = u.state, used_order_id = u.used_order_id, returned = u.returned,
       finished_at = $2::text::timestamptz, next_look_at = NULL
     FROM jsonb_to_recordset($1::text::jsonb) AS u(program_id uuid, id uuid, state text, used_order_id text,
       returned bigint)
     WHERE (r.program_id, r.id) = (u.program_id, u.id)`,
    rowsJson(
      uses.map((use) => ({
        program_id: use.programId,
        id: use.id,
        state: use.state,
        used_order_id: use.usedOrderId,
        returned: use.returned,
      })),
    ),
    sqlInstant(now),
  );
};

/** Gives a redemption the code that a replay's orders carry. */
export const renameCode = async (
  client: Client,
  programId: ProgramId,
  id: RedemptionId,
  code: string,
): Promise<void> => {
  await client.redemption.update({ where: { programId_id: { programId, id } }, data: { code } });
};
