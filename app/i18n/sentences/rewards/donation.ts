import { moneyIn, pointsIn, tell } from '../say';
import type { RewardWords } from './words';

export const donation: RewardWords<'donation'> = {
  phrases: ({ points, amountMinor, currency, charity }, say) => [
    tell(say, 'sentence.reward_donation', {
      points: pointsIn(say, points),
      amount: moneyIn(say, amountMinor, currency),
      charity: charity === '' ? tell(say, 'sentence.charity_open') : charity,
    }),
  ],
  fields: { amountMinor: 'program.reward_amount', charity: 'program.reward_charity' },
};
