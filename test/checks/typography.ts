import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { languages, textFolders } from '../../tools/texts';

type Written = (typeof languages)[number];

const narrow = '\u202f';

/** How each language quotes: what opens, what closes; French keeps both to the word by a narrow space. */
const quotesOf: Readonly<Record<Written, readonly [string, string]>> = {
  en: ['“', '”'],
  it: ['«', '»'],
  de: ['„', '“'],
  fr: [`«${narrow}`, `${narrow}»`],
  es: ['«', '»'],
};

const anyQuote = /[«»‹›“”„"]/;

/** What a text quotes otherwise than its language does, and where a number may be parted from its "-fold". */
export const misprints = (language: Written, text: string): readonly string[] => {
  const [open, close] = quotesOf[language];
  // One after the other: what is quoted the right way is taken out, and no mark may be left.
  const rest = text.split(open).map((part, index) => {
    const end = part.indexOf(close);
    return index > 0 && end > 0 && /^\S[^]*\S$|^\S$/.test(part.slice(0, end))
      ? part.slice(0, end) + part.slice(end + close.length)
      : `${index > 0 ? open : ''}${part}`;
  });
  return [
    ...(rest.some((part) => anyQuote.test(part)) ? [`quotes otherwise than ${open}…${close}`] : []),
    ...(/(\}|#)-\p{L}/u.test(text) ? ['parts a number from its word: write U+2011 for the hyphen'] : []),
  ];
};

const flat = (value: unknown, path = ''): readonly (readonly [string, string])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => flat(inner, path === '' ? name : `${path}.${name}`))
    : [[path, String(value)]];

/** The files of texts, each with its language: of the app, its wings and the extensions. */
const textFiles = (root: string): readonly (readonly [string, Written])[] => [
  ...textFolders(root).flatMap((folder) => languages.map((one) => [join(folder, `${one}.json`), one] as const)),
  ...readdirSync(join(root, 'extensions'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /[\\/]locales[\\/].*\.json$/.test(file))
    .flatMap((file) => {
      const language = languages.find((one) => new RegExp(`[\\\\/]${one}(\\.|$)`).test(file));
      return language === undefined ? [] : [[join(root, 'extensions', file), language] as const];
    }),
];

/** Every text is quoted as its language does: what a merchant and a shopper read looks the same on every page. */
export const checkTypography = (root = process.cwd()): readonly string[] =>
  textFiles(root).flatMap(([file, language]) =>
    flat(JSON.parse(readFileSync(file, 'utf8'))).flatMap(([key, text]) =>
      misprints(language, text).map((problem) => `${relative(root, file)}: ${key} ${problem}`),
    ),
  );
