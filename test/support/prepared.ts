import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Databases with all tables and nothing in them, made once for a run of tests (`prepareDatabases`): a copy of one is
 * there in less than a second, a new one takes seconds. Where they are stands in the environment, for the processes of
 * the tests and those that these start; without it every database is made anew.
 */
export const preparedPlaces = { folder: 'FIDELIO_TEST_PREPARED', template: 'FIDELIO_TEST_TEMPLATE' } as const;

/** The prepared database as the one in memory reads it; undefined where none is prepared. */
export const preparedCopy = (): Blob | undefined => {
  const folder = process.env[preparedPlaces.folder];
  return folder === undefined ? undefined : new Blob([readFileSync(join(folder, 'copy.tar'))]);
};

/** The name of the prepared database on the server; undefined where none is prepared. */
export const preparedTemplate = (): string | undefined => process.env[preparedPlaces.template];

/** Puts the prepared database where an app will look for its own, unless it has one. */
export const beginPrepared = (folder: string): void => {
  const from = process.env[preparedPlaces.folder];
  const to = join(folder, 'database');
  if (from !== undefined && !existsSync(to)) cpSync(join(from, 'database'), to, { recursive: true });
};
