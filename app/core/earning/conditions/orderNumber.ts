import { z } from 'zod';
import { orderCondition } from './condition';

/** The member's first, or n-th, order: test, cancelled and voided ones are not counted. */
export const orderNumber = orderCondition({
  kind: 'order_number',
  schema: z.strictObject({
    kind: z.literal('order_number'),
    numbers: z.array(z.int().min(1).max(10_000)).min(1).max(100),
  }),
  model: () => ({ numbers: [1] }),
  need: 'order_number',
  test: ({ numbers }) => {
    const wanted = new Set(numbers);
    return (order) => wanted.has(order.orderNumber);
  },
});
