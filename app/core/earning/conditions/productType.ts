import { z } from 'zod';
import { shopText } from '../../values/fields';
import { fold, folded, lineCondition } from './condition';

/** Lines whose product is of one of the given types. */
export const productType = lineCondition({
  kind: 'product_type',
  schema: z.strictObject({ kind: z.literal('product_type'), types: z.array(shopText).min(1).max(200) }),
  model: () => ({ types: [] }),
  need: 'products',
  test: ({ types }) => {
    const wanted = folded(types);
    return ({ type }) => type !== null && wanted.has(type);
  },
  keys: ({ types }) => types.map((type) => `y${fold(type)}`),
});
