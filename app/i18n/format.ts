import type { LocalizedText } from '~/core/values/text';
import { exponentOf, minorPerUnit } from '~/core/values/money';
import { dateFormatOf, formatNumber, localeOf, numberFormatOf, withMinus, type Language } from './catalog';

/** Minor units as money is written in a language: 1234 EUR is "12,34 €" in Italian. */
export const formatMoney = (language: Language, minor: number, currency: string): string =>
  withMinus(
    numberFormatOf(language, {
      style: 'currency',
      currency,
      minimumFractionDigits: exponentOf(currency),
      useGrouping: 'always',
    }).format(minor / minorPerUnit(currency)),
  );

export type PointNames = { readonly point: LocalizedText; readonly points: LocalizedText };

/** A number of points with the merchant's word for them: "1 punto", "1.250 punti". */
export const formatPoints = (language: Language, points: number, names: PointNames): string =>
  `${formatNumber(language, points)} ${isSingular(language, points) ? names.point[language] : names.points[language]}`;

// "0 points", but "0 point" in French.
const isSingular = (language: Language, points: number): boolean =>
  Math.abs(points) === 1 || (points === 0 && language === 'fr');

/**
 * What a message may say of the merchant's word for points: as it stands in a sentence (`unit`) and at the beginning of
 * one (`Unit`). It is known in the plural and in no case but the nominative, and its gender is not.
 */
export const unitIn = (
  language: Language,
  { points }: PointNames,
): { readonly unit: string; readonly Unit: string } => {
  const unit = points[language];
  return { unit, Unit: unit.charAt(0).toLocaleUpperCase(localeOf[language]) + unit.slice(1) };
};

export const formatDate = (language: Language, epochMs: number, zone: string): string =>
  dateFormatOf(language, { dateStyle: 'medium', timeZone: zone }).format(epochMs);

/** A day of a calendar, given as yyyy-mm-dd. */
export const formatCalendarDay = (language: Language, isoDate: string): string =>
  formatDate(language, Date.parse(`${isoDate}T12:00:00Z`), 'UTC');

const ordinalFirst: Readonly<Partial<Record<Language, string>>> = { it: '1º ', fr: '1er ' };

/** The same in full, as it stands in a sentence: "1º dicembre 2026". */
export const formatLongDay = (language: Language, isoDate: string): string =>
  dateFormatOf(language, { dateStyle: 'long', timeZone: 'UTC' })
    .format(Date.parse(`${isoDate}T12:00:00Z`))
    .replace(/^1 /, ordinalFirst[language] ?? '1 ');

/** A moment as it stands in a sentence: the day in full, and the time of the clock in a zone. */
export const dayAndTime = (
  language: Language,
  epochMs: number,
  zone: string,
): { readonly day: string; readonly time: string } => {
  const [day = '', time = ''] = new Intl.DateTimeFormat('sv', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: zone,
  })
    .format(epochMs)
    .split(' ');
  return { day: formatLongDay(language, day), time };
};

export const formatDateTime = (language: Language, epochMs: number, zone: string): string =>
  dateFormatOf(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(epochMs);

/** A ratio of 1 as a percentage, with at most so many decimals. */
export const formatPercent = (language: Language, ratio: number, decimals = 1): string =>
  withMinus(
    numberFormatOf(language, { style: 'percent', maximumFractionDigits: decimals, useGrouping: 'always' }).format(
      ratio,
    ),
  );
