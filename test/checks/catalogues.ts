import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';

const languages = ['en', 'it', 'de', 'fr', 'es'] as const;

const readFile = (file: string): Readonly<Record<string, string>> =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};

// The texts of the spine, and those of the wings.
const read = (language: string): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    readFile(join('app', 'i18n', `${language}.json`)),
    ...readdirSync(join('app', 'features')).map((wing) =>
      readFile(join('app', 'features', wing, 'texts', `${language}.json`)),
    ),
  ) as Record<string, string>;

type Element = {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>;
  readonly children?: readonly Element[];
};

// The parser's numbers for plain text and for the # of a plural: neither names a value.
const nameless: ReadonlySet<number> = new Set([0, 7]);

const namesIn = (elements: readonly Element[]): readonly string[] =>
  elements.flatMap(({ type, value, options = {}, children = [] }) => [
    ...(nameless.has(type) || typeof value !== 'string' ? [] : [value]),
    ...Object.values(options).flatMap((option) => namesIn(option.value)),
    ...namesIn(children),
  ]);

/** Every language has every message, with the same values in it, in readable ICU. */
export const checkCatalogues = (): readonly string[] => {
  const english = read('en');
  return languages.flatMap((language) => {
    const catalogue = read(language);
    const missing = Object.keys(english).filter((key) => !(key in catalogue));
    const extra = Object.keys(catalogue).filter((key) => !(key in english));
    const names = (text: string): string =>
      [...new Set(namesIn(new IntlMessageFormat(text, 'en').getAst() as readonly Element[]))].sort().join(' ');
    const other = Object.keys(english).filter(
      (key) => key in catalogue && names(english[key] ?? '') !== names(catalogue[key] ?? ''),
    );
    return [
      ...missing.map((key) => `${language}.json lacks ${key}`),
      ...extra.map((key) => `${language}.json has ${key}, which English lacks`),
      ...other.map((key) => `${language}.json: ${key} names other values than the English message`),
    ];
  });
};
