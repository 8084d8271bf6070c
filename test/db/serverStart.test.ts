import { createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { databaseAnswers, openDatabase, type Database } from '~/db/database';
import { prepareQueue } from '~/jobs/queue';
import { jobs } from '~/process/wings';
import { createServerDatabase, engines, migrations } from 'test/support/database';
import { freezableWay } from 'test/support/frozenServer';

const open = (url: string): Promise<Database> =>
  openDatabase({ kind: 'server', url }, { migrations, prepareQueue: prepareQueue(jobs) });

test('a server that takes the call and never says anything stops the start', async () => {
  const mute = createServer((socket) => void socket.on('error', () => undefined));
  const port = await new Promise<number>((resolve) =>
    mute.listen(0, '127.0.0.1', () => resolve((mute.address() as AddressInfo).port)),
  );
  await expect(open(`postgres://nobody@127.0.0.1:${port}/nothing`)).rejects.toThrow(/timeout/);
  mute.close();
}, 15_000);

describe.each(engines.filter((engine) => engine === 'server'))('a start on a %s', () => {
  test('six processes that start at once on an empty database all start', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { url, drop } = await createServerDatabase();
      const opened = await Promise.allSettled(Array.from({ length: 6 }, () => open(url)));
      expect(opened.map((one) => (one.status === 'rejected' ? String(one.reason) : 'open'))).toEqual(
        Array.from({ length: 6 }, () => 'open'),
      );
      await Promise.all(opened.map((one) => (one.status === 'fulfilled' ? one.value.close() : null)));
      await drop();
    }
  });

  test('a connection that would work as the owner of the tables stops it, in words', async () => {
    const { url, drop } = await createServerDatabase();
    // What the URL says of the options goes before what the app says: the role is lost, as behind a pooler that ignores
    // it.
    const lost = new URL(url);
    lost.searchParams.set('options', '-c application_name=lost');
    await expect(open(lost.href)).rejects.toThrow(
      /who may change ledger entries.*Name the server itself in DATABASE_URL/,
    );
    const database = await open(url);
    const [row] = await database.prisma.$queryRawUnsafe<{ name: string }[]>('SELECT current_user::text AS name');
    expect(row?.name).toBe('fidelio_app');
    // The role by another way into the same rights is no better.
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query('GRANT UPDATE ON entry TO fidelio_app');
    await owner.end();
    await expect(open(url)).rejects.toThrow(/may change ledger entries/);
    await database.close();
    await drop();
  });

  test('a server that hangs is said not to answer; when it is back, so are the connections', async () => {
    const { url, drop } = await createServerDatabase();
    const way = await freezableWay(url);
    const database = await open(way.url);
    expect(await databaseAnswers(database)).toBe(true);
    way.freeze();
    expect(await databaseAnswers(database)).toBe(false);
    way.thaw();
    expect(await databaseAnswers(database)).toBe(true);
    await database.close();
    await way.close();
    await drop();
  }, 30_000);
});
