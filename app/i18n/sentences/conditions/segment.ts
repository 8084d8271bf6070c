import { tell } from '../say';
import { groupNames, type ConditionWords } from './words';

export const segment: ConditionWords<'segment'> = {
  phrase: ({ segmentIds }, say, { segments }) =>
    tell(say, 'sentence.on_segment', { names: groupNames(segmentIds, segments, say, 'sentence.gone_segment') }),
  fields: { segmentIds: 'field.condition.segmentIds' },
};
