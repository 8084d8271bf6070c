import type { BonusRule } from '~/core/earning/bonusSchema';
import type { ProgramDocument } from '~/core/program/document';
import { formatPercent } from '../format';
import { conditionIn } from './conditions/all';
import { begun, pointsIn, tell, type SentenceSay } from './say';

const oneTimes = 10_000;

/** What a bonus rule gives: "double points", "20 % more points", "50 points extra". */
export const effectIn = ({ effect, stacking }: Pick<BonusRule, 'effect' | 'stacking'>, say: SentenceSay): string => {
  if (effect.kind === 'add') return tell(say, 'sentence.add', { points: pointsIn(say, effect.points) });
  const points = say.names.points[say.language];
  if (!Number.isFinite(effect.basisPoints)) return `${tell(say, 'sentence.unread')} ${points}`;
  return stacking === 'additive'
    ? tell(say, 'sentence.multiply_more', {
        points,
        percent: formatPercent(say.language, (effect.basisPoints - oneTimes) / oneTimes),
      })
    : tell(say, 'sentence.multiply', { points, times: effect.basisPoints / oneTimes });
};

/** When it does: "at weekends, for Gold"; empty: always. */
export const conditionsIn = (
  conditions: BonusRule['conditions'],
  say: SentenceSay,
  groups: Pick<ProgramDocument, 'tiers' | 'segments'>,
): string => conditions.map((condition) => conditionIn(condition, say, groups)).join(', ');

/** "Double points on Shoes, at weekends, for Gold." */
export const bonusSentence = (
  bonus: BonusRule,
  say: SentenceSay,
  groups: Pick<ProgramDocument, 'tiers' | 'segments'>,
): string => {
  const effect = effectIn(bonus, say);
  const conditions = conditionsIn(bonus.conditions, say, groups);
  const sentence =
    conditions === ''
      ? tell(say, 'sentence.bonus_always', { effect })
      : tell(say, 'sentence.bonus', { effect, conditions });
  return begun(say, bonus.stacking === 'additive' ? `${sentence} ${tell(say, 'sentence.bonus_beside')}` : sentence);
};
