import type { BonusWhy, OrderWhy } from '~/core/earning/explanation';
import { formatNumber, translate, type Language } from './catalog';
import { formatMoney, formatPoints, type PointNames } from './format';

type Worth = Extract<OrderWhy, { worth: 'points' }>;
type Say = { readonly language: Language; readonly names: PointNames };
type Times = NonNullable<Worth['lines'][number]['times']>;

const oneTimes = 10_000;

/** The multipliers of a line in words: "(2× Fine settimana + 0,2× Lancio)"; empty at 1×. */
export const timesInWords = (times: Times | undefined, bonuses: readonly BonusWhy[], language: Language): string => {
  if (times === undefined) return '';
  const named = (id: string): BonusWhy | undefined => bonuses.find((bonus) => bonus.id === id);
  const part = (id: string, less: number): string => {
    const bonus = named(id);
    const by = bonus?.effect.kind === 'multiply' ? bonus.effect.basisPoints : oneTimes;
    return `${formatNumber(language, (by - less) / oneTimes)}× ${bonus?.name[language] ?? id}`;
  };
  const first = times.exclusive === null ? formatNumber(language, 1) : part(times.exclusive, 0);
  const parts = [first, ...times.additive.map((id) => part(id, oneTimes))];
  return parts.length === 1 ? first : `(${parts.join(' + ')})`;
};

/** The factor that all earning lines have in common; null when they differ. */
export const commonTimes = ({ lines }: Worth): Times | undefined | null => {
  const earning = lines.filter(({ basisMinor }) => basisMinor > 0).map(({ times }) => times);
  const texts = new Set(earning.map((times) => JSON.stringify(times ?? null)));
  return texts.size > 1 ? null : earning[0];
};

/** The order's basis with what multiplies it: "50,00 € × (2× Fine settimana + 0,2× Lancio)". */
export const basisInWords = (why: Worth, language: Language): string => {
  const basis = formatMoney(language, why.basis.minor / why.basis.per, why.currency);
  const times = commonTimes(why);
  return times == null ? basis : `${basis} × ${timesInWords(times, why.bonuses ?? [], language)}`;
};

/** Fixed bonuses and caps, one step each. */
export const bonusSteps = (why: Worth, { language, names }: Say): readonly string[] => [
  ...(why.bonuses ?? []).flatMap(({ effect, name }) =>
    effect.kind === 'add' ? [translate(language, 'why.bonus_fixed', { points: formatPoints(language, effect.points, names), name: name[language] })] : [],
  ),
  ...(why.caps ?? []).map(({ kind, limit, used }) =>
    translate(language, `why.cap_${kind}`, { limit: formatPoints(language, limit, names), used: formatNumber(language, used) }),
  ),
];
