import { z } from 'zod';
import { shopText } from '../../values/fields';
import { fold, folded, lineCondition } from './condition';

/** Lines whose product carries one of the given tags. */
export const productTag = lineCondition({
  kind: 'product_tag',
  schema: z.strictObject({ kind: z.literal('product_tag'), tags: z.array(shopText).min(1).max(200) }),
  model: () => ({ tags: [] }),
  need: 'products',
  test: (condition) => {
    const wanted = folded(condition.tags);
    return ({ tags }) => tags.some((tag) => wanted.has(tag));
  },
  keys: ({ tags }) => tags.map((tag) => `t${fold(tag)}`),
});
