import { isPlatformId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { forgetBeyond, forgetDeliveriesBefore, keepDelivery, type KeptLimits } from '~/db/unreadable';
import type { Deps, StoreRef } from './deps';

const keptMs = 7 * 86_400_000;
/** A larger body is kept by its size alone: an order of hundreds of lines has a quarter of this. */
const bodyMaxBytes = 1024 * 1024;
/** Of one store. The newest stay, because the newest state of an order says all that the ones before it say. */
const limits: KeptLimits = { count: 500, bytes: 20 * 1024 * 1024 };

/** What came and could not be read. Several messages with one `webhookId` are one that was sent again. */
export type Unreadable = Pick<StoreRef, 'programId' | 'storeId'> & {
  readonly topic: string;
  readonly webhookId: string;
  /** One sentence, nothing personal. */
  readonly reason: string;
};

/**
 * Keeps a delivery that could not be read, encrypted, so that it is seen on Health and can be read again. Of each store
 * at most 500 and 20 MB are kept, the newest; a body of more than 1 MB is left out.
 */
export const keepUnreadable = async (
  { database, secrets }: Pick<Deps, 'database' | 'secrets'>,
  { programId, storeId, topic, webhookId, reason }: Unreadable,
  body: string | null,
  now: Instant,
): Promise<void> => {
  const bytes = body === null ? 0 : Buffer.byteLength(body);
  const sealed = body === null || bytes > bodyMaxBytes ? null : secrets.encrypt(body);
  await keepDelivery(database.prisma, { programId, storeId, topic, webhookId, reason, bytes, body: sealed }, now);
  await forgetBeyond(database.prisma, { programId, storeId }, limits);
};

/** The name under which Health shows an order that was asked for and could not be read. */
const askedTopic = 'orders/read';
const askedPrefix = `${askedTopic}:`;

/** The order of such a one; null: it is a message that came. */
export const askedOrderOf = (webhookId: string): PlatformId | null => {
  if (!webhookId.startsWith(askedPrefix)) return null;
  // Behind the store's own id, which has no colon; an order's may have one.
  const orderId = webhookId.slice(webhookId.indexOf(':', askedPrefix.length) + 1);
  return isPlatformId(orderId) ? orderId : null;
};

/**
 * The same for an order that we asked the platform for: it has no body to be read again, and is shown once however
 * often we ask.
 */
export const keepUnreadableOrder = (
  deps: Pick<Deps, 'database' | 'secrets'>,
  { programId, storeId }: StoreRef,
  orderId: PlatformId,
  reason: string,
  now: Instant,
): Promise<void> =>
  keepUnreadable(
    deps,
    { programId, storeId, topic: askedTopic, webhookId: `${askedPrefix}${storeId}:${orderId}`, reason },
    null,
    now,
  );

/** Deliveries are kept for seven days at most. */
export const forgetUnreadable = ({ database }: Pick<Deps, 'database'>, now: Instant): Promise<void> =>
  forgetDeliveriesBefore(database.prisma, instant(now - keptMs));
