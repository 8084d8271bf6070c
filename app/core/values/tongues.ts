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
