import type { PartnerCost } from '~/core/rewards/grants';
import { moneyIn, pointsIn, tell } from '../say';
import type { RewardWords } from './words';

export const partner: RewardWords<'partner'> = {
  phrases: ({ points, name }, say) => [
    tell(say, 'sentence.reward_partner', { points: pointsIn(say, points), name: name[say.language] }),
  ],
  fields: {
    provider: 'program.reward_partner',
    itemId: 'program.reward_partner_item',
    cost: 'program.reward_partner_cost',
  },
  values: { cost: (cost: PartnerCost, say) => moneyIn(say, cost.amountMinor, cost.currency) },
};
