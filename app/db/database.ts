import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '@prisma/client';
import type pg from 'pg';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { takeEmbeddedLock } from './embeddedLock';
import { migrate, type MigrationConnection } from './migrate';
import { checkPool, executeOn, openPool } from './serverPool';
import { underStartLock } from './startLock';

/** The role under which the application runs: it can add entries and draws, never change them. */
const applicationRole = 'fidelio_app';
const poolSize = 10;
const queuePoolSize = 4;
const answerMs = 1500;

/** Where the database is: a server's address, or a folder (null: memory) for the embedded one. */
export type DatabasePlace =
  { readonly kind: 'server'; readonly url: string } | { readonly kind: 'embedded'; readonly folder: string | null };

/**
 * What the job queue needs to run on the same database: the embedded instance (one connection serves all), or a
 * server's statements.
 */
export type QueuePlace =
  | { readonly kind: 'embedded'; readonly pglite: PGlite }
  | {
      readonly kind: 'server';
      readonly execute: (sql: string, values?: readonly unknown[]) => Promise<{ rows: unknown[] }>;
    };

/** An open database; its queue's statements run under the application's role, too. */
export type Database = {
  readonly prisma: PrismaClient;
  readonly queue: QueuePlace;
  readonly close: () => Promise<void>;
};

/**
 * Work that needs the owner of the tables: the queue's own schema. Runs after the migrations, before the role is taken.
 */
export type PrepareQueue = (queue: QueuePlace) => Promise<void>;

/** `copy`: what the embedded database in memory begins with, as PGlite dumps one; nothing unless it is there. */
export type OpenOptions = {
  readonly migrations: string;
  readonly prepareQueue?: PrepareQueue;
  readonly prepare?: boolean;
  readonly copy?: Blob | undefined;
};

/**
 * Brings the database up to date, as its owner, and gives it to the application under its role. Throws one clear
 * sentence when the folder is in use, the server cannot be reached, a migration changed, or the application would work
 * as the owner of the tables.
 */
export const openDatabase = async (place: DatabasePlace, options: OpenOptions): Promise<Database> =>
  place.kind === 'server' ? openServer(place.url, options) : openEmbedded(place.folder, options);

const openServer = async (url: string, options: OpenOptions): Promise<Database> => {
  if (options.prepare ?? true) await underStartLock(url, (owner) => prepareServer(owner, options));
  const [pool, queuePool] = [openPool(url, applicationRole, poolSize), openPool(url, applicationRole, queuePoolSize)];
  const close = async (): Promise<void> => void (await Promise.all([pool.end(), queuePool.end()]));
  try {
    await checkPool(pool);
  } catch (error) {
    await close();
    throw error;
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    queue: { kind: 'server', execute: executeOn(queuePool) },
    close: async () => {
      await prisma.$disconnect();
      await close();
    },
  };
};

const prepareServer = async (owner: pg.Client, options: OpenOptions): Promise<void> => {
  await migrate(connectionOf(owner), options.migrations);
  await options.prepareQueue?.({ kind: 'server', execute: executeOn(owner) });
  await grantQueue((sql) => owner.query(sql));
};

const openEmbedded = async (folder: string | null, options: OpenOptions): Promise<Database> => {
  const lock = folder === null ? null : await takeEmbeddedLock(join(folder, 'database.lock'));
  try {
    const pglite = await (folder === null ? openInMemory(options.copy) : PGlite.create(join(folder, 'database')));
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

const openInMemory = (copy?: Blob): Promise<PGlite> =>
  PGlite.create('memory://', copy === undefined ? {} : { loadDataDir: copy });

// The adapter was built against an earlier 6.x of Prisma's adapter types; the shapes agree at run time.
const embeddedAdapter = (pglite: PGlite) =>
  new PrismaPGlite(pglite) as unknown as NonNullable<Prisma.PrismaClientOptions['adapter']>;

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

/** Whether the database answers at all, within the time in which somebody waits for it. */
export const databaseAnswers = ({ prisma }: Pick<Database, 'prisma'>): Promise<boolean> =>
  Promise.race([
    prisma.$queryRawUnsafe('SELECT 1').then(
      () => true,
      () => false,
    ),
    sleep(answerMs, false, { ref: false }),
  ]);
