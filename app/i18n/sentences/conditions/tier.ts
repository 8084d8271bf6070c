import { tell } from '../say';
import { groupNames, type ConditionWords } from './words';

export const tier: ConditionWords<'tier'> = {
  phrase: ({ tierIds }, say, { tiers }) =>
    tell(say, 'sentence.on_tier', { names: groupNames(tierIds, tiers?.levels ?? [], say, 'sentence.gone_tier') }),
  fields: { tierIds: 'field.condition.tierIds' },
};
