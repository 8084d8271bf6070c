import { dateFormatOf } from '../../catalog';
import { joined, tell, type SentenceSay } from '../say';
import { isJust, type ConditionWords } from './words';

const monday = Date.parse('2026-06-01T12:00:00Z');
const dayMs = 86_400_000;

const weekdayIn = ({ language }: SentenceSay, day: number): string =>
  dateFormatOf(language, { weekday: 'long', timeZone: 'UTC' }).format(monday + (day - 1) * dayMs);

const daysIn = (days: readonly number[], say: SentenceSay): string =>
  days.length === 0
    ? tell(say, 'sentence.unread')
    : joined(
        say.language,
        [...new Set(days)].sort((a, b) => a - b).map((day) => weekdayIn(say, day)),
      );

export const weekday: ConditionWords<'weekday'> = {
  phrase: ({ days }, say) => {
    if (isJust(days, 6, 7)) return tell(say, 'sentence.on_weekend');
    if (isJust(days, 1, 2, 3, 4, 5)) return tell(say, 'sentence.on_working_days');
    return tell(say, 'sentence.on_weekday', { names: daysIn(days, say) });
  },
  fields: { days: 'field.condition.days' },
};
