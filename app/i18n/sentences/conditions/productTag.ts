import { listIn, tell } from '../say';
import type { ConditionWords } from './words';

export const productTag: ConditionWords<'product_tag'> = {
  phrase: ({ tags }, say) => tell(say, 'sentence.on_product_tag', { names: listIn(say, tags, true) }),
  fields: { tags: 'field.condition.tags' },
};
