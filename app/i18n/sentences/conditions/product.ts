import { tell, thingsIn } from '../say';
import type { ConditionWords } from './words';

export const product: ConditionWords<'product'> = {
  phrase: ({ productIds }, say) =>
    tell(say, 'sentence.on_product', { names: thingsIn(say, 'product', productIds, 'sentence.products') }),
  fields: { productIds: 'field.condition.productIds' },
};
