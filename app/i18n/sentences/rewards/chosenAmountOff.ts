import { moneyIn, numberIn, pointsIn, tell } from '../say';
import type { RewardWords } from './words';

export const chosenAmountOff: RewardWords<'chosen_amount_off'> = {
  phrases: ({ stepPoints, stepAmountMinor, minPoints, maxPoints, currency }, say) => [
    // One choice only is a fixed discount.
    minPoints === maxPoints
      ? tell(say, 'sentence.reward_amount_off', {
          points: pointsIn(say, minPoints),
          amount: moneyIn(say, (minPoints / stepPoints) * stepAmountMinor, currency),
        })
      : tell(say, 'sentence.reward_chosen_amount_off', {
          amount: moneyIn(say, stepAmountMinor, currency),
          points: pointsIn(say, stepPoints),
          min: numberIn(say, minPoints),
          max: pointsIn(say, maxPoints),
        }),
  ],
  fields: {
    stepPoints: 'program.reward_step',
    stepAmountMinor: 'program.reward_step_amount',
    minPoints: 'program.reward_min',
    maxPoints: 'program.reward_max',
  },
};
