import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant, parseInstant } from '~/core/values/instant';
import { log } from '~/log.server';
import { readOrderPayload } from '~/platforms/shopify/orderPayload';
import { services } from '~/services.server';
import type { Effect, StoreRef } from '~/usecases/deps';
import { receiveWebhook, storeOf, unreadable, type Delivery } from '~/webhooks.server';

// A message without an order waits this long for the snapshot that usually follows it.
const readBackAfterSeconds = 60;

const orderId = z.union([z.string().regex(/^\d{1,20}$/), z.int().positive()]).transform((id) => asId<PlatformId>(String(id)));
const refundSchema = z.object({ order_id: orderId, created_at: z.string() });
const editSchema = z.object({ order_edit: z.object({ order_id: orderId, created_at: z.string() }) });

/** Orders and what happens to them: one snapshot or one read-back on the queue, in one round trip. */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> =>
  receiveWebhook(request, async (delivery) => {
    const store = await storeOf(delivery);
    if (store === null) {
      log.info({ topic: delivery.topic, shop: delivery.domain }, 'webhook of a shop that has not opened the app');
      return null;
    }
    const { deps } = await services();
    const ref = { programId: store.programId, storeId: store.storeId, domain: store.domain };
    const effect = effectOf(delivery, ref, deps.secrets.hashEmail);
    if (typeof effect === 'string') return unreadable(delivery, effect);
    await deps.enqueue([effect]);
    return null;
  });

/** What a delivery leads to, or the sentence that says why it cannot be read. */
const effectOf = (delivery: Delivery, store: StoreRef, hashEmail: (email: string) => string): Effect | string => {
  switch (delivery.topic) {
    case 'refunds/create': {
      const refund = refundSchema.safeParse(delivery.payload);
      return refund.success ? readBack(store, refund.data) : 'The refund does not name its order.';
    }
    case 'orders/edited': {
      const edit = editSchema.safeParse(delivery.payload);
      return edit.success ? readBack(store, edit.data.order_edit) : 'The edit does not name its order.';
    }
    default: {
      const snapshot = readOrderPayload(delivery.payload, hashEmail);
      return snapshot.ok ? { kind: 'settle_order', store, snapshot: snapshot.value } : snapshot.error.sentence;
    }
  }
};

const readBack = (store: StoreRef, message: z.infer<typeof refundSchema>): Effect | string => {
  const happened = parseInstant(message.created_at);
  if (!happened.ok) return 'The message does not say when it happened.';
  // Platform times have whole seconds: a snapshot of the same second may be the one before.
  const newerThan = instant(happened.value + 1000);
  return { kind: 'read_order', store, orderId: message.order_id, newerThan, delaySeconds: readBackAfterSeconds };
};
