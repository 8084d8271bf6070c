import { moneyIn, tell } from '../say';
import type { ConditionWords } from './words';

export const minimumSpend: ConditionWords<'minimum_spend'> = {
  phrase: ({ amountMinor, currency }, say) =>
    tell(say, 'sentence.on_minimum_spend', { amount: moneyIn(say, amountMinor, currency) }),
  fields: { amountMinor: 'field.condition.amountMinor' },
};
