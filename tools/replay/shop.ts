import { addLabelFact, allLabelsAt, type LabelFact } from '~/core/evaluation/labels';
import type { PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { createMemoryShop, type MemoryShop } from '~/platforms/memory/shop';
import type { ShopFacts } from '~/platforms/platform';

/** The shop in memory, which knows what the files of a replay say. */
export type ReplayShop = MemoryShop & {
  /** What the files tell of a customer's labels, at any moment. */
  readonly addLabels: (customerId: PlatformId, fact: LabelFact) => void;
  /** Whether the files tell of labels at all. */
  readonly hasLabels: () => boolean;
};

/** `clock` tells how far the replay is: the shop knows no later state, unless it knows no other. */
export const createReplayShop = (facts: Partial<ShopFacts>, clock: () => Instant): ReplayShop => {
  const shop = createMemoryShop({ facts, clock, everybody: true, pageSize: 250 });
  const known = new Map<PlatformId, readonly LabelFact[]>();
  return Object.assign(shop, {
    addLabels: (customerId: PlatformId, fact: LabelFact) => {
      const facts = addLabelFact(known.get(customerId) ?? [], fact);
      known.set(customerId, facts);
      // What one fact says may change what another one presupposes: the states are made anew.
      shop.customers.remove(customerId);
      const first = facts[0]?.at ?? fact.at;
      for (const at of [instant(first - 1), ...facts.map((one) => one.at)])
        shop.putCustomer(customerId, { marks: allLabelsAt(facts, at) }, at);
    },
    hasLabels: () => known.size > 0,
  });
};
