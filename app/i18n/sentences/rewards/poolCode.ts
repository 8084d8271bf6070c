import { pointsIn, tell } from '../say';
import type { RewardWords } from './words';

export const poolCode: RewardWords<'pool_code'> = {
  phrases: ({ points, name }, say) => [
    tell(say, 'sentence.reward_pool_code', { points: pointsIn(say, points), name: name[say.language] }),
  ],
  fields: { poolId: 'program.reward_pool', warnAt: 'program.reward_warn_at' },
};
