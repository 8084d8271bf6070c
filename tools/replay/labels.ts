import { z } from 'zod';
import { labelFact, type LabelFact } from '~/core/evaluation/labels';
import { asId, type PlatformId } from '~/core/values/ids';
import { parseInstant } from '~/core/values/instant';
import { readTopic } from '~/platforms/shopify/readTopic';
import type { House } from './house';
import { replayLines } from './lines';

const id = z
  .union([z.string().regex(/^\d{1,20}$/), z.int().nonnegative()])
  .transform((value) => asId<PlatformId>(String(value)));
const state = z.object({ updated_at: z.string(), customer: z.object({ id, tags: z.string() }) });

/** The labels that an order's payload shows of its customer, as older versions of it did; null: it shows none. */
export const labelsShownBy = (
  payload: unknown,
): { readonly customerId: PlatformId; readonly fact: LabelFact } | null => {
  const shown = state.safeParse(payload);
  const at = shown.success ? parseInstant(shown.data.updated_at) : null;
  if (!shown.success || at?.ok !== true) return null;
  return { customerId: shown.data.customer.id, fact: labelFact('read', shown.data.customer.tags.split(','), at.value) };
};

/**
 * Reads through the deliveries what they tell of customers' labels, before they are replayed: the platform of a replay
 * knows at each moment what was so then, whenever a message told it.
 */
export const learnLabels = async (house: House, file: string): Promise<void> => {
  for await (const line of replayLines(file)) {
    if (line.kind !== 'delivery') continue;
    const { topic, shop: domain, body } = line.delivery;
    const shown = topic.startsWith('orders/') ? labelsShownBy(body) : null;
    const isOfLabels = topic === 'customer.tags_added' || topic === 'customer.tags_removed';
    if (shown === null && !isOfLabels) continue;
    const store = await house.storeOf(domain);
    const shop = house.shopOf(store.domain);
    if (shown !== null) shop.addLabels(shown.customerId, shown.fact);
    const read = isOfLabels ? readTopic(topic, body, house.deps.secrets.hashEmail) : null;
    if (read?.kind !== 'told') continue; // what cannot be read the replay itself says, with the line's number
    for (const message of read.messages) {
      if (message.kind !== 'labels') continue;
      const { customerId, kind, labels, at } = message.change;
      shop.addLabels(customerId, labelFact(kind, labels, at));
    }
  }
};
