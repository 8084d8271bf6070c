import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { migrate, type MigrationConnection } from '~/db/migrate';
import { migrations } from './database';

/** A database as it was before a migration (the start of its name), and what runs that one and all later ones. */
export const openOlderDatabase = async (before: string) => {
  const database = await PGlite.create('memory://');
  const connection: MigrationConnection = {
    exec: async (sql) => void (await database.exec(sql)),
    query: async (sql, values) => (await database.query<Record<string, unknown>>(sql, [...values])).rows,
  };
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  const later = readdirSync(migrations).filter((name) => /^\d{14}_/.test(name) && name >= before);
  cpSync(migrations, folder, { recursive: true, filter: (path) => !later.some((name) => path.endsWith(name)) });
  await migrate(connection, folder);
  return {
    database,
    migrateOn: (): Promise<readonly string[]> => {
      cpSync(migrations, folder, { recursive: true });
      return migrate(connection, folder);
    },
    close: async (): Promise<void> => {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
};
