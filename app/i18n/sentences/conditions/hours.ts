import { tell } from '../say';
import type { ConditionWords } from './words';

export const hours: ConditionWords<'hours'> = {
  phrase: ({ from, to }, say) => tell(say, 'sentence.on_hours', { from, to }),
  fields: { from: 'field.condition.from', to: 'field.condition.to' },
};
