import type { Named, Part } from '~/core/program/diff';
import type { ProgramDocument } from '~/core/program/document';
import { unreachable } from '~/core/values/result';
import { bonusSentence } from './bonus';
import { capSentence, exclusionSentence, rateSentence, segmentSentence } from './earning';
import { rewardSentence } from './rewards/all';
import { tell, type SentenceSay } from './say';
import { levelSentence } from './tiers';

/** A part of a document in one sentence. `groups`: the tiers and segments that rules may name. */
export const partSentence = (
  part: Part,
  say: SentenceSay,
  groups: Pick<ProgramDocument, 'tiers' | 'segments'>,
): string => {
  switch (part.of) {
    case 'rate':
      return rateSentence(part.rate, say);
    case 'bonus':
      return bonusSentence(part.bonus, say, groups);
    case 'reward':
      return rewardSentence(part.reward, say, groups);
    case 'level':
      return levelSentence(part.level, part.tiers, say);
    case 'segment':
      return segmentSentence(part.segment, say);
    case 'cap':
      return capSentence(part.cap, part.points, say);
    case 'exclusion':
      return exclusionSentence(part.exclusion, part.exclude, say);
    default:
      return unreachable(part);
  }
};

/** What people call a part. What has no name of its own is said by its sentence. */
export const partName = (
  part: Named,
  say: SentenceSay,
  groups: Pick<ProgramDocument, 'tiers' | 'segments'>,
): string => {
  const { language } = say;
  switch (part.of) {
    case 'names':
      return tell(say, `program.names_${part.name}`);
    case 'terms':
      return tell(say, 'field.terms');
    case 'rate':
      return part.rate.currency;
    case 'bonus':
      return part.bonus.name[language];
    case 'reward':
      return part.reward.name[language];
    case 'level':
      return part.level.name[language];
    case 'segment':
      return part.segment.name[language];
    case 'cap':
    case 'exclusion':
      return partSentence(part, say, groups).replace(/\.$/, '');
    default:
      return unreachable(part);
  }
};
