import { randomUUID } from 'node:crypto';
import { instant, type Instant } from '~/core/values/instant';
import type { ProgramId, StoreId } from '~/core/values/ids';
import { sqlInstant } from './json';
import type { Tx } from './inTransaction';

type Client = Pick<Tx, 'unreadableDelivery'>;

/** A delivery that could not be read: its topic, and why. Its body is encrypted. */
export type UnreadableView = { readonly id: string; readonly topic: string; readonly reason: string; readonly receivedAt: Instant };

/** Keeps a delivery; one that the platform sends again is kept once. */
export const keepDelivery = async (
  client: Pick<Tx, '$executeRawUnsafe'>,
  delivery: { readonly programId: ProgramId; readonly storeId: StoreId; readonly topic: string; readonly webhookId: string; readonly reason: string },
  body: Uint8Array,
  now: Instant,
): Promise<void> => {
  // Bytes go as base64: the two drivers do not agree on them.
  await client.$executeRawUnsafe(
    `INSERT INTO unreadable_delivery (program_id, id, store_id, topic, webhook_id, reason, body, received_at)
     SELECT $1::text::uuid, $2::text::uuid, $3::text::uuid, $4::text, $5::text, $6::text, decode($7::text, 'base64'), $8::text::timestamptz
     WHERE NOT EXISTS (SELECT FROM unreadable_delivery u WHERE u.program_id = $1::text::uuid AND u.webhook_id = $5::text)`,
    delivery.programId,
    randomUUID(),
    delivery.storeId,
    delivery.topic,
    delivery.webhookId,
    delivery.reason,
    Buffer.from(body).toString('base64'),
    sqlInstant(now),
  );
};

/** The newest deliveries of a store that could not be read. */
export const unreadableOf = async (client: Client, programId: ProgramId, storeId: StoreId, limit: number): Promise<readonly UnreadableView[]> =>
  (
    await client.unreadableDelivery.findMany({
      where: { programId, storeId },
      orderBy: { receivedAt: 'desc' },
      take: limit,
      select: { id: true, topic: true, reason: true, receivedAt: true },
    })
  ).map(({ receivedAt, ...row }) => ({ ...row, receivedAt: instant(receivedAt.getTime()) }));

export const unreadableBody = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  id: string,
): Promise<{ readonly topic: string; readonly body: Uint8Array } | null> => {
  const [row] = await client.$queryRawUnsafe<{ topic: string; body: string }[]>(
    `SELECT topic, encode(body, 'base64') AS body FROM unreadable_delivery WHERE program_id = $1::text::uuid AND id = $2::text::uuid`,
    programId,
    id,
  );
  return row === undefined ? null : { topic: row.topic, body: new Uint8Array(Buffer.from(row.body, 'base64')) };
};

export const forgetDelivery = async (client: Client, programId: ProgramId, id: string): Promise<void> => {
  await client.unreadableDelivery.deleteMany({ where: { programId, id } });
};

/** Forgets what came before a moment, whatever the tenant: bodies hold what customers wrote. */
export const forgetDeliveriesBefore = async (client: Client, moment: Instant): Promise<void> => {
  await client.unreadableDelivery.deleteMany({ where: { receivedAt: { lt: sqlInstant(moment) } } });
};

/** How many deliveries of a store wait to be read again. */
export const countUnreadable = (client: Pick<Tx, 'unreadableDelivery'>, programId: ProgramId, storeId: StoreId): Promise<number> =>
  client.unreadableDelivery.count({ where: { programId, storeId } });

/** The bodies of a store's deliveries that could not be read, encrypted. */
export const unreadableBodiesOf = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  storeId: StoreId,
): Promise<readonly { readonly id: string; readonly body: Uint8Array }[]> =>
  (
    await client.$queryRawUnsafe<{ id: string; body: string }[]>(
      `SELECT id::text, encode(body, 'base64') AS body FROM unreadable_delivery WHERE program_id = $1::text::uuid AND store_id = $2::text::uuid`,
      programId,
      storeId,
    )
  ).map(({ id, body }) => ({ id, body: new Uint8Array(Buffer.from(body, 'base64')) }));
