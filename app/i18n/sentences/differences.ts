import type { Difference, Part } from '~/core/program/diff';
import type { ProgramDocument } from '~/core/program/document';
import { unreachable } from '~/core/values/result';
import { groupsIn } from '../documentFields';
import { fieldLabel, valueInWords } from '../documentWords';
import { partName, partSentence } from './parts';
import { joined, languagesIn, tell, type SentenceSay } from './say';

// What is switched off changes nothing yet; a list that does not say so would promise it.
const isOff = (part: Part): boolean =>
  (part.of === 'bonus' && !part.bonus.enabled) || (part.of === 'reward' && !part.reward.enabled);

// The name of a field behind a colon: only in German, where nouns begin so, it keeps its capital.
const afterColon = (label: string, { language }: SentenceSay): string =>
  language === 'de' || /^\p{Lu}{2}/u.test(label) ? label : label.charAt(0).toLocaleLowerCase(language) + label.slice(1);

/**
 * What differs between two documents, as a sentence. Things are called as in the later document that has them.
 */
export const differenceInWords = (
  difference: Difference,
  [before, after]: readonly [ProgramDocument, ProgramDocument],
  say: SentenceSay,
): string => {
  const documents = [before, after];
  const groups = groupsIn(documents);
  const sentence = (): string =>
    'part' in difference && difference.part ? partSentence(difference.part, say, groups) : '';
  const name = (): string => ('part' in difference && difference.part ? partName(difference.part, say, groups) : '');
  switch (difference.kind) {
    case 'added':
      return tell(say, isOff(difference.part) ? 'difference.added_off' : 'difference.added', { sentence: sentence() });
    case 'removed':
      return tell(say, 'difference.removed', { sentence: sentence() });
    case 'switched':
      return tell(say, difference.on ? 'difference.switched_on' : 'difference.switched_off', { name: name() });
    case 'moved':
      return tell(say, difference.ties ? 'difference.moved_wins' : 'difference.moved', {
        name: name(),
        other: partName(difference.other, say, groups),
      });
    case 'texts':
      return tell(say, 'difference.texts', {
        names: joined(
          say.language,
          difference.of.map((one) => partName(one, say, groups)),
        ),
        languages: languagesIn(say, difference.languages),
      });
    case 'changed': {
      const { path, part } = difference;
      // "Was" and "is" are each said by the document that they are of.
      const words = {
        before: valueInWords(path, difference.before, [after, before], say),
        after: valueInWords(path, difference.after, documents, say),
        field: fieldLabel(path, say),
      };
      return part === null
        ? tell(say, 'difference.changed_plain', words)
        : tell(say, 'difference.changed', { ...words, name: name(), field: afterColon(words.field, say) });
    }
    default:
      return unreachable(difference);
  }
};
