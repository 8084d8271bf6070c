import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { translate, type Language, type MessageKey } from '~/i18n/catalog';
import {
  formatCalendarDay,
  formatDate,
  formatDateTime,
  formatMoney,
  formatPercent,
  formatPoints,
  unitIn,
  type PointNames,
} from '~/i18n/format';
import type { SentenceSay } from '~/i18n/sentences/say';

/**
 * How this merchant's pages are written: language, the words for points, currency and time zone of the store; and what
 * the shop calls things, where a page knows it.
 */
export type Writing = {
  readonly language: Language;
  readonly names: PointNames;
  readonly currency: string;
  readonly timeZone: string;
} & Pick<SentenceSay, 'titleOf' | 'isGone'>;

const WritingContext = createContext<Writing | null>(null);

export const WritingProvider = ({ writing, children }: { readonly writing: Writing; readonly children: ReactNode }) => (
  <WritingContext.Provider value={writing}>{children}</WritingContext.Provider>
);

/** Everything a component needs to write text, numbers, money and dates. */
export const useWriting = () => {
  const writing = useContext(WritingContext);
  if (writing === null) throw new Error('useWriting is used outside a WritingProvider.');
  return useMemo(
    () => ({
      ...writing,
      t: (key: MessageKey, values?: Readonly<Record<string, string | number>>) =>
        translate(writing.language, key, { ...unitIn(writing.language, writing.names), ...values }),
      money: (minor: number, currency = writing.currency) => formatMoney(writing.language, minor, currency),
      points: (points: number) => formatPoints(writing.language, points, writing.names),
      percent: (ratio: number) => formatPercent(writing.language, ratio),
      date: (epochMs: number) => formatDate(writing.language, epochMs, writing.timeZone),
      /** A day of a calendar, given as yyyy-mm-dd. */
      day: (isoDate: string) => formatCalendarDay(writing.language, isoDate),
      dateTime: (epochMs: number) => formatDateTime(writing.language, epochMs, writing.timeZone),
    }),
    [writing],
  );
};
