import { relative } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { languages, mergedTexts, textFolders, textsOf, type Texts } from '../../tools/texts';

type Element = {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>;
  readonly children?: readonly Element[];
};

// The parser's numbers for {x}, and for plain text and the # of a plural: the last two name no value.
const argument = 1;
const hash = 7;
const nameless: ReadonlySet<number> = new Set([0, hash]);

const namesIn = (elements: readonly Element[]): readonly string[] =>
  elements.flatMap(({ type, value, options = {}, children = [] }) => [
    ...(nameless.has(type) || typeof value !== 'string' ? [] : [value]),
    ...Object.values(options).flatMap((option) => namesIn(option.value)),
    ...namesIn(children),
  ]);

// The parser's numbers for {x, number}, for a date and a time, and for a plural.
const counting: ReadonlySet<number> = new Set([2, 3, 4, 6]);

const countedIn = (elements: readonly Element[]): readonly string[] =>
  elements.flatMap(({ type, value, options = {}, children = [] }) => [
    ...(counting.has(type) && typeof value === 'string' ? [value] : []),
    ...Object.values(options).flatMap((option) => countedIn(option.value)),
    ...countedIn(children),
  ]);

/**
 * What a message wants to format by itself, but for its count: every other number comes written in the language, and
 * formatted again it would be "NaN".
 */
export const formattedTwice = (text: string): readonly string[] =>
  countedIn(new IntlMessageFormat(text, 'en').getAst() as readonly Element[]).filter((name) => name !== 'count');

const saysCount = (elements: readonly Element[]): boolean =>
  elements.some(
    ({ type, value: name, options = {}, children = [] }) =>
      type === hash ||
      (type === argument && name === 'count') ||
      Object.values(options).some(({ value }) => saysCount(value)) ||
      saysCount(children),
  );

// The merchant's word for points, which every message of the admin may say: in some languages it does without.
const everywhere: ReadonlySet<string> = new Set(['unit', 'Unit']);

const names = (text: string): string => {
  const elements = new IntlMessageFormat(text, 'en').getAst() as readonly Element[];
  return [...new Set(namesIn(elements))]
    .filter((name) => !everywhere.has(name) && (name !== 'count' || saysCount(elements)))
    .sort()
    .join(' ');
};

/** Whether a translation names other values than the English message; a count that is not said only bends words. */
export const namesOther = (english: string, text: string): boolean => names(english) !== names(text);

const compare = (where: string, english: Texts, language: string, catalogue: Texts): readonly string[] => {
  const missing = Object.keys(english).filter((key) => !(key in catalogue));
  const extra = Object.keys(catalogue).filter((key) => !(key in english));
  const other = Object.keys(english).filter(
    (key) => key in catalogue && namesOther(english[key] ?? '', catalogue[key] ?? ''),
  );
  const file = `${where}/${language}.json`;
  return [
    ...missing.map((key) => `${file} lacks ${key}`),
    ...extra.map((key) => `${file} has ${key}, which English lacks`),
    ...other.map((key) => `${file}: ${key} names other values than the English message`),
    ...Object.keys(catalogue)
      .filter((key) => formattedTwice(catalogue[key] ?? '').length > 0)
      .map((key) => `${file}: ${key} formats a number that comes written: {x} instead of {x, number}`),
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
