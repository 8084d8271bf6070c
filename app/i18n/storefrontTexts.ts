import de from '../../extensions/loyalty-storefront/locales/de.json';
import en from '../../extensions/loyalty-storefront/locales/en.default.json';
import es from '../../extensions/loyalty-storefront/locales/es.json';
import fr from '../../extensions/loyalty-storefront/locales/fr.json';
import it from '../../extensions/loyalty-storefront/locales/it.json';
import type { Language } from './catalog';

const texts = { de, en, es, fr, it } satisfies Readonly<Record<Language, { readonly rewards: object }>>;

type Area = keyof typeof en;
type Values = Readonly<Record<string, string>>;

/**
 * A text of the storefront's blocks as a theme paints it: its `{{ values }}` filled in. Of plural forms the one for the
 * number of `points`.
 */
export const storefrontText = <Of extends Area>(
  language: Language,
  area: Of,
  name: keyof (typeof en)[Of] & string,
  values: Values = {},
): string => {
  const text: unknown = (texts[language][area] as Readonly<Record<string, unknown>>)[name];
  const forms = typeof text === 'object' && text !== null && 'other' in text && 'one' in text ? text : null;
  const form = forms === null ? text : values.points === '1' ? forms.one : forms.other;
  return String(form).replace(/\{\{ (\w+) \}\}/g, (_, value: string) => values[value] ?? '');
};
