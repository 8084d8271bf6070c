import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid, type TagToken, type TopLevelToken, Tag } from 'liquidjs';

const root = process.cwd();
export const extensionFolder = join(root, 'extensions', 'loyalty-storefront');
export const themeFolder = join(root, 'test', 'devstore', 'storefront', 'theme');

export const shopLocales = ['it', 'en', 'de', 'fr', 'es'] as const;

const texts = new Map<string, Record<string, unknown>>();
const textsOf = (locale: string): Record<string, unknown> => {
  const known = texts.get(locale);
  if (known !== undefined) return known;
  const file = join(extensionFolder, 'locales', locale === 'en' ? 'en.default.json' : `${locale}.json`);
  const read = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  texts.set(locale, read);
  return read;
};

const lookUp = (locale: string, key: string): unknown =>
  key
    .split('.')
    .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], textsOf(locale));

/**
 * Shopify's `t`: interpolation and plurals (`count`), from the extension's locale files. A missing key is shown, as
 * there.
 */
const translate = (locale: string, key: string, values: Record<string, unknown>): string => {
  const found = lookUp(locale, key);
  const form =
    typeof found === 'object' && found !== null
      ? pluralForm(found as Record<string, string>, locale, Number(values.count))
      : found;
  if (typeof form !== 'string') return `Translation missing: ${locale}.${key}`;
  return form.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => escapeHtml(String(values[name] ?? '')));
};

const pluralForm = (forms: Record<string, string>, locale: string, count: number): string | undefined =>
  forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const money = (cents: unknown, locale: string, currency: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Number(cents) / 100);

/** A tag whose content is for Shopify's editor, not for the page. */
class SchemaTag extends Tag {
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
    super(token, rest, liquid);
    while (rest.length > 0) {
      const next = rest.shift();
      if ((next as { name?: string } | undefined)?.name === 'endschema') return;
    }
    throw new Error('A schema tag is not closed.');
  }

  *render(): Generator<unknown, void, unknown> {}
}

/** Liquid with Shopify's filters and tags, as far as the theme and the app's blocks use them. */
const engineFor = (locale: string, currency: string): Liquid => {
  const engine = new Liquid({
    root: [join(extensionFolder, 'snippets'), themeFolder, join(themeFolder, 'sections')],
    extname: '.liquid',
    strictFilters: true,
    jsTruthy: false,
    // As Shopify does: a file is read and understood once. Whoever changes one starts the shop anew.
    cache: true,
  });
  engine.registerTag('schema', SchemaTag);
  engine.registerFilter('t', (key: string, ...named: unknown[]) =>
    translate(locale, key, Object.fromEntries(named as [string, unknown][])),
  );
  engine.registerFilter('money', (cents: unknown) => money(cents, locale, currency));
  engine.registerFilter('money_without_currency', (cents: unknown) => (Number(cents) / 100).toFixed(2));
  // Shopify divides whole numbers as whole numbers, rounding down; this engine would not.
  engine.registerFilter('divided_by', (a: unknown, b: unknown) =>
    Number.isInteger(Number(a)) && Number.isInteger(Number(b))
      ? Math.floor(Number(a) / Number(b))
      : Number(a) / Number(b),
  );
  engine.registerFilter('asset_url', (name: string) => `/extensions/loyalty-storefront/assets/${name}`);
  engine.registerFilter(
    'stylesheet_tag',
    (url: string) => `<link href="${url}" rel="stylesheet" type="text/css" media="all">`,
  );
  return engine;
};

const engines = new Map<string, Liquid>();

/** The one for a language and a currency. */
export const liquidOf = (locale: string, currency: string): Liquid => {
  const known = engines.get(`${locale} ${currency}`) ?? engineFor(locale, currency);
  engines.set(`${locale} ${currency}`, known);
  return known;
};
