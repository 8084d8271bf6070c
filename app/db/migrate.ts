import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The little of a database that migrations need: plain SQL, several statements at once, as the owner. */
export type MigrationConnection = {
  /** Runs statements without parameters; several may be separated by semicolons. */
  readonly exec: (sql: string) => Promise<void>;
  readonly query: (sql: string, values: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
};

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

// The table Prisma keeps, so that `prisma migrate deploy` and this runner agree on what has run.
const prismaTable = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

// Any number that no other program uses for its lock on this database.
const lockNumber = 7_246_201_126;

/** The migrations of a folder in the order of their names, as Prisma keeps them. */
export const readMigrations = async (folder: string): Promise<readonly Migration[]> => {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((item) => item.isDirectory())
    .map((item) => item.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
};

/**
 * Applies the migrations that have not run, all in one transaction, under an advisory lock that
 * survives a pooler in transaction mode. Returns the names of those applied now. Throws when a
 * migration that ran before has changed since: migrations go forward only.
 */
export const migrate = async (connection: MigrationConnection, folder: string): Promise<readonly string[]> => {
  const migrations = await readMigrations(folder);
  await connection.exec('BEGIN');
  try {
    await connection.exec(`SELECT pg_advisory_xact_lock(${lockNumber})`);
    await connection.exec(prismaTable);
    const applied = await applyMissing(connection, migrations);
    await connection.exec('COMMIT');
    return applied;
  } catch (error) {
    await connection.exec('ROLLBACK');
    throw error;
  }
};

const applyMissing = async (
  connection: MigrationConnection,
  migrations: readonly Migration[],
): Promise<readonly string[]> => {
  const rows = await connection.query(
    `SELECT migration_name, checksum FROM "_prisma_migrations"
     WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL`,
    [],
  );
  const checksums = new Map(rows.map((row) => [String(row.migration_name), String(row.checksum)]));
  const applied: string[] = [];
  for (const migration of migrations) {
    const before = checksums.get(migration.name);
    if (before === migration.checksum) continue;
    if (before !== undefined) {
      throw new Error(
        `The migration ${migration.name} ran on this database with other content. ` +
          'Migrations are forward only: restore the file and add a new one.',
      );
    }
    await connection.exec(migration.sql);
    await connection.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES ($1, $2, now(), $3, 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    applied.push(migration.name);
  }
  return applied;
};
