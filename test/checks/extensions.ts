import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'smol-toml';
import { appUrl } from '../../extensions/shared/appUrl';
import { bundleOf, uiExtensions, uiTargets } from '../../tools/extensions';

/** The most that Shopify takes of a target's script, compressed: of a page of its own, and of anything else. */
const budgetOf = (target: string): number => (target === 'customer-account.page.render' ? 131_072 : 65_536);

const languages = ['en.default', 'it', 'de', 'fr', 'es'];

/** The texts of an extension in one language by key; the forms of a plural are one text each. */
type Texts = ReadonlyMap<string, string>;

const flat = (value: unknown, path = ''): readonly (readonly [string, string])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => flat(inner, path === '' ? name : `${path}.${name}`))
    : [[path, String(value)]];

const textsOf = (root: string, extension: string, language: string): Texts =>
  new Map(flat(JSON.parse(readFileSync(join(root, 'extensions', extension, 'locales', `${language}.json`), 'utf8'))));

const valuesIn = (text: string): string =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name))].sort().join(' ');

/** What one language says otherwise than English: a key more or less, or other values in a text. */
export const textProblems = (where: string, english: Texts, other: Texts): readonly string[] => [
  ...[...english.keys()].filter((key) => !other.has(key)).map((key) => `${where} lacks ${key}`),
  ...[...other.keys()].filter((key) => !english.has(key)).map((key) => `${where} has ${key}, which English lacks`),
  ...[...english].flatMap(([key, text]) => {
    const there = other.get(key);
    return there === undefined || valuesIn(there) === valuesIn(text) ? [] : [`${where}: ${key} names other values`];
  }),
];

const isOwn = (key: string): boolean => key === 'name' || key === 'description';

/** Texts that extensions share say the same everywhere: each is deployed with its own. */
export const unlikeTexts = (language: string, extensions: ReadonlyMap<string, Texts>): readonly string[] => {
  const said = new Map<string, string>();
  return [...extensions].flatMap(([extension, texts]) =>
    [...texts].flatMap(([key, text]) => {
      const before = said.get(key) ?? text;
      said.set(key, before);
      return before === text || isOwn(key)
        ? []
        : [`${extension}/locales/${language}.json: ${key} reads elsewhere “${before}”`];
    }),
  );
};

/** How heavy the script of each target is, compressed. */
export const extensionSizes = (root: string): readonly { readonly target: string; readonly bytes: number }[] =>
  uiTargets(root).map((target) => ({ target: target.target, bytes: gzipSync(bundleOf(target)).length }));

/** The address of the app, the texts in five languages, and the size of each script. */
export const checkExtensions = (root = process.cwd()): readonly string[] => {
  const extensions = uiExtensions(root);
  const { application_url: there } = parse(readFileSync(join(root, 'shopify.app.toml'), 'utf8'));
  const english = (extension: string): Texts => textsOf(root, extension, 'en.default');
  return [
    ...(String(there).replace(/\/$/, '') === appUrl
      ? []
      : [`extensions/shared/appUrl.ts is not application_url of shopify.app.toml (${String(there)})`]),
    ...extensions.flatMap((extension) => {
      const files = readdirSync(join(root, 'extensions', extension, 'locales'))
        .sort()
        .join(' ');
      const wanted = languages
        .map((language) => `${language}.json`)
        .sort()
        .join(' ');
      return files === wanted ? [] : [`${extension}/locales has ${files}, not ${wanted}`];
    }),
    ...languages.flatMap((language) => [
      ...extensions.flatMap((extension) =>
        textProblems(`${extension}/locales/${language}.json`, english(extension), textsOf(root, extension, language)),
      ),
      ...unlikeTexts(language, new Map(extensions.map((one) => [one, textsOf(root, one, language)]))),
    ]),
    ...extensionSizes(root).flatMap(({ target, bytes }) =>
      bytes <= budgetOf(target) ? [] : [`${target} is ${bytes} bytes compressed, more than ${budgetOf(target)}`],
    ),
  ];
};
