import { tell, thingsIn } from '../say';
import type { ConditionWords } from './words';

export const collection: ConditionWords<'collection'> = {
  phrase: ({ collectionIds }, say) =>
    tell(say, 'sentence.on_collection', { names: thingsIn(say, 'collection', collectionIds, 'sentence.collections') }),
  fields: { collectionIds: 'field.condition.collectionIds' },
};
