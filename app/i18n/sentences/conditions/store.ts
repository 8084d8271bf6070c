import { tell, thingsIn } from '../say';
import type { ConditionWords } from './words';

export const store: ConditionWords<'store'> = {
  phrase: ({ storeIds }, say) =>
    tell(say, 'sentence.on_store', { names: thingsIn(say, 'store', storeIds, 'sentence.stores') }),
  fields: { storeIds: 'field.condition.storeIds' },
};
