import { z } from 'zod';
import { orderCondition } from './condition';

/** The order was placed on one of the given days of the week, 1 (Monday) to 7 (Sunday), in the store's zone. */
export const weekday = orderCondition({
  kind: 'weekday',
  schema: z.strictObject({ kind: z.literal('weekday'), days: z.array(z.int().min(1).max(7)).min(1).max(7) }),
  model: () => ({ days: [6, 7] }),
  need: null,
  test: ({ days }) => {
    const wanted = new Set(days);
    return ({ clock }) => wanted.has(clock().weekday);
  },
});
