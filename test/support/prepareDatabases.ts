import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '~/db/database';
import { prepareQueue } from '~/jobs/queue';
import { jobs } from '~/process/wings';
import { createServerDatabase, migrations } from './database';
import { preparedPlaces } from './prepared';

/** Makes the databases of which tests take copies; answers what takes them away. */
export const prepareDatabases = async (): Promise<() => Promise<void>> => {
  const folder = mkdtempSync(join(tmpdir(), 'fidelio-test-'));
  const options = { migrations, prepareQueue: prepareQueue(jobs) };
  const embedded = await openDatabase({ kind: 'embedded', folder }, options);
  if (embedded.queue.kind !== 'embedded') throw new Error('It was opened in a folder.');
  const copy = await embedded.queue.pglite.dumpDataDir('none');
  writeFileSync(join(folder, 'copy.tar'), Buffer.from(await copy.arrayBuffer()));
  await embedded.close();
  process.env[preparedPlaces.folder] = folder;
  const server = process.env.TEST_DATABASE_URL === undefined ? null : await createServerDatabase();
  if (server !== null) {
    await (await openDatabase({ kind: 'server', url: server.url }, options)).close();
    process.env[preparedPlaces.template] = new URL(server.url).pathname.slice(1);
  }
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    await server?.drop();
  };
};
