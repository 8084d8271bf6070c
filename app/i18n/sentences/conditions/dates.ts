import { daysPhrase } from '../days';
import type { ConditionWords } from './words';

export const dates: ConditionWords<'dates'> = {
  phrase: daysPhrase,
  fields: { from: 'field.condition.from', to: 'field.condition.to' },
};
