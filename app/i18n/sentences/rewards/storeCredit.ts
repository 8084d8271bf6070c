import { countIn, moneyIn, pointsIn, tell } from '../say';
import type { RewardWords } from './words';

export const storeCredit: RewardWords<'store_credit'> = {
  phrases: ({ points, amountMinor, currency, validDays }, say) => [
    tell(say, 'sentence.reward_store_credit', {
      points: pointsIn(say, points),
      amount: moneyIn(say, amountMinor, currency),
    }),
    countIn(say, 'sentence.reward_spend_days', validDays),
  ],
  fields: { amountMinor: 'program.reward_amount' },
};
