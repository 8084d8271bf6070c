import { randomUUID } from 'node:crypto';
import { instant, type Instant } from '~/core/values/instant';
import type { ProgramId, StoreId } from '~/core/values/ids';
import { sqlInstant } from './json';
import type { Tx } from './inTransaction';

type Client = Pick<Tx, 'unreadableDelivery'>;

/** A delivery that could not be read: its topic, and why. Its body is encrypted, or was too large to be kept. */
export type UnreadableView = {
  readonly id: string;
  readonly topic: string;
  readonly webhookId: string;
  readonly reason: string;
  readonly receivedAt: Instant;
  /** Of the body as it came. */
  readonly bytes: number;
  readonly hasBody: boolean;
};

export type UnreadableDelivery = {
  readonly programId: ProgramId;
  readonly storeId: StoreId;
  readonly topic: string;
  readonly webhookId: string;
  readonly reason: string;
  /** Of the body as it came; `body` is null when that was too much to keep. */
  readonly bytes: number;
  readonly body: Uint8Array | null;
};

/** Keeps a delivery; one that the platform sends again is kept once. */
export const keepDelivery = async (
  client: Pick<Tx, '$executeRawUnsafe'>,
  delivery: UnreadableDelivery,
  now: Instant,
): Promise<void> => {
  // Bytes go as base64: the two drivers do not agree on them.
  await client.$executeRawUnsafe(
    `INSERT INTO unreadable_delivery (program_id, id, store_id, topic, webhook_id, reason, body, bytes, received_at)
     SELECT $1::text::uuid, $2::text::uuid, $3::text::uuid, $4::text, $5::text, $6::text, decode($7::text, 'base64'),
       $8::text::int, $9::text::timestamptz
     WHERE NOT EXISTS (SELECT FROM unreadable_delivery u WHERE u.program_id = $1::text::uuid
       AND u.webhook_id = $5::text)`,
    delivery.programId,
    randomUUID(),
    delivery.storeId,
    delivery.topic,
    delivery.webhookId,
    delivery.reason,
    delivery.body === null ? null : Buffer.from(delivery.body).toString('base64'),
    String(delivery.bytes),
    sqlInstant(now),
  );
};

/** How much may be kept of one store. */
export type KeptLimits = { readonly count: number; readonly bytes: number };

/** Forgets the oldest of a store's deliveries beyond a number of them, or of bytes of their bodies. */
export const forgetBeyond = async (
  client: Pick<Tx, '$executeRawUnsafe'>,
  { programId, storeId }: Pick<UnreadableDelivery, 'programId' | 'storeId'>,
  limits: KeptLimits,
): Promise<void> => {
  await client.$executeRawUnsafe(
    `DELETE FROM unreadable_delivery d USING (
       SELECT u.id, row_number() OVER newest AS n, sum(coalesce(octet_length(u.body), 0)) OVER newest AS bytes
       FROM unreadable_delivery u WHERE u.program_id = $1::text::uuid AND u.store_id = $2::text::uuid
       WINDOW newest AS (ORDER BY u.received_at DESC, u.id ROWS UNBOUNDED PRECEDING)
     ) k WHERE d.program_id = $1::text::uuid AND d.id = k.id AND (k.n > $3::text::int OR k.bytes > $4::text::bigint)`,
    programId,
    storeId,
    String(limits.count),
    String(limits.bytes),
  );
};

type ViewRow = Pick<UnreadableView, 'id' | 'topic' | 'reason' | 'bytes'> & {
  webhook_id: string;
  at: number;
  has_body: boolean;
};

/** The newest deliveries of a store that could not be read. */
export const unreadableOf = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  storeId: StoreId,
  limit: number,
): Promise<readonly UnreadableView[]> =>
  (
    await client.$queryRawUnsafe<ViewRow[]>(
      `SELECT id::text, topic, webhook_id, reason, (date_part('epoch', received_at) * 1000)::float8 AS at, bytes,
        body IS NOT NULL AS has_body
       FROM unreadable_delivery WHERE program_id = $1::text::uuid AND store_id = $2::text::uuid
       ORDER BY received_at DESC LIMIT ${limit}`,
      programId,
      storeId,
    )
  ).map(({ at, has_body: hasBody, webhook_id: webhookId, ...row }) => ({
    ...row,
    webhookId,
    hasBody,
    receivedAt: instant(at),
  }));

/** A kept delivery with its encrypted body (null: that was not kept); null when it is gone. */
export const unreadableBody = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  id: string,
): Promise<{ readonly topic: string; readonly webhookId: string; readonly body: Uint8Array | null } | null> => {
  const [row] = await client.$queryRawUnsafe<{ topic: string; webhook_id: string; body: string | null }[]>(
    `SELECT topic, webhook_id, encode(body, 'base64') AS body FROM unreadable_delivery
     WHERE program_id = $1::text::uuid AND id = $2::text::uuid`,
    programId,
    id,
  );
  if (row === undefined) return null;
  const body = row.body === null ? null : new Uint8Array(Buffer.from(row.body, 'base64'));
  return { topic: row.topic, webhookId: row.webhook_id, body };
};

export const forgetDelivery = async (client: Client, programId: ProgramId, id: string): Promise<void> => {
  await client.unreadableDelivery.deleteMany({ where: { programId, id } });
};

/** Forgets what came before a moment, whatever the tenant: bodies hold what customers wrote. */
export const forgetDeliveriesBefore = async (client: Client, moment: Instant): Promise<void> => {
  await client.unreadableDelivery.deleteMany({ where: { receivedAt: { lt: sqlInstant(moment) } } });
};

/** How many deliveries of a store wait to be read again. */
export const countUnreadable = (
  client: Pick<Tx, 'unreadableDelivery'>,
  programId: ProgramId,
  storeId: StoreId,
): Promise<number> => client.unreadableDelivery.count({ where: { programId, storeId } });

/** The bodies of a store's deliveries that could not be read, encrypted; one that was too large has none. */
export const unreadableBodiesOf = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  storeId: StoreId,
): Promise<readonly { readonly id: string; readonly body: Uint8Array }[]> =>
  (
    await client.$queryRawUnsafe<{ id: string; body: string }[]>(
      `SELECT id::text, encode(body, 'base64') AS body FROM unreadable_delivery WHERE program_id = $1::text::uuid
        AND store_id = $2::text::uuid AND body IS NOT NULL`,
      programId,
      storeId,
    )
  ).map(({ id, body }) => ({ id, body: new Uint8Array(Buffer.from(body, 'base64')) }));
