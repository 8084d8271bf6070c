import { z } from 'zod';
import { documentId } from '../../values/fields';
import { orderCondition } from './condition';

/** The member's tier at the order is one of the given. */
export const tier = orderCondition({
  kind: 'tier',
  schema: z.strictObject({ kind: z.literal('tier'), tierIds: z.array(documentId).min(1).max(20) }),
  model: ({ tierIds }) => (tierIds.length === 0 ? null : { tierIds: tierIds.slice(-1) }),
  need: 'tier',
  test: ({ tierIds }) => {
    const wanted = new Set(tierIds);
    return (order) => order.tier !== null && wanted.has(order.tier);
  },
});
