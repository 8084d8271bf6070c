import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '@prisma/client';
import pg from 'pg';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { takeEmbeddedLock } from './embeddedLock';
import { migrate, type MigrationConnection } from './migrate';

/** The role under which the application runs: it can add entries and draws, never change them. */
const applicationRole = 'fidelio_app';
const poolSize = 10;

/** Where the database is: a server's address, or a folder (null: memory) for the embedded one. */
export type DatabasePlace = { readonly kind: 'server'; readonly url: string } | { readonly kind: 'embedded'; readonly folder: string | null };

/**
 * An open database. `queue` is what the job queue needs to run on the same database: the embedded
 * instance (one connection serves all), or the address and role for connections of its own.
 */
export type Database = {
  readonly prisma: PrismaClient;
  readonly queue: { readonly kind: 'embedded'; readonly pglite: PGlite } | { readonly kind: 'server'; readonly url: string; readonly role: string };
  readonly close: () => Promise<void>;
};

/** Work that needs the owner of the tables: the queue's own schema. Runs after the migrations, before the role is taken. */
export type PrepareQueue = (queue: { readonly kind: 'embedded'; readonly pglite: PGlite } | { readonly kind: 'server'; readonly url: string }) => Promise<void>;

/**
 * Brings the database up to date, as its owner, and gives it to the application under its role.
 * Throws one clear sentence when the folder is in use, the server cannot be reached or a migration changed.
 */
export const openDatabase = async (
  place: DatabasePlace,
  options: { readonly migrations: string; readonly prepareQueue?: PrepareQueue; readonly prepare?: boolean },
): Promise<Database> => (place.kind === 'server' ? openServer(place.url, options) : openEmbedded(place.folder, options));

type Options = Parameters<typeof openDatabase>[1];

const openServer = async (url: string, options: Options): Promise<Database> => {
  if (options.prepare ?? true) {
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    try {
      await migrate(connectionOf(owner), options.migrations);
      await options.prepareQueue?.({ kind: 'server', url });
      await grantQueue((sql) => owner.query(sql));
    } finally {
      await owner.end();
    }
  }
  const adapter = new PrismaPg({ connectionString: url, max: poolSize, options: `-c role=${applicationRole}` });
  const prisma = new PrismaClient({ adapter });
  return {
    prisma,
    queue: { kind: 'server', url, role: applicationRole },
    close: () => prisma.$disconnect(),
  };
};

const openEmbedded = async (folder: string | null, options: Options): Promise<Database> => {
  const lock = folder === null ? null : takeEmbeddedLock(join(folder, 'database.lock'));
  try {
    const pglite = await PGlite.create(folder === null ? 'memory://' : join(folder, 'database'));
    await migrate(embeddedConnectionOf(pglite), options.migrations);
    await options.prepareQueue?.({ kind: 'embedded', pglite });
    await grantQueue((sql) => pglite.exec(sql));
    await pglite.exec(`SET ROLE ${applicationRole}`);
    const prisma = new PrismaClient({ adapter: embeddedAdapter(pglite) });
    return {
      prisma,
      queue: { kind: 'embedded', pglite },
      close: async () => {
        await prisma.$disconnect();
        await pglite.close();
        lock?.release();
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
};

// The adapter was built against an earlier 6.x of Prisma's adapter types; the shapes agree at run time.
const embeddedAdapter = (pglite: PGlite) => new PrismaPGlite(pglite) as unknown as NonNullable<Prisma.PrismaClientOptions['adapter']>;

const grantQueue = async (run: (sql: string) => Promise<unknown>): Promise<void> => {
  await run(`DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'pgboss') THEN
      GRANT USAGE ON SCHEMA pgboss TO ${applicationRole};
      GRANT ALL ON ALL TABLES IN SCHEMA pgboss TO ${applicationRole};
      GRANT ALL ON ALL SEQUENCES IN SCHEMA pgboss TO ${applicationRole};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO ${applicationRole};
    END IF;
  END $$`);
};

const connectionOf = (client: pg.Client): MigrationConnection => ({
  exec: async (sql) => {
    await client.query(sql);
  },
  query: async (sql, values) => (await client.query(sql, [...values])).rows as Record<string, unknown>[],
});

const embeddedConnectionOf = (pglite: PGlite): MigrationConnection => ({
  exec: async (sql) => {
    await pglite.exec(sql);
  },
  query: async (sql, values) => (await pglite.query<Record<string, unknown>>(sql, [...values])).rows,
});

/** Whether the database answers at all. */
export const databaseAnswers = ({ prisma }: Pick<Database, 'prisma'>): Promise<boolean> =>
  prisma.$queryRawUnsafe('SELECT 1').then(
    () => true,
    () => false,
  );
