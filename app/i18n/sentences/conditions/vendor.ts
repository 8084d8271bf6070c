import { listIn, tell } from '../say';
import type { ConditionWords } from './words';

export const vendor: ConditionWords<'vendor'> = {
  phrase: ({ vendors }, say) => tell(say, 'sentence.on_vendor', { names: listIn(say, vendors, true) }),
  fields: { vendors: 'field.condition.vendors' },
};
