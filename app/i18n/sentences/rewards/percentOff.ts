import { formatPercent } from '../../format';
import { moneyIn, pointsIn, tell, type SentenceSay } from '../say';
import type { RewardWords } from './words';

const wholeBasis = 10_000;

const percentIn = (basisPoints: number, { language }: SentenceSay): string =>
  formatPercent(language, basisPoints / wholeBasis, 2);

export const percentOff: RewardWords<'percent_off'> = {
  phrases: ({ points, basisPoints, capMinor, currency }, say) => [
    tell(say, 'sentence.reward_percent_off', {
      points: pointsIn(say, points),
      percent: Number.isFinite(basisPoints) ? percentIn(basisPoints, say) : tell(say, 'sentence.unread'),
    }),
    ...(capMinor === null ? [] : [tell(say, 'sentence.reward_cap', { amount: moneyIn(say, capMinor, currency) })]),
  ],
  fields: { basisPoints: 'program.reward_percent', capMinor: 'program.reward_cap' },
  values: { basisPoints: percentIn },
};
