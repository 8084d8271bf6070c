import { hasCode, type Reward } from '~/core/rewards/section';
import { countIn, joined, tell, type SentenceSay } from './say';

/**
 * What holds for the code of a reward once a member has it, a sentence each: how long, and beside which discounts.
 * Nothing where it needs no code.
 */
export const termsSentences = (reward: Reward, say: SentenceSay): readonly string[] => {
  if (!hasCode(reward)) return [];
  const { validDays, combinesWith } = reward;
  const goes: Readonly<Record<string, boolean>> = combinesWith;
  const names = (['order', 'product', 'shipping'] as const)
    .filter((discount) => goes[`${discount}Discounts`] === true)
    .map((discount) => tell(say, `sentence.discounts_${discount}`));
  return [
    countIn(say, 'sentence.reward_valid', validDays),
    names.length === 0
      ? tell(say, 'sentence.reward_alone')
      : tell(say, 'sentence.reward_together', { names: joined(say.language, names) }),
  ];
};
