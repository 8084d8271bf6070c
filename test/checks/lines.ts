import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// The name of a test is one sentence on one line.
const isTestName = (line: string): boolean => /^\s*(?:test|describe)(?:\.\w+)*\(\s*['"`]|^\s*\]\)\(['"`]/.test(line);

/** Which lines of a file are longer than 120, as `file:line`. */
export const tooLong = (file: string, text: string): readonly string[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      line.length > 120 && !(file.startsWith('test') && isTestName(line)) ? [`${file}:${index + 1}`] : [],
    );

// A defect quotes the line that it spoils as it stands.
// Assets are made by a tool.
const isRead = (file: string): boolean =>
  /\.(ts|tsx|css)$/.test(file) && !file.startsWith(join('test', 'defects')) && !file.includes('assets');

/** No line of code is longer than 120, but for names of tests: the formatter leaves comments and texts as they are. */
export const checkLines = (): readonly string[] =>
  ['app', 'extensions', 'tools', 'test', 'storefront'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter(isRead)
      .flatMap((file) => tooLong(file, readFileSync(file, 'utf8'))),
  );
