import type { ReturnRate, Warning } from '~/core/program/warnings';
import { costCurrencyOf } from '~/core/rewards/section';
import { unreachable } from '~/core/values/result';
import { formatLongDay, formatMoney, formatPercent } from '../format';
import { joined, moneyIn, pointsIn, tell, type SentenceSay } from './say';

const wholeBasis = 10_000;

/** "500 points cost you €5.00 and are earned by spending €100.00: 5 %." */
export const returnInWords = ({ points, worthMinor, spendMinor, basisPoints, reward }: ReturnRate, say: SentenceSay) =>
  tell(say, 'warning.return', {
    count: points,
    points: pointsIn(say, points),
    worth: moneyIn(say, worthMinor, costCurrencyOf(reward) ?? say.currency),
    spend: moneyIn(say, spendMinor, costCurrencyOf(reward) ?? say.currency),
    percent: formatPercent(say.language, basisPoints / wholeBasis),
  });

/** "“€5 off” is worth more than it costs to earn: 10 points give €5.00 and are earned by spending €1.00." */
export const worthMoreInWords = ({ points, worthMinor, spendMinor, reward }: ReturnRate, say: SentenceSay): string =>
  tell(say, 'warning.worth_more', {
    name: reward.name[say.language],
    count: points,
    points: pointsIn(say, points),
    worth: moneyIn(say, worthMinor, costCurrencyOf(reward) ?? say.currency),
    spend: moneyIn(say, spendMinor, costCurrencyOf(reward) ?? say.currency),
  });

/** What a merchant should think about, with the arithmetic behind it. */
export const warningInWords = (warning: Warning, say: SentenceSay): string => {
  const percent = (basisPoints: number): string => formatPercent(say.language, basisPoints / wholeBasis);
  switch (warning.kind) {
    case 'above_margin': {
      const values = { percent: percent(warning.basisPoints), margin: percent(warning.marginBasisPoints) };
      const names = warning.rules.map(({ name }) => name[say.language]);
      return names.length === 0
        ? tell(say, 'warning.above_margin', values)
        : tell(say, 'warning.above_margin_with', { ...values, names: joined(say.language, names) });
    }
    case 'ends_early':
      return tell(say, 'warning.ends_early', {
        amount: formatMoney(say.language, warning.medianMinor, say.currency),
        months: warning.months,
        end: warning.endMonths,
      });
    case 'both_hold': {
      const names = joined(
        say.language,
        warning.rules.map(({ name }) => name[say.language]),
      );
      return warning.on === null
        ? tell(say, 'warning.both_hold', { names })
        : tell(say, 'warning.both_hold_on', { names, day: formatLongDay(say.language, warning.on) });
    }
    case 'worth_more':
      return worthMoreInWords(warning.rate, say);
    case 'no_reward':
      return tell(say, 'warning.no_reward');
    case 'no_rate':
      return tell(say, 'warning.no_rate', { currency: warning.currency });
    default:
      return unreachable(warning);
  }
};
