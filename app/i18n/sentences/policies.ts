import type { Policies } from '~/core/ledger/policies';
import { unreachable } from '~/core/values/result';
import { formatPercent } from '../format';
import { formatNumber } from '../catalog';
import { dayIn } from './days';
import { begun, countIn, listIn, tell, type SentenceSay } from './say';

const wholeBasis = 10_000;

/** When points end, as the value of a field: "12 months after earning". */
export const expiryIn = (expiry: Policies['expiry'], say: SentenceSay): string => {
  if (expiry.kind === 'none') return tell(say, 'value.expiry_none');
  if (expiry.kind === 'on_date') return tell(say, 'value.expiry_on_date', { day: dayIn(say, expiry.day) });
  const kind = expiry.kind === 'after_months' && expiry.endOfMonth ? 'end_of_month' : expiry.kind;
  return countIn(say, `value.expiry_${kind}`, expiry.months);
};

/** "Points end after 12 months without activity." */
export const expirySentence = (expiry: Policies['expiry'], say: SentenceSay): string => {
  const points = say.names.points[say.language];
  const words = (): string => {
    switch (expiry.kind) {
      case 'none':
        return tell(say, 'sentence.expiry_none', { points });
      case 'after_months':
        return countIn(
          say,
          expiry.endOfMonth ? 'sentence.expiry_end_of_month' : 'sentence.expiry_after_months',
          expiry.months,
          {
            points,
          },
        );
      case 'inactivity_months':
        return countIn(say, 'sentence.expiry_inactivity_months', expiry.months, { points });
      case 'on_date':
        return tell(say, 'sentence.expiry_on_date', { points, day: expiryIn(expiry, say) });
      default:
        return unreachable(expiry);
    }
  };
  return begun(say, words());
};

/** How long points live, and what members hear of it. */
export const lifeSentences = (policies: Policies, say: SentenceSay): readonly string[] => {
  const { expiry, minimumLifeDays, warningDays, graceDays } = policies;
  if (expiry.kind === 'none') return [expirySentence(expiry, say)];
  const days = warningDays.map((day) => formatNumber(say.language, day));
  return [
    expirySentence(expiry, say),
    ...(minimumLifeDays === 0 ? [] : [countIn(say, 'sentence.minimum_life', minimumLifeDays)]),
    days.length === 0
      ? tell(say, 'sentence.not_warned')
      : tell(say, 'sentence.warned', { count: Math.max(...warningDays), days: listIn(say, days) }),
    countIn(say, 'sentence.grace', graceDays),
  ];
};

/** What a refund does. */
export const refundSentences = (policies: Policies, say: SentenceSay): readonly string[] => [
  tell(say, `sentence.clawback_${policies.clawback}`),
  tell(say, policies.returnSpentPoints ? 'sentence.return_on' : 'sentence.return_off'),
  countIn(say, 'sentence.final', policies.contextFinalDays),
];

/** What the program may cost, of what members buy. */
export const marginSentence = ({ marginBasisPoints }: Policies, say: SentenceSay): string =>
  marginBasisPoints === null
    ? tell(say, 'sentence.margin_none')
    : tell(say, 'sentence.margin', {
        percent: Number.isFinite(marginBasisPoints)
          ? formatPercent(say.language, marginBasisPoints / wholeBasis)
          : tell(say, 'sentence.unread'),
      });
