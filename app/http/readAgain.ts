import { instant } from '~/core/values/instant';
import type { Store } from '~/db/stores';
import { forgetDelivery, unreadableBody } from '~/db/unreadable';
import { moduleOf } from '~/process/platforms';
import { services } from '~/process/services';
import { refOf } from '~/usecases/deps';
import { effectOf, readOrderNow, untrueNow } from '~/usecases/followMessages';
import { askedOrderOf } from '~/usecases/keepUnreadable';
import { actOnAppMessage } from './shopify/appMessages';

/**
 * Reads a kept message again, as Health asks for it after a mend; it is forgotten when it could be read. False: it
 * still cannot, or is gone.
 */
export const readAgain = async (store: Store, id: string): Promise<boolean> => {
  const { deps } = await services();
  const kept = await unreadableBody(deps.database.prisma, store.programId, id);
  if (kept === null) return false;
  if (!(await actAgain(store, kept.topic, kept.webhookId, kept.body === null ? null : deps.secrets.decrypt(kept.body))))
    return false;
  await forgetDelivery(deps.database.prisma, store.programId, id);
  return true;
};

const actAgain = async (store: Store, topic: string, webhookId: string, body: string | null): Promise<boolean> => {
  const { deps } = await services();
  const orderId = askedOrderOf(webhookId);
  if (orderId !== null) {
    await deps.enqueue([readOrderNow(refOf(store), orderId)]);
    return true;
  }
  if (body === null) return false;
  const acted = store.platform === 'shopify' ? await actOnAppMessage(store, topic, webhookId, body) : null;
  if (acted !== null) return acted;
  const read = moduleOf(store.platform).readAgain({ topic }, body, deps.secrets.hashEmail);
  if (read.kind === 'unreadable') return false;
  const messages = read.kind === 'told' ? read.messages : [];
  const now = instant(Date.now());
  if (untrueNow(messages, now) !== null) return false;
  await deps.enqueue(messages.map((one) => effectOf(refOf(store), one, now)));
  return true;
};
