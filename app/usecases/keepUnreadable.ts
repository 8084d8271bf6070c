import { instant, type Instant } from '~/core/values/instant';
import { forgetDeliveriesBefore, keepDelivery } from '~/db/unreadable';
import type { Deps, StoreRef } from './deps';

const keptMs = 7 * 86_400_000;

/** Keeps a delivery that could not be read, encrypted, so that it is seen on Health and can be read again. */
export const keepUnreadable = async (
  { database, secrets }: Pick<Deps, 'database' | 'secrets'>,
  delivery: Pick<StoreRef, 'programId' | 'storeId'> & { readonly topic: string; readonly webhookId: string; readonly reason: string },
  body: string,
  now: Instant,
): Promise<void> => {
  const { programId, storeId, topic, webhookId, reason } = delivery;
  await keepDelivery(database.prisma, { programId, storeId, topic, webhookId, reason }, secrets.encrypt(body), now);
};

/** Deliveries are kept for seven days at most. */
export const forgetUnreadable = ({ database }: Pick<Deps, 'database'>, now: Instant): Promise<void> =>
  forgetDeliveriesBefore(database.prisma, instant(now - keptMs));
