import type { BonusWhy, OrderWhy } from '~/core/earning/why';
import { formatNumber, translate, type Language } from './catalog';
import { formatMoney, formatPoints, type PointNames } from './format';

type Worth = Extract<OrderWhy, { worth: 'points' }>;
type Say = { readonly language: Language; readonly names: PointNames };
type Times = NonNullable<Worth['lines'][number]['times']>;

const oneTimes = 10_000;

/** The multipliers of a line in words: "2× Fine settimana + 0,2 Lancio"; empty at 1×. */
export const timesInWords = (times: Times | undefined, bonuses: readonly BonusWhy[], language: Language): string => {
  if (times === undefined) return '';
  const part = (id: string, mark: string, less: number): string => {
    const bonus = bonuses.find((one) => one.id === id);
    const by = bonus?.effect.kind === 'multiply' ? bonus.effect.basisPoints : oneTimes;
    return `${formatNumber(language, (by - less) / oneTimes)}${mark} ${bonus?.name[language] ?? id}`;
  };
  const first = times.exclusive === null ? formatNumber(language, 1) : part(times.exclusive, '×', 0);
  return [first, ...times.additive.map((id) => part(id, '', oneTimes))].join(' + ');
};

// More terms than these are a list, not a sum: then the lines say it.
const termsMax = 4;

/**
 * The order's basis with what multiplies it: "50,00 € × (2× Fine settimana + 0,2 Lancio)". Lines that are multiplied
 * differently are terms of their own: "10,00 € × (3× Olio) + 10,00 € × (1,5× Oro)".
 */
export const basisInWords = (why: Worth, language: Language): string => {
  const money = (minor: number): string => formatMoney(language, minor, why.currency);
  const terms = new Map<string, { readonly times: Times | undefined; minor: number }>();
  for (const { basisMinor, units, of, times } of why.lines) {
    if (basisMinor === 0 || units === 0) continue;
    const term = terms.get(JSON.stringify(times ?? null)) ?? { times, minor: 0 };
    term.minor += (basisMinor * units) / of;
    terms.set(JSON.stringify(times ?? null), term);
  }
  const inWords = (times: Times | undefined, minor: number): string =>
    times === undefined ? money(minor) : `${money(minor)} × (${timesInWords(times, why.bonuses ?? [], language)})`;
  const whole = why.basis.minor / why.basis.per;
  if (terms.size > termsMax) return money(whole);
  const [only, ...others] = terms.values();
  if (only === undefined || others.length === 0) return inWords(only?.times, whole);
  return [only, ...others].map(({ times, minor }) => inWords(times, minor)).join(' + ');
};

const fixedIn = (why: Worth): readonly { readonly points: number; readonly name: BonusWhy['name'] }[] =>
  (why.bonuses ?? []).flatMap(({ effect, name }) => (effect.kind === 'add' ? [{ points: effect.points, name }] : []));

/** What the basis alone gave: without fixed bonuses, before caps. */
export const multipliedPoints = (why: Worth): number =>
  fixedIn(why).reduce((rest, { points }) => rest - points, why.uncapped ?? why.total);

/** Fixed bonuses and caps, one step each. */
export const bonusSteps = (why: Worth, { language, names }: Say): readonly string[] => {
  let left = why.uncapped ?? why.total;
  return [
    ...fixedIn(why).map(({ points, name }) =>
      translate(language, 'why.bonus_fixed', { points: formatPoints(language, points, names), name: name[language] }),
    ),
    ...(why.caps ?? []).map(({ kind, limit, used }) => {
      left = Math.min(left, Math.max(0, limit - used));
      const values = {
        limit: formatPoints(language, limit, names),
        used: formatNumber(language, used),
        left: formatPoints(language, left, names),
        count: left,
      };
      return translate(language, `why.cap_${kind}`, values);
    }),
  ];
};
