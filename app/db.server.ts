import { join } from 'node:path';
import { openDatabase, type Database, type PrepareQueue } from './db/database';
import { environment } from './env.server';

/** Opens the database of this process: a server when DATABASE_URL names one, else the embedded one in DATA_DIR. */
export const openProcessDatabase = (prepareQueue: PrepareQueue): Promise<Database> => {
  const { DATABASE_URL: url, DATA_DIR: folder } = environment();
  const options = { migrations: join(process.cwd(), 'prisma', 'migrations'), prepareQueue };
  return openDatabase(url === undefined ? { kind: 'embedded', folder } : { kind: 'server', url }, options);
};
