import { z } from 'zod';
import { platformId } from '../../values/fields';
import { lineCondition } from './condition';

/** Lines of the given products. */
export const product = lineCondition({
  kind: 'product',
  schema: z.strictObject({ kind: z.literal('product'), productIds: z.array(platformId).min(1).max(1000) }),
  model: () => ({ productIds: [] }),
  need: null,
  test: ({ productIds }) => {
    const wanted = new Set(productIds);
    return ({ productId }) => productId !== null && wanted.has(productId);
  },
  keys: ({ productIds }) => productIds.map((id) => `p${id}`),
});
