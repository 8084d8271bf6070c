import type { LocalizedText } from '../../app/core/values/text';
import type { ProgramSummary } from './answers';
import type { Host } from './host';

// Otto and undici begin with a vowel: "entro l’8 dicembre", "dall’11 dicembre".
const beforeVowel = /\b([Ii]l|[Aa]l|[Dd]al) (?=(?:8|11) [a-z])/g;
const elided = (article: string): string => `${article === 'il' ? 'l' : article === 'Il' ? 'L' : `${article}l`}’`;

/** A text of ours in the language of the page, with values put in. `count` chooses between one and many. */
export const say = ({ i18n, language }: Host, key: string, values: Record<string, string | number> = {}): string => {
  const sentence = i18n.translate(key, values);
  return language === 'it' ? sentence.replace(beforeVowel, (_, article: string) => elided(article)) : sentence;
};

/** A text of the merchant's in the language of the page. */
export const textIn = ({ language }: Host, text: LocalizedText): string => text[language] ?? text.en;

const own = { inExtensionLocale: true } as const;

export const numberIn = ({ i18n }: Host, value: number, options: Intl.NumberFormatOptions = {}): string =>
  i18n.formatNumber(value, { ...own, useGrouping: 'always', ...options }).replace('-', '−');

// French counts none as one does: "0 point".
const isSingular = ({ language }: Host, points: number): boolean =>
  Math.abs(points) === 1 || (points === 0 && language === 'fr');

/** So many points, by the merchant's name of them: "1.250 stelle". */
export const pointsIn = (
  host: Host,
  { names }: ProgramSummary,
  points: number,
  options?: Intl.NumberFormatOptions,
): string =>
  `${numberIn(host, points, options)} ${textIn(host, isSingular(host, points) ? names.point : names.points)}`;

/** An amount of the program's currency, given in minor units. */
export const moneyIn = (
  { i18n }: Host,
  { currency, minor_per_unit: per }: Pick<ProgramSummary, 'currency' | 'minor_per_unit'>,
  minor: number,
): string => i18n.formatCurrency(minor / per, { ...own, currency });

// The first of a month as it is read; browsers write a bare number.
const firsts: Readonly<Partial<Record<string, string>>> = { it: '1º ', fr: '1er ' };

/** A local day (yyyy-mm-dd) in words. Noon in UTC is that day wherever it is read. */
export const dayIn = ({ i18n, language }: Host, day: string): string =>
  i18n
    .formatDate(new Date(`${day}T12:00:00Z`), {
      ...own,
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    })
    .replace(/^1 /, firsts[language] ?? '1 ');
