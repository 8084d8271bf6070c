import type { RewardConditions } from '~/core/rewards/conditions';
import { conditionIn } from './conditions/all';
import type { Groups } from './conditions/words';
import { daysPhrase } from './days';
import { countIn, type SentenceSay } from './say';

/** How often a reward can be taken: "once a month each", "100 in all". */
export const limitsIn = ({ perMember, total }: RewardConditions['limits'], say: SentenceSay): readonly string[] => [
  ...(perMember === null ? [] : [countIn(say, `sentence.limit_${perMember.per}`, perMember.count)]),
  ...(total === null ? [] : [countIn(say, 'sentence.limit_total', total)]),
];

/** For whom a reward is, when, and how often; a phrase each. */
export const rewardConditionsIn = (
  { tierIds, segmentIds, window, limits }: RewardConditions,
  say: SentenceSay,
  groups: Groups,
): readonly string[] => [
  ...(tierIds.length === 0 ? [] : [conditionIn({ kind: 'tier', tierIds: [...tierIds] }, say, groups)]),
  ...(segmentIds.length === 0 ? [] : [conditionIn({ kind: 'segment', segmentIds: [...segmentIds] }, say, groups)]),
  ...(window === null ? [] : [daysPhrase(window, say)]),
  ...limitsIn(limits, say),
];
