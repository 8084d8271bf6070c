export type TextTree = { readonly [key: string]: string | TextTree };

/** Shopify's `i18n` of an extension: texts by key with plurals (`count`), and formats of the extension's language. */
export const i18nOf = (locale: string, texts: TextTree) => {
  const find = (key: string): string | TextTree | undefined =>
    key
      .split('.')
      .reduce<string | TextTree | undefined>(
        (node, part) => (typeof node === 'object' ? node[part] : undefined),
        texts,
      );
  return {
    translate: (key: string, values: Readonly<Record<string, string | number>> = {}): string => {
      const found = find(key);
      const form = new Intl.PluralRules(locale).select(Number(values.count ?? 0));
      const text = typeof found === 'object' ? (found[form] ?? found.other) : found;
      if (typeof text !== 'string') throw new Error(`The extension has no text ${key} in ${locale}.`);
      return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => {
        if (!(name in values)) throw new Error(`The text ${key} lacks the value ${name}.`);
        return String(values[name]);
      });
    },
    formatNumber: (value: number, options: Intl.NumberFormatOptions = {}): string =>
      new Intl.NumberFormat(locale, options).format(value),
    formatCurrency: (value: number, options: Intl.NumberFormatOptions = {}): string =>
      new Intl.NumberFormat(locale, { style: 'currency', ...options }).format(value),
    formatDate: (value: Date, options: Intl.DateTimeFormatOptions = {}): string =>
      new Intl.DateTimeFormat(locale, options).format(value),
  };
};
