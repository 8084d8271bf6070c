import type { Perk } from '~/core/tiers/perks';
import type { TierLevel, Tiers } from '~/core/tiers/section';
import { unreachable } from '~/core/values/result';
import { effectIn } from './bonus';
import { begun, countIn, joined, moneyIn, pointsIn, tell, type SentenceSay } from './say';

const thresholdIn = (threshold: number, { metric, currency }: Tiers, say: SentenceSay): string => {
  switch (metric) {
    case 'spend':
      return moneyIn(say, threshold, currency);
    case 'points':
      return pointsIn(say, threshold);
    case 'orders':
      return countIn(say, 'sentence.orders', threshold);
    default:
      return unreachable(metric);
  }
};

/** The window of the measure: "a calendar year". */
export const windowIn = (window: Tiers['window'], say: SentenceSay): string =>
  window.kind === 'rolling_months'
    ? countIn(say, 'sentence.window_rolling_months', window.months)
    : tell(say, `sentence.window_${window.kind}`);

/** How long a tier is kept: "to the end of the next". */
export const keepIn = ({ keep, window }: Pick<Tiers, 'keep' | 'window'>, say: SentenceSay): string => {
  if (keep.kind === 'none') return tell(say, 'sentence.keep_none');
  if (keep.kind === 'months') return countIn(say, 'sentence.keep_months', keep.months);
  return window.kind === 'rolling_months'
    ? countIn(say, 'sentence.keep_rolling_months', window.months)
    : tell(say, `sentence.keep_${window.kind}`);
};

// What begins at nothing is reached by everybody, and never lost.
const reachedIn = ({ name: names, threshold }: TierLevel, tiers: Tiers, say: SentenceSay): string => {
  const name = names[say.language];
  if (threshold === null) return tell(say, 'sentence.level_by_staff', { name });
  if (threshold === 0) return tell(say, 'sentence.level_everybody', { name });
  const from = thresholdIn(threshold, tiers, say);
  return tell(say, 'sentence.level', {
    ...{ name, threshold: from },
    ...{ window: windowIn(tiers.window, say), keep: keepIn(tiers, say) },
  });
};

/** "Gold from €500.00 a calendar year, to the end of the next. 50 points on reaching it." */
export const levelSentence = (level: TierLevel, tiers: Tiers, say: SentenceSay): string => {
  const more = [
    ...(level.entryPoints === null
      ? []
      : [tell(say, 'sentence.level_entry', { points: pointsIn(say, level.entryPoints) })]),
    ...(level.perks.length === 0
      ? []
      : [tell(say, 'sentence.level_perks', { names: joined(say.language, perksIn(level.perks, say)) })]),
  ];
  return begun(say, [reachedIn(level, tiers, say), ...more].join(' '));
};

/** What a tier gives, a phrase each. */
export const perksIn = (perks: readonly Perk[], say: SentenceSay): readonly string[] =>
  perks.map((perk) => {
    switch (perk.kind) {
      case 'multiply':
        return effectIn({ effect: perk, stacking: 'exclusive' }, say);
      case 'free_shipping':
        return shippingIn(perk, say);
      case 'priority_support':
        return tell(say, 'sentence.perk_support');
      case 'words':
        return perk.text[say.language].trim() === ''
          ? tell(say, 'sentence.unread')
          : tell(say, 'sentence.quoted', { text: perk.text[say.language] });
      default:
        return unreachable(perk);
    }
  });

const shippingIn = (perk: Extract<Perk, { kind: 'free_shipping' }>, say: SentenceSay): string => {
  const { minimumSubtotalMinor: minimum, maxRateMinor: rate, currency } = perk;
  const shipping = tell(say, 'sentence.perk_free_shipping');
  const conditions = [
    ...(minimum === null ? [] : [tell(say, 'sentence.reward_minimum', { amount: moneyIn(say, minimum, currency) })]),
    ...(rate === null ? [] : [tell(say, 'sentence.reward_rate', { amount: moneyIn(say, rate, currency) })]),
  ];
  return conditions.length === 0 ? shipping : `${shipping} (${conditions.join(', ')})`;
};

/** What holds for all tiers of a program, a sentence each. */
export const tierRuleSentences = (tiers: Tiers, say: SentenceSay): readonly string[] => [
  tell(say, `sentence.tiers_${tiers.requalify}`),
  ...(tiers.graceDays === 0 ? [] : [countIn(say, 'sentence.tiers_grace', tiers.graceDays)]),
  ...(tiers.levels.some(({ entryPoints }) => entryPoints !== null)
    ? [tell(say, `sentence.tiers_skipped_${tiers.skippedRewards}`)]
    : []),
];
