import { z } from 'zod';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant, parseInstant, type Instant } from '~/core/values/instant';
import { readOrderPayload } from './orderPayload';
import type { Read, ShopMessage } from '~/platforms/message';

const platformId = z
  .union([z.string().regex(/^\d{1,20}$/), z.int().positive()])
  .transform((id) => asId<PlatformId>(String(id)));
const gid = z
  .string()
  .regex(/^gid:\/\/shopify\/Customer\/\d{1,20}$/)
  .transform((id) => asId<PlatformId>(id.slice(id.lastIndexOf('/') + 1)));
const refundSchema = z.object({ order_id: platformId, created_at: z.string() });
const editSchema = z.object({ order_edit: z.object({ order_id: platformId, created_at: z.string() }) });
const customerSchema = z.object({
  id: platformId,
  email: z.string().nullish(),
  verified_email: z.boolean().nullish(),
  updated_at: z.string().nullish(),
});
const labelsSchema = z.object({ customerId: gid, tags: z.array(z.string().max(255)).max(250), occurredAt: z.string() });
const mergeSchema = z.object({
  admin_graphql_api_customer_kept_id: gid,
  admin_graphql_api_customer_deleted_id: gid,
  status: z.string().nullish(),
});
const deletionSchema = z.object({ id: platformId });
const endOfTime = instant(8.64e15);
const productSchema = z.object({ id: platformId });

const unreadable = (sentence: string): Read => ({ kind: 'unreadable', status: 422, sentence });
const told = (message: ShopMessage): Read => ({ kind: 'told', messages: [message] });
const nothing: Read = { kind: 'nothing' };

/** What the payload of one of our topics says. `triggeredAt`: when it was sent, if that is known. */
export const readTopic = (
  topic: string,
  payload: unknown,
  hashEmail: (email: string) => string,
  triggeredAt: Instant | null = null,
): Read => {
  switch (topic) {
    case 'orders/create':
    case 'orders/paid':
    case 'orders/updated':
    case 'orders/cancelled':
    case 'orders/fulfilled': {
      const snapshot = readOrderPayload(payload, hashEmail);
      return snapshot.ok ? told({ kind: 'order', snapshot: snapshot.value }) : unreadable(snapshot.error.sentence);
    }
    case 'refunds/create': {
      const refund = refundSchema.safeParse(payload);
      return refund.success ? orderChanged(refund.data) : unreadable('The refund does not name its order.');
    }
    case 'orders/edited': {
      const edit = editSchema.safeParse(payload);
      return edit.success ? orderChanged(edit.data.order_edit) : unreadable('The edit does not name its order.');
    }
    case 'orders/delete': {
      const order = deletionSchema.safeParse(payload);
      // It does not say when: whatever the shop still shows of the order is read. A deletion itself changes no points.
      return order.success
        ? told({ kind: 'order_changed', orderId: order.data.id, newerThan: endOfTime })
        : unreadable('The message does not name the order.');
    }
    case 'customers/create':
    case 'customers/update':
      return readCustomer(payload, hashEmail);
    case 'customers/delete': {
      const customer = deletionSchema.safeParse(payload);
      return customer.success
        ? told({ kind: 'customer', customerId: customer.data.id, emailHash: null, toldAt: null, isDeleted: true })
        : unreadable('The customer has no id.');
    }
    case 'customer.tags_added':
      return readLabels(payload, 'added');
    case 'customer.tags_removed':
      return readLabels(payload, 'removed');
    case 'customers/merge':
      return readMerge(payload, triggeredAt);
    case 'products/update': {
      const product = productSchema.safeParse(payload);
      return product.success
        ? told({ kind: 'product_changed', productId: product.data.id })
        : unreadable('The product has no id.');
    }
    default:
      return nothing;
  }
};

const readCustomer = (payload: unknown, hashEmail: (email: string) => string): Read => {
  const customer = customerSchema.safeParse(payload);
  if (!customer.success) return unreadable('The customer has no id.');
  const { id: customerId, email, verified_email: verified, updated_at: updatedAt } = customer.data;
  if (verified == null) return nothing;
  const moment = updatedAt == null ? null : parseInstant(updatedAt);
  if (moment !== null && !moment.ok) return unreadable('The message does not say when the customer was updated.');
  const isVerified = verified && email != null && email.trim() !== '';
  const emailHash = isVerified ? hashEmail(email) : null;
  return told({ kind: 'customer', customerId, emailHash, toldAt: moment?.value ?? null, isDeleted: false });
};

const readLabels = (payload: unknown, kind: 'added' | 'removed'): Read => {
  const change = labelsSchema.safeParse(payload);
  if (!change.success) return unreadable('The message does not name the customer and the tags.');
  const { customerId, tags: labels, occurredAt } = change.data;
  const at = parseInstant(occurredAt);
  return at.ok
    ? told({ kind: 'labels', change: { customerId, kind, labels, at: at.value } })
    : unreadable('The message does not say when the tags were changed.');
};

const readMerge = (payload: unknown, triggeredAt: Instant | null): Read => {
  const merge = mergeSchema.safeParse(payload);
  if (!merge.success) return unreadable('The message does not name the two customers.');
  if (merge.data.status === 'failed') return nothing;
  const { admin_graphql_api_customer_deleted_id: gone, admin_graphql_api_customer_kept_id: kept } = merge.data;
  // The message itself does not say when it was.
  return told({ kind: 'customers_merged', gone, kept, at: triggeredAt });
};

const orderChanged = ({ order_id: orderId, created_at: createdAt }: z.infer<typeof refundSchema>): Read => {
  const happened = parseInstant(createdAt);
  if (!happened.ok) return unreadable('The message does not say when it happened.');
  // Platform times have whole seconds: a snapshot of the same second may be the one before.
  return told({ kind: 'order_changed', orderId, newerThan: instant(happened.value + 1000) });
};
