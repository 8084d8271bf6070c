import { z } from 'zod';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant, parseInstant, type Instant } from '~/core/values/instant';
import { readOrderPayload } from './orderPayload';
import type { StoreRef } from '~/usecases/deps';
import type { Effect } from '~/usecases/effects/effect';
import { forgetProductLater } from '~/usecases/effects/forgetProduct';
import { mergeCustomersLater } from '~/usecases/effects/mergeCustomers';
import { noteCustomerLater } from '~/usecases/effects/noteCustomer';
import { noteLabelsLater } from '~/usecases/effects/noteLabels';
import { readOrderLater } from '~/usecases/effects/readOrder';
import { settleOrderLater } from '~/usecases/effects/settleOrder';

// A message without an order waits this long for the snapshot that usually follows it.
const readBackAfterSeconds = 60;

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

/** What a verified delivery of one of our topics leads to, or the sentence that says why it cannot be read. */
export const effectsOf = (
  topic: string,
  payload: unknown,
  store: StoreRef,
  hashEmail: (email: string) => string,
  triggeredAt: Instant | null = null,
): readonly Effect[] | string => {
  switch (topic) {
    case 'orders/create':
    case 'orders/paid':
    case 'orders/updated':
    case 'orders/cancelled':
    case 'orders/fulfilled': {
      const snapshot = readOrderPayload(payload, hashEmail);
      return snapshot.ok ? [settleOrderLater.of({ store, snapshot: snapshot.value })] : snapshot.error.sentence;
    }
    case 'refunds/create': {
      const refund = refundSchema.safeParse(payload);
      return refund.success ? readBack(store, refund.data) : 'The refund does not name its order.';
    }
    case 'orders/edited': {
      const edit = editSchema.safeParse(payload);
      return edit.success ? readBack(store, edit.data.order_edit) : 'The edit does not name its order.';
    }
    case 'orders/delete': {
      const order = deletionSchema.safeParse(payload);
      // It does not say when: whatever the shop still shows of the order is read. A deletion itself changes no points.
      return order.success ? [readBackOf(store, order.data.id, endOfTime)] : 'The message does not name the order.';
    }
    case 'customers/create':
    case 'customers/update': {
      const customer = customerSchema.safeParse(payload);
      if (!customer.success) return 'The customer has no id.';
      const { id: customerId, email, verified_email: verified, updated_at: updatedAt } = customer.data;
      if (verified == null) return [];
      const told = updatedAt == null ? null : parseInstant(updatedAt);
      if (told !== null && !told.ok) return 'The message does not say when the customer was updated.';
      const isVerified = verified && email != null && email.trim() !== '';
      const emailHash = isVerified ? hashEmail(email) : null;
      return [noteCustomerLater.of({ store, customerId, emailHash, toldAt: told?.value ?? null, isDeleted: false })];
    }
    case 'customers/delete': {
      const customer = deletionSchema.safeParse(payload);
      if (!customer.success) return 'The customer has no id.';
      return [
        noteCustomerLater.of({ store, customerId: customer.data.id, emailHash: null, toldAt: null, isDeleted: true }),
      ];
    }
    case 'customer.tags_added':
    case 'customer.tags_removed': {
      const change = labelsSchema.safeParse(payload);
      if (!change.success) return 'The message does not name the customer and the tags.';
      const { customerId, tags: labels, occurredAt } = change.data;
      const at = parseInstant(occurredAt);
      if (!at.ok) return 'The message does not say when the tags were changed.';
      return [
        noteLabelsLater.of({
          store,
          change: { customerId, kind: topic === 'customer.tags_added' ? 'added' : 'removed', labels, at: at.value },
        }),
      ];
    }
    case 'customers/merge': {
      const merge = mergeSchema.safeParse(payload);
      if (!merge.success) return 'The message does not name the two customers.';
      if (merge.data.status === 'failed') return [];
      const { admin_graphql_api_customer_deleted_id: gone, admin_graphql_api_customer_kept_id: kept } = merge.data;
      // The message itself does not say when it was.
      return [mergeCustomersLater.of({ store, gone, kept, ...(triggeredAt === null ? {} : { at: triggeredAt }) })];
    }
    case 'products/update': {
      const product = productSchema.safeParse(payload);
      return product.success
        ? [forgetProductLater.of({ store, productId: product.data.id })]
        : 'The product has no id.';
    }
    default:
      return [];
  }
};

const readBack = (store: StoreRef, message: z.infer<typeof refundSchema>): readonly Effect[] | string => {
  const happened = parseInstant(message.created_at);
  if (!happened.ok) return 'The message does not say when it happened.';
  // Platform times have whole seconds: a snapshot of the same second may be the one before.
  return [readBackOf(store, message.order_id, instant(happened.value + 1000))];
};

const readBackOf = (store: StoreRef, orderId: PlatformId, newerThan: Instant): Effect =>
  readOrderLater.of({ store, orderId, newerThan, delaySeconds: readBackAfterSeconds });
