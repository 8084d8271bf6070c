import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { asId, type ProgramId } from '~/core/values/ids';
import { auditLedger } from '~/features/health/db/audit';
import { migrate, type MigrationConnection } from '~/db/migrate';
import { at } from 'test/support/builders';
import { createServerDatabase, engines, migrations } from 'test/support/database';

type Opened = MigrationConnection & { readonly close: () => Promise<void> };
type Rows = Record<string, unknown>[];

/** An empty database of the engine, as its owner. */
const open = async (engine: 'embedded' | 'server'): Promise<Opened> => {
  if (engine === 'embedded') {
    const database = await PGlite.create('memory://');
    return {
      exec: async (sql) => void (await database.exec(sql)),
      query: async (sql, values) => (await database.query<Record<string, unknown>>(sql, [...values])).rows,
      close: () => database.close(),
    };
  }
  const { url, drop } = await createServerDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    exec: async (sql) => void (await client.query(sql)),
    query: async (sql, values) => (await client.query(sql, [...values])).rows as Rows,
    close: async () => {
      await client.end();
      await drop();
    },
  };
};

const oldId = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A ledger as it was written when only keys said what an entry was part of. */
const writeOldLedger = async (database: Opened): Promise<void> => {
  const [owner, reward] = [oldId(1), `tier:${oldId(1)}:gold:2025`];
  const entry = (id: number, kind: string, points: number, key: string, redemption: number | null = null) =>
    `INSERT INTO entry (program_id, id, member_id, kind, points, key, fingerprint, lot_id, redemption_id, why, actor,
       occurred_at, recorded_at)
     VALUES ('${owner}', '${oldId(id)}', '${owner}', '${kind}', ${points}, '${key}', 'f',
       ${/^(expire|revive)/.test(key) ? `'${oldId(14)}'` : 'NULL'},
       ${redemption === null ? 'NULL' : `'${oldId(redemption)}'`}, '{}', '{}', now(), now());`;
  const lot = (id: number, slice: number, size: number, remaining: number) =>
    `INSERT INTO lot (program_id, id, slice, member_id, size, remaining, opened_at, available_at, key)
     VALUES ('${owner}', '${oldId(id)}', ${slice}, '${owner}', ${size}, ${remaining}, now(), now(), 'k');`;
  const draw = (id: number, lotId: number, slice: number, points: number) =>
    `INSERT INTO draw (program_id, entry_id, n, lot_id, slice, points, at)
     VALUES ('${owner}', '${oldId(id)}', 0, '${oldId(lotId)}', ${slice}, ${points}, now());`;
  await database.exec(`
    INSERT INTO program (id, created_at) VALUES ('${owner}', now());
    INSERT INTO member (program_id, id, created_at, available) VALUES ('${owner}', '${owner}', now(), 21);
    ${entry(10, 'import', 5, `import:${oldId(90)}:7`)} ${entry(11, 'import', -5, `import:${oldId(90)}:undo:${owner}`)}
    ${entry(12, 'bonus', 11, reward)} ${entry(13, 'bonus', -11, `${reward}:2`)} ${entry(14, 'bonus', 11, `${reward}:3`)}
    ${entry(15, 'redeem', -4, `redeem:${oldId(91)}`, 91)} ${entry(16, 'redeem', -4, `redeem:${oldId(91)}:late`, 91)}
    ${entry(17, 'expire', -7, `expire:${oldId(14)}:0`)} ${entry(18, 'adjust', 7, `revive:${oldId(14)}:0`)}
    ${entry(19, 'adjust', 14, 'adjust:late')}
    ${entry(20, 'return', 4, 'return:x:1', 91)}
    ${lot(10, 0, 5, 0)} ${lot(12, 0, 11, 0)} ${lot(14, 0, 11, 0)} ${lot(14, 1, 0, 7)} ${lot(19, 0, 14, 14)}
    ${draw(11, 10, 0, 5)} ${draw(13, 12, 0, 11)} ${draw(15, 14, 0, 4)}
    ${draw(17, 14, 0, 7)} ${draw(18, 14, 1, -7)}
    INSERT INTO tier_reward (program_id, member_id, tier_id, period, reached_at, points, key, seq)
      VALUES ('${owner}', '${owner}', 'gold', '2025', now(), 11, '${reward}', 3);`);
};

describe.each(engines)('what entries and lots are part of (%s)', (engine) => {
  test('entries and lots of before say in columns what their keys said, and the ledger still adds up', async () => {
    const database = await open(engine);
    const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
    const later = readdirSync(migrations).filter((name) => /^\d{14}_/.test(name) && name >= '20261126150000');
    cpSync(migrations, folder, { recursive: true, filter: (path) => !later.some((name) => path.endsWith(name)) });
    await migrate(database, folder);
    await writeOldLedger(database);
    cpSync(migrations, folder, { recursive: true });
    expect(await migrate(database, folder)).toEqual(later);
    const columns = 'key, part, slice, batch_id, batch_line, award_key';
    const rows = await database.query(`SELECT ${columns} FROM entry ORDER BY id`, []);
    const none = { part: null, slice: null, batch_id: null, batch_line: null, award_key: null };
    const [batch, awardKey] = [oldId(90), `tier:${oldId(1)}:gold:2025`];
    expect(rows).toEqual([
      { ...none, key: `import:${batch}:7`, batch_id: batch, batch_line: 7 },
      { ...none, key: `import:${batch}:undo:${oldId(1)}`, batch_id: batch },
      { ...none, key: awardKey, award_key: awardKey },
      { ...none, key: `${awardKey}:2`, award_key: awardKey },
      { ...none, key: `${awardKey}:3`, award_key: awardKey },
      { ...none, key: `redeem:${oldId(91)}` },
      { ...none, key: `redeem:${oldId(91)}:late`, part: 'late' },
      { ...none, key: `expire:${oldId(14)}:0`, slice: 0 },
      { ...none, key: `revive:${oldId(14)}:0`, part: 'revive', slice: 0 },
      { ...none, key: 'adjust:late' },
      { ...none, key: 'return:x:1' },
    ]);
    const lots = await database.query('SELECT id, slice, batch_id, award_key FROM lot ORDER BY id, slice', []);
    expect(lots).toEqual([
      { id: oldId(10), slice: 0, batch_id: batch, award_key: null },
      { id: oldId(12), slice: 0, batch_id: null, award_key: awardKey },
      { id: oldId(14), slice: 0, batch_id: null, award_key: awardKey },
      { id: oldId(14), slice: 1, batch_id: null, award_key: awardKey },
      { id: oldId(19), slice: 0, batch_id: null, award_key: null },
    ]);
    const ask = { $queryRawUnsafe: (sql: string, ...values: unknown[]) => database.query(sql, values) };
    const audit = () => auditLedger(ask as never, asId<ProgramId>(oldId(1)), at('12:00'));
    expect(await audit()).toEqual([]);
    await database.exec(`UPDATE entry SET part = NULL WHERE part = 'late'`);
    expect(
      (await audit()).map(({ rule }) => rule),
      'the audit reads the column',
    ).toEqual(['debit']);
    await database.close();
    rmSync(folder, { recursive: true });
  });
});
