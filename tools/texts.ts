import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The catalogue of messages, merged: every language from the texts of the areas (`app/i18n/texts/<area>`) and of the
 * wings (`app/features/<wing>/texts`). Nobody lists the folders: a wing brings its texts by having them.
 */
export const languages = ['en', 'it', 'de', 'fr', 'es'] as const;

export type Texts = Readonly<Record<string, string>>;

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .sort();

/** The folders with texts, below the repository's root. */
export const textFolders = (root: string): readonly string[] => [
  ...foldersIn(join(root, 'app', 'i18n', 'texts')),
  ...foldersIn(join(root, 'app', 'features'))
    .map((wing) => join(wing, 'texts'))
    .filter(existsSync),
];

export const textsOf = (folder: string, language: string): Texts =>
  JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')) as Texts;

/** The texts of all folders in a language. Throws when two of them have a message of one key. */
export const mergedTexts = (root: string, language: string): Texts => {
  const merged: Record<string, string> = {};
  for (const folder of textFolders(root))
    for (const [key, text] of Object.entries(textsOf(folder, language))) {
      if (key in merged) throw new Error(`${folder}: another folder has a message "${key}", too.`);
      merged[key] = text;
    }
  return merged;
};

/** Writes `app/i18n/merged`, which is not kept in the repository; files that say the same already are left alone. */
export const mergeTexts = (root: string): void => {
  const folder = join(root, 'app', 'i18n', 'merged');
  mkdirSync(folder, { recursive: true });
  for (const language of languages) {
    const file = join(folder, `${language}.json`);
    const text = `${JSON.stringify(mergedTexts(root, language), null, 2)}\n`;
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) mergeTexts(process.cwd());
