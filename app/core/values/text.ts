import { z } from 'zod';

/** The five languages of the product: equal, none is the original of the others. */
export const tongues = ['en', 'it', 'de', 'fr', 'es'] as const;
export type Tongue = (typeof tongues)[number];

/** One text in each of them. */
export const perTongue = <Text>(text: (tongue: Tongue) => Text): Readonly<Record<Tongue, Text>> => ({
  en: text('en'),
  it: text('it'),
  de: text('de'),
  fr: text('fr'),
  es: text('es'),
});

const longestName = 60;
const words = z.string().trim().min(1).max(longestName);

/** A text of the program document that members read: in each of the product's five languages. */
export const localizedText = z.strictObject({ en: words, it: words, de: words, fr: words, es: words });

/** A longer one, up to so many characters. */
export const localizedWords = (longest: number) => {
  const long = z.string().trim().min(1).max(longest);
  return z.strictObject({ en: long, it: long, de: long, fr: long, es: long });
};

/** One text in each of the product's five languages. */
export type LocalizedText = Readonly<z.infer<typeof localizedText>>;

const copy: Readonly<Record<Tongue, string>> = { en: 'copy', it: 'copia', de: 'Kopie', fr: 'copie', es: 'copia' };

/** What a copy is called until somebody names it: "Weekend (copy)". A copy of a copy is called the same. */
export const nameOfCopy = (name: LocalizedText): LocalizedText =>
  perTongue((tongue) => {
    const suffix = ` (${copy[tongue]})`;
    const own = name[tongue].endsWith(suffix) ? name[tongue].slice(0, -suffix.length) : name[tongue];
    return `${own.slice(0, longestName - suffix.length).trimEnd()}${suffix}`;
  });
