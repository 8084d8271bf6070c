import { nowOf, timeText, type Customer, type Devstore } from '../process/state';
import { sendWebhook } from '../webhooks/webhooks';

/**
 * Gives a customer other tags, as the app or the merchant does; Shopify tells it afterwards, one message for each
 * direction.
 */
export const tagCustomer = (store: Devstore, customer: Customer, tags: readonly string[]): void => {
  const before = [...customer.tags];
  customer.tags.splice(0, before.length, ...tags);
  const now = nowOf(store);
  const changes = [
    ['customer.tags_added', tags.filter((tag) => !before.includes(tag))],
    ['customer.tags_removed', before.filter((tag) => !tags.includes(tag))],
  ] as const;
  for (const [topic, changed] of changes) {
    if (changed.length === 0) continue;
    customer.updatedAt = timeText(now);
    void sendWebhook(store, topic, {
      customerId: `gid://shopify/Customer/${customer.id}`,
      tags: changed,
      occurredAt: now.toISOString(),
    });
  }
};
