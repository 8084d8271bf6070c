import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase, type Database, type DatabasePlace } from '~/db/database';
import { prepareQueue } from '~/jobs/queue';
import { jobs } from '~/process/wings';
import { preparedCopy, preparedTemplate } from './prepared';

export const migrations = join(process.cwd(), 'prisma', 'migrations');

/** The engines a test runs on: the embedded one, and a server when TEST_DATABASE_URL names one. */
export const engines: readonly ('embedded' | 'server')[] =
  process.env.TEST_DATABASE_URL === undefined ? ['embedded'] : ['embedded', 'server'];

/** How often a test of many runs does so: on one engine all of them, on the other one a quarter. */
export const runsOn = (engine: 'embedded' | 'server', runs: number): number =>
  engine === engines.at(-1) ? runs : runs / 4;

export type TestDatabase = {
  readonly database: Database;
  readonly place: DatabasePlace;
  readonly url: string | null;
  readonly close: () => Promise<void>;
};

type ServerDatabase = { readonly url: string; readonly drop: () => Promise<void> };

/** An empty database of its own on the server named by TEST_DATABASE_URL; dropped by `drop`. */
export const createServerDatabase = (): Promise<ServerDatabase> => createFrom('');

/** The same with all tables in it already, where one is prepared. */
export const copyServerDatabase = (): Promise<ServerDatabase> => {
  const template = preparedTemplate();
  return createFrom(template === undefined ? '' : ` TEMPLATE ${template}`);
};

const createFrom = async (template: string): Promise<ServerDatabase> => {
  const admin = process.env.TEST_DATABASE_URL;
  if (admin === undefined) throw new Error('TEST_DATABASE_URL is not set.');
  const name = `fidelio_test_${randomUUID().replaceAll('-', '')}`;
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${name}${template}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
};

/** A fresh database with all migrations and the queue, open under the application's role. */
export const openTestDatabase = async (engine: 'embedded' | 'server'): Promise<TestDatabase> => {
  if (engine === 'embedded') {
    const place: DatabasePlace = { kind: 'embedded', folder: null };
    const options = { migrations, prepareQueue: prepareQueue(jobs), copy: preparedCopy() };
    const database = await openDatabase(place, options);
    return { database, place, url: null, close: () => database.close() };
  }
  const { url, drop } = await copyServerDatabase();
  const opened = await reopenTestDatabase(url);
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await drop();
    },
  };
};

/** A database that is there already, for a further process; it stays when that is closed. */
export const reopenTestDatabase = async (url: string): Promise<TestDatabase> => {
  const place: DatabasePlace = { kind: 'server', url };
  const database = await openDatabase(place, { migrations, prepareQueue: prepareQueue(jobs) });
  return { database, place, url, close: () => database.close() };
};
