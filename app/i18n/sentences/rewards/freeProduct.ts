import { moneyIn, pointsIn, tell, thingsIn } from '../say';
import type { RewardWords } from './words';

export const freeProduct: RewardWords<'free_product'> = {
  phrases: ({ points, variantIds, copayMinor, currency }, say) => [
    tell(say, 'sentence.reward_free_product', {
      points: pointsIn(say, points),
      product:
        variantIds.length === 0
          ? tell(say, 'sentence.product_open')
          : thingsIn(say, 'variant', variantIds, 'sentence.products'),
    }),
    ...(copayMinor === 0 ? [] : [tell(say, 'sentence.reward_copay', { amount: moneyIn(say, copayMinor, currency) })]),
  ],
  fields: {
    variantIds: 'program.reward_variants',
    copayMinor: 'program.reward_copay',
    collectionIds: 'program.reward_collections',
  },
  values: {
    variantIds: (ids: string[], say) => thingsIn(say, 'variant', ids, 'sentence.products'),
    collectionIds: (ids: string[], say) => thingsIn(say, 'collection', ids, 'sentence.collections'),
  },
};
