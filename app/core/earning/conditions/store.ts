import { z } from 'zod';
import { orderCondition } from './condition';

/** The order was placed at one of the given stores of the program. */
export const store = orderCondition({
  kind: 'store',
  schema: z.strictObject({ kind: z.literal('store'), storeIds: z.array(z.uuid()).min(1).max(100) }),
  model: ({ storeIds }) => (storeIds.length < 2 ? null : { storeIds: storeIds.slice(0, 1) }),
  need: null,
  test: ({ storeIds }) => {
    const wanted = new Set(storeIds);
    return ({ storeId }) => wanted.has(storeId);
  },
});
