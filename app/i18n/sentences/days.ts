import type { LocalDays } from '~/core/values/fields';
import { formatLongDay } from '../format';
import { tell, type SentenceSay } from './say';

/** A day as it is written in a sentence; what is no day yet is left open. */
export const dayIn = (say: SentenceSay, isoDate: string): string =>
  Number.isNaN(Date.parse(`${isoDate}T12:00:00Z`))
    ? tell(say, 'sentence.unread')
    : formatLongDay(say.language, isoDate);

/** Days as a phrase: "from 1 July 2026 to 31 July 2026", "until 31 July 2026". */
export const daysPhrase = ({ from, to }: LocalDays, say: SentenceSay): string => {
  if (from === null)
    return to === null ? tell(say, 'value.always') : tell(say, 'sentence.until_day', { day: dayIn(say, to) });
  if (to === null) return tell(say, 'sentence.from_day', { day: dayIn(say, from) });
  return from === to
    ? tell(say, 'sentence.on_day', { day: dayIn(say, from) })
    : tell(say, 'sentence.on_dates', { from: dayIn(say, from), to: dayIn(say, to) });
};
