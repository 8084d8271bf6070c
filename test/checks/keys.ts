import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Keys are compared whole. What somebody wants to read out of one is a column of its own.
const takenApart: readonly RegExp[] = [
  /\bkey"?\s+(NOT\s+)?I?LIKE\b/i,
  /\bkey"?\s+!?~|\bkey"?\s+SIMILAR\b/i,
  /\b(starts_with|split_part|left|right|substr|substring|regexp_\w+)\(\s*"?(\w+\.)?"?key\b/i,
  /=\s*'[a-z]+:'\s*\|\|/,
  /\bkey\.(startsWith|endsWith|includes|split|slice|match|replace)\(/,
];

/** Where a line of code or SQL reads a part of a business key. */
export const partsOfKeysIn = (source: string): readonly string[] =>
  source.split('\n').filter((line) => takenApart.some((pattern) => pattern.test(line)));

const rooms = ['app/core', 'app/db', 'app/usecases', 'app/views', 'app/features'];

/** Code and SQL read columns, never parts of keys. */
export const checkKeys = (): readonly string[] =>
  rooms.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const file = join(room, name);
        return partsOfKeysIn(readFileSync(file, 'utf8')).map((line) => `${file} reads a part of a key: ${line.trim()}`);
      }),
  );
