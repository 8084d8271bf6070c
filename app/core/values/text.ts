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

const words = z.string().trim().min(1).max(60);

/** A text of the program document that members read: in each of the product's five languages. */
export const localizedText = z.strictObject({ en: words, it: words, de: words, fr: words, es: words });

/** A longer one, up to so many characters. */
export const localizedWords = (longest: number) => {
  const long = z.string().trim().min(1).max(longest);
  return z.strictObject({ en: long, it: long, de: long, fr: long, es: long });
};

/** One text in each of the product's five languages. */
export type LocalizedText = Readonly<z.infer<typeof localizedText>>;
