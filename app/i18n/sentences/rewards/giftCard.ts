import { countIn, moneyIn, pointsIn, tell } from '../say';
import type { RewardWords } from './words';

export const giftCard: RewardWords<'gift_card'> = {
  phrases: ({ points, amountMinor, currency, validDays }, say) => [
    tell(say, 'sentence.reward_gift_card', {
      points: pointsIn(say, points),
      amount: moneyIn(say, amountMinor, currency),
    }),
    ...(validDays === null ? [] : [countIn(say, 'sentence.reward_spend_days', validDays)]),
  ],
  fields: { amountMinor: 'program.reward_amount' },
};
