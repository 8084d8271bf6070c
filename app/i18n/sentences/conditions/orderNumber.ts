import { listIn, tell } from '../say';
import { isJust, type ConditionWords } from './words';

export const orderNumber: ConditionWords<'order_number'> = {
  phrase: ({ numbers }, say) =>
    isJust(numbers, 1)
      ? tell(say, 'sentence.on_first_order')
      : tell(say, 'sentence.on_order_number', { names: listIn(say, numbers.map(String), true) }),
  fields: { numbers: 'field.condition.numbers' },
};
