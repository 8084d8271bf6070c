import { IntlMessageFormat, type Formatters } from 'intl-messageformat';
import { tongues, type Tongue } from '~/core/values/text';
import de from './merged/de.json';
import en from './merged/en.json';
import es from './merged/es.json';
import fr from './merged/fr.json';
import it from './merged/it.json';
import { boundSpaces } from './boundSpaces';
import { elided } from './elided';

export const languages = tongues;
export type Language = Tongue;
export type MessageKey = keyof typeof en;

const catalogs: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, it, de, fr, es };

/** All languages, the reader's own before the others. */
export const ownFirst = (own: Language): readonly Language[] => [own, ...languages.filter((one) => one !== own)];

/** Regional forms by which numbers, money and dates are written. */
export const localeOf: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  it: 'it-IT',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
};

/** The language meant by a locale or an Accept-Language header; English when it is none of ours. */
export const languageOf = (text: string | null): Language => {
  const wanted = (text ?? '').slice(0, 2).toLowerCase();
  return languages.find((language) => language === wanted) ?? 'en';
};

/** In this header a page of the admin says in which language it is written. */
export const languageHeader = 'x-fidelio-language';

/**
 * The language of an admin request: what Shopify said when it opened the document, else what the asking page says, else
 * the browser's.
 */
export const requestLanguage = (request: Request): Language =>
  languageOf(
    new URL(request.url).searchParams.get('locale') ??
      request.headers.get(languageHeader) ??
      request.headers.get('accept-language'),
  );

/** Whether there is a text of this name: those of a wing leave with it. */
export const isMessage = (name: string): name is MessageKey => Object.hasOwn(en, name);

const formats = new Map<string, IntlMessageFormat>();

/**
 * A message in a language, with its values filled in (ICU). Numbers among the values are written the language's way.
 */
export const translate = (
  language: Language,
  key: MessageKey,
  values: Readonly<Record<string, string | number>> = {},
): string => {
  const name = `${language}:${key}`;
  let format = formats.get(name);
  if (format === undefined) {
    format = new IntlMessageFormat(catalogs[language][key], localeOf[language], undefined, {
      formatters: formattersOf(language),
    });
    formats.set(name, format);
  }
  const written = Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      typeof value === 'number' && field !== 'count' ? formatNumber(language, value) : value,
    ]),
  );
  const text = String(format.format(written));
  return boundSpaces(language, language === 'it' ? elided(text, Object.values(written)) : text);
};

// As the library has them, but numbers in plurals ("#") have the thousands mark that all others have.
const formattersOf = (language: Language): Formatters => ({
  getNumberFormat: (_, options) => numberFormatOf(language, { ...options, useGrouping: 'always' }),
  getDateTimeFormat: (...given) => new Intl.DateTimeFormat(...given),
  getPluralRules: (...given) => new Intl.PluralRules(...given),
});

const numberFormats = new Map<string, Intl.NumberFormat>();

/** The number format of a language with these options: made once, because making one costs far more than using it. */
export const numberFormatOf = (language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const name = `${language}:${JSON.stringify(options)}`;
  const known = numberFormats.get(name) ?? new Intl.NumberFormat(localeOf[language], options);
  numberFormats.set(name, known);
  return known;
};

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** The same of dates and times, in a time zone. */
export const dateFormatOf = (
  language: Language,
  options: Intl.DateTimeFormatOptions & { readonly timeZone: string },
): Intl.DateTimeFormat => {
  const name = `${language}:${JSON.stringify(options)}`;
  const known = dateFormats.get(name) ?? new Intl.DateTimeFormat(localeOf[language], options);
  dateFormats.set(name, known);
  return known;
};

/** A number as it was formatted, with a minus instead of the hyphen that ends a line and reads like a dash. */
export const withMinus = (formatted: string): string => formatted.replace('-', '−');

export const formatNumber = (language: Language, value: number): string =>
  withMinus(numberFormatOf(language, { useGrouping: 'always' }).format(value));
