import { relative } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { languages, mergedTexts, textFolders, textsOf, type Texts } from '../../tools/texts';

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

const names = (text: string): string =>
  [...new Set(namesIn(new IntlMessageFormat(text, 'en').getAst() as readonly Element[]))].sort().join(' ');

// The parser's numbers for a value that it would write by itself as a number, a date or a time.
const writesItself: ReadonlySet<number> = new Set([2, 3, 4]);

/**
 * Whether a message asks ICU to write a value. Values come written: "100.000" read once more as a number would be 100.
 */
export const readsTwice = (text: string): boolean => {
  const anyIn = (elements: readonly Element[]): boolean =>
    elements.some(
      ({ type, options = {}, children = [] }) =>
        writesItself.has(type) || anyIn(children) || Object.values(options).some(({ value }) => anyIn(value)),
    );
  return anyIn(new IntlMessageFormat(text, 'en').getAst() as readonly Element[]);
};

const compare = (where: string, english: Texts, language: string, catalogue: Texts): readonly string[] => {
  const missing = Object.keys(english).filter((key) => !(key in catalogue));
  const extra = Object.keys(catalogue).filter((key) => !(key in english));
  const other = Object.keys(english).filter(
    (key) => key in catalogue && names(english[key] ?? '') !== names(catalogue[key] ?? ''),
  );
  const file = `${where}/${language}.json`;
  return [
    ...missing.map((key) => `${file} lacks ${key}`),
    ...extra.map((key) => `${file} has ${key}, which English lacks`),
    ...Object.keys(catalogue)
      .filter((key) => readsTwice(catalogue[key] ?? ''))
      .map((key) => `${file}: ${key} lets ICU write a value that is written already`),
    ...other.map((key) => `${file}: ${key} names other values than the English message`),
  ];
};

/**
 * In every folder of texts every language has every message, with the same values in it, in readable ICU that writes no
 * value by itself; and no two folders have a message of one key.
 */
export const checkCatalogues = (root = process.cwd()): readonly string[] => {
  const problems = textFolders(root).flatMap((folder) =>
    languages.flatMap((language) =>
      compare(relative(root, folder), textsOf(folder, 'en'), language, textsOf(folder, language)),
    ),
  );
  try {
    for (const language of languages) mergedTexts(root, language);
    return problems;
  } catch (error) {
    return [...problems, error instanceof Error ? error.message : String(error)];
  }
};
