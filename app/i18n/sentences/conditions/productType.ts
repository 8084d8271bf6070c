import { listIn, tell } from '../say';
import type { ConditionWords } from './words';

export const productType: ConditionWords<'product_type'> = {
  phrase: ({ types }, say) => tell(say, 'sentence.on_product_type', { names: listIn(say, types, true) }),
  fields: { types: 'field.condition.types' },
};
