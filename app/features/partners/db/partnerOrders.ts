import type { ProgramId, RedemptionId, StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import { sqlInstant } from '~/db/json';
import type { PartnerKey } from './partners';

type Client = Pick<Tx, 'partnerOrder'>;

/** An order at a partner, as it is kept. */
export type PartnerOrderRecord = PartnerKey & {
  readonly redemptionId: RedemptionId;
  readonly storeId: StoreId;
  readonly itemId: string;
  readonly needsEmail: boolean;
  /** When the partner was asked for it last; null: not yet. */
  readonly sentAt: Instant | null;
};

export const insertOrder = async (
  tx: Client,
  order: Omit<PartnerOrderRecord, 'sentAt'>,
  now: Instant,
): Promise<void> => {
  await tx.partnerOrder.create({ data: { ...order, createdAt: sqlInstant(now) } });
};

export const findOrder = async (
  client: Client,
  programId: ProgramId,
  redemptionId: RedemptionId,
): Promise<PartnerOrderRecord | null> => {
  const row = await client.partnerOrder.findUnique({ where: { programId_redemptionId: { programId, redemptionId } } });
  if (row === null) return null;
  const { storeId, partnerId, itemId, needsEmail, sentAt } = row;
  return {
    ...{ programId, redemptionId, partnerId, itemId, needsEmail, storeId: storeId as StoreId },
    sentAt: sentAt === null ? null : instant(sentAt.getTime()),
  };
};

/** Writes down that the partner is asked; false: somebody asked it since a moment, and is not done perhaps. */
export const markSent = async (
  client: Client,
  { programId, redemptionId }: Pick<PartnerOrderRecord, 'programId' | 'redemptionId'>,
  now: Instant,
  since: Instant,
): Promise<boolean> => {
  const isFree = { OR: [{ sentAt: null }, { sentAt: { lte: sqlInstant(since) } }] };
  const where = { programId, redemptionId, ...isFree };
  return (await client.partnerOrder.updateMany({ where, data: { sentAt: sqlInstant(now) } })).count === 1;
};

/** Keeps what was delivered, encrypted; null: to somebody who was erased. One statement. */
export const keepDelivery = async (
  tx: Pick<Tx, '$executeRawUnsafe'>,
  programId: ProgramId,
  redemptionId: RedemptionId,
  delivery: Uint8Array | null,
  now: Instant,
): Promise<void> => {
  await tx.$executeRawUnsafe(
    `UPDATE partner_order SET delivery = decode($3::text, 'base64'), delivered_at = $4::text::timestamptz
     WHERE (program_id, redemption_id) = ($1::text::uuid, $2::text::uuid)`,
    programId,
    redemptionId,
    delivery === null ? null : Buffer.from(delivery).toString('base64'),
    sqlInstant(now),
  );
};

/** What was delivered for redemptions, encrypted, by their ids. */
export const deliveriesOf = async (
  client: Client,
  programId: ProgramId,
  redemptions: readonly RedemptionId[],
): Promise<ReadonlyMap<string, Uint8Array>> => {
  const where = { programId, redemptionId: { in: [...redemptions] }, delivery: { not: null } };
  const rows = await client.partnerOrder.findMany({ where, select: { redemptionId: true, delivery: true } });
  return new Map(rows.flatMap(({ redemptionId, delivery }) => (delivery === null ? [] : [[redemptionId, delivery]])));
};

/** How the orders at a partner stand: those on their way, and those that were delivered. */
export type OrderCounts = { readonly open: number; readonly delivered: number };

/** … by the partner; one without orders is left out. One statement. */
export const orderCounts = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
): Promise<ReadonlyMap<string, OrderCounts>> => {
  const rows = await client.$queryRawUnsafe<{ partner_id: string; open: bigint; delivered: bigint }[]>(
    `SELECT o.partner_id, count(*) FILTER (WHERE r.state IN ('held', 'issued')) AS open,
       count(*) FILTER (WHERE r.state = 'used') AS delivered
     FROM partner_order o JOIN redemption r ON (r.program_id, r.id) = (o.program_id, o.redemption_id)
     WHERE o.program_id = $1::text::uuid GROUP BY o.partner_id`,
    programId,
  );
  return new Map(
    rows.map(({ partner_id: id, open, delivered }) => [id, { open: Number(open), delivered: Number(delivered) }]),
  );
};
