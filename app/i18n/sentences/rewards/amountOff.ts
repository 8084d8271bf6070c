import { moneyIn, pointsIn, tell } from '../say';
import type { RewardWords } from './words';

export const amountOff: RewardWords<'amount_off'> = {
  phrases: ({ points, amountMinor, currency }, say) => [
    tell(say, 'sentence.reward_amount_off', {
      points: pointsIn(say, points),
      amount: moneyIn(say, amountMinor, currency),
    }),
  ],
  fields: { amountMinor: 'program.reward_amount' },
};
