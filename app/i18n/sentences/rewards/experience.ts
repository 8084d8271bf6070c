import type { LocalizedText } from '~/core/values/text';
import { countIn, pointsIn, tell } from '../say';
import type { RewardWords } from './words';

export const experience: RewardWords<'experience'> = {
  phrases: ({ points, name, stock, doneWithinDays }, say) => [
    tell(say, 'sentence.reward_experience', { points: pointsIn(say, points), name: name[say.language] }),
    ...(stock === null ? [] : [countIn(say, 'sentence.reward_stock', stock)]),
    countIn(say, 'sentence.reward_done_within', doneWithinDays),
  ],
  fields: {
    stock: 'program.reward_stock',
    doneWithinDays: 'program.reward_done_within',
    question: 'program.reward_question',
  },
  values: { question: (text: LocalizedText, say) => tell(say, 'sentence.quoted', { text: text[say.language] }) },
};
