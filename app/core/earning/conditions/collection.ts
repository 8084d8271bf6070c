import { z } from 'zod';
import { platformId } from '../../values/fields';
import { lineCondition } from './condition';

/** Lines whose product belongs to one of the given collections. */
export const collection = lineCondition({
  kind: 'collection',
  schema: z.strictObject({ kind: z.literal('collection'), collectionIds: z.array(platformId).min(1).max(200) }),
  model: () => ({ collectionIds: [] }),
  need: 'products',
  test: ({ collectionIds }) => {
    const wanted = new Set(collectionIds);
    return ({ collections }) => collections.some((id) => wanted.has(id));
  },
  keys: ({ collectionIds }) => collectionIds.map((id) => `c${id}`),
});
