import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction, statesOf } from '~/db/inTransaction';
import { migrate, type MigrationConnection } from '~/db/migrate';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { at, bonus, line, order, program } from 'test/support/builders';
import { createSecrets } from '~/process/secrets';
import { mergeMembers } from '~/usecases/mergeMembers';
import { memberPage } from '~/views/memberPage';
import { engines, migrations } from 'test/support/database';
import { openWorld, type World } from 'test/support/world';

describe.each(engines)('the database (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const refusedWith = async (sql: string): Promise<readonly string[]> => {
    try {
      await world.database.prisma.$executeRawUnsafe(sql);
      return ['done'];
    } catch (error) {
      return statesOf(error);
    }
  };

  test('the application’s role can add entries and draws but never change or delete them', async () => {
    const tenant = await world.tenant();
    await tenant.settle([order({ lines: [line({ listMinor: 5000 })] })], at('12:01'));
    for (const sql of [
      'UPDATE entry SET points = 1',
      'DELETE FROM entry',
      'UPDATE draw SET points = 1',
      'DELETE FROM draw',
      'TRUNCATE entry CASCADE',
    ]) {
      expect([sql, await refusedWith(sql)]).toEqual([sql, expect.arrayContaining(['42501'])]);
    }
    expect((await tenant.entries())[0]?.points).toBe(50);
  });

  test('the program leads every primary key, unique constraint and foreign key of a tenant’s table', async () => {
    const rows = await world.database.prisma.$queryRawUnsafe<
      { relation: string; name: string; kind: string; first: string }[]
    >(`
      SELECT c.relname::text AS relation, k.conname::text AS name, k.contype::text AS kind, a.attname::text AS first
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_attribute a ON a.attrelid = c.oid
        AND a.attnum = k.conkey[1]
      WHERE k.connamespace = 'public'::regnamespace AND k.contype IN ('p', 'u', 'f')
      UNION ALL SELECT c.relname::text, i.relname::text, 'i', a.attname::text FROM pg_index x JOIN pg_class i
        ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[0] WHERE x.indisunique
          AND c.relnamespace = 'public'::regnamespace`);
    const shared = new Set([
      ...['session', 'tenant_directory', 'privacy_request', 'follower', 'caller', '_prisma_migrations'],
    ]);
    const wrong = rows.filter(
      ({ relation, first }) =>
        !shared.has(relation) && first !== 'program_id' && !(relation === 'program' && first === 'id'),
    );
    expect(rows.length).toBeGreaterThan(30);
    expect(wrong).toEqual([]);
  });

  test('one tenant cannot reach what another has', async () => {
    const [mine, other] = [await world.tenant(), await world.tenant()];
    await other.settle([order({ lines: [line({ listMinor: 5000 })] })], at('12:01'));
    const member = await world.database.prisma.member.findFirstOrThrow({ where: { programId: other.store.programId } });
    expect(
      await memberPage(world.database, mine.shop, mine.store, { id: member.id, before: null }, at('12:02')),
    ).toBeNull();
    expect(
      (await memberPage(world.database, other.shop, other.store, { id: member.id, before: null }, at('12:02')))?.balance
        .available,
    ).toBe(50);
    expect((await mine.balance(at('12:02'))).available).toBe(0);
    expect(asId<MemberId>(member.id)).toBe(member.id);
  });

  test('the page of a member that was merged says into whom', async () => {
    const { deps, store, shop, settle } = await world.tenant();
    const two = ['77', '78'].map((id, index) => order({ orderId: index + 1, customerId: asId<PlatformId>(id) }));
    await settle(two, at('12:01'));
    const [from, to] = (await world.database.prisma.member.findMany({ where: { programId: store.programId } })).map(
      ({ id }) => asId<MemberId>(id),
    );
    if (from === undefined || to === undefined) throw new Error('no two members');
    expect((await mergeMembers(deps, store.programId, { from, to }, { kind: 'system' }, at('12:02'))).ok).toBe(true);
    const mergedInto = async (id: MemberId) =>
      (await memberPage(world.database, shop, store, { id, before: null }, at('12:03')))?.mergedInto;
    expect([await mergedInto(from), await mergedInto(to)]).toEqual([to, null]);
  });

  test('a transaction is tried again when the database asks for it, and not for other errors', async () => {
    let attempts = 0;
    const raise = (state: string) => `DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '${state}'; END $$`;
    const answer = await inTransaction(world.database, async (tx) => {
      attempts += 1;
      if (attempts < 3) await tx.$executeRawUnsafe(raise(attempts === 1 ? '40001' : '40P01'));
      return 'done';
    });
    expect([answer, attempts]).toEqual(['done', 3]);
    await expect(
      inTransaction(world.database, async (tx) => {
        attempts += 1;
        await tx.$executeRawUnsafe(raise('23514'));
      }),
    ).rejects.toThrow();
    expect(attempts).toBe(4);
  });
});

describe('migrations', () => {
  const emptyDatabase = async () => {
    const { PGlite } = await import('@electric-sql/pglite');
    const database = await PGlite.create('memory://');
    const connection: MigrationConnection = {
      exec: async (sql) => void (await database.exec(sql)),
      query: async (sql, values) => (await database.query<Record<string, unknown>>(sql, [...values])).rows,
    };
    return { database, connection };
  };
  test('a database with orders keeps of their contexts what the program of their version asks for', async () => {
    const { database, connection } = await emptyDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
    const later = readdirSync(migrations).filter((name) => /^\d{14}_/.test(name) && name >= '20261124120000');
    cpSync(migrations, folder, { recursive: true, filter: (path) => !later.some((name) => path.endsWith(name)) });
    await migrate(connection, folder);
    const id = '00000000-0000-7000-8000-000000000001';
    const document = JSON.stringify(program({ earning: { caps: { perDay: 100, lifetime: 900 } } }));
    const used = { day: 1, month: 2, lifetime: 3 };
    const contexts = [
      { programVersion: 1, via: 'instant', used },
      { programVersion: 1, via: 'instant', tier: null },
      null,
    ];
    await database.exec(`
      INSERT INTO program (id, created_at) VALUES ('${id}', now());
      INSERT INTO store (program_id, id, platform, domain, name, currency, time_zone, installed_at)
        VALUES ('${id}', '${id}', 'shopify', 'a', 'a', 'EUR', 'UTC', now());
      INSERT INTO program_version (program_id, version, document, published_at, by)
        VALUES ('${id}', 1, '${document.replaceAll("'", "''")}', now(), 'x');`);
    for (const [index, context] of contexts.entries())
      await database.query(
        `INSERT INTO "order" (program_id, store_id, order_id, name, instant, updated_at, snapshot, context, finding,
          currency, standing_kind, recorded_at)
         VALUES ('${id}', '${id}', $1, '#1', now(), now(), '{}', $2, $3, 'EUR', 'counted', now())`,
        [String(index), context, index === 0 ? { ...context, used: { ...used, day: 9 } } : null],
      );
    const members = [1, 2, 3].map((number) => `00000000-0000-7000-8000-00000000010${number}`);
    for (const [index, member] of members.entries())
      await database.query('INSERT INTO member (program_id, id, created_at, merged_into) VALUES ($1, $2, now(), $3)', [
        id,
        member,
        members[index + 1] ?? null,
      ]);
    cpSync(migrations, folder, { recursive: true });
    expect(await migrate(connection, folder)).toEqual(later);
    const aliases = await database.query<{ merged_into: string | null }>('SELECT merged_into FROM member ORDER BY id');
    expect(
      aliases.rows.map((row) => row.merged_into),
      'an alias names who has everything now',
    ).toEqual([members[2], members[2], null]);
    const { rows } = await database.query<{ context: unknown; finding: unknown; facts: unknown }>(
      'SELECT context, finding, facts FROM "order" ORDER BY order_id',
    );
    expect(rows.map(({ context }) => context)).toEqual([
      { ...contexts[0], used: { day: 1, lifetime: 3 } },
      contexts[1],
      null,
    ]);
    expect(rows.map(({ finding }) => finding)).toEqual([{ ...contexts[0], used: { day: 9, lifetime: 3 } }, null, null]);
    expect(rows.map(({ facts }) => facts)).toEqual([null, null, null]);
    await database.close();
    rmSync(folder, { recursive: true });
  });
  test('a database with entry rewards and points that came back knows whose entries they have, and since when', async () => {
    const { database, connection } = await emptyDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
    const later = readdirSync(migrations).filter((name) => /^\d{14}_/.test(name) && name >= '20261124200000');
    cpSync(migrations, folder, { recursive: true, filter: (path) => !later.some((name) => path.endsWith(name)) });
    await migrate(connection, folder);
    const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
    const [program1, gone, kept, bonusId, returnId, reviveId] = [1, 2, 3, 4, 5, 6].map(id);
    const entry = (
      entryId: string | undefined,
      member: string | undefined,
      kind: string,
      points: number,
      key: string,
    ) =>
      `INSERT INTO entry (program_id, id, member_id, kind, points, key, fingerprint, why, actor, occurred_at,
        recorded_at)
       VALUES ('${program1}', '${entryId}', '${member}', '${kind}', ${points}, '${key}', 'f', '{}', '{}', now(),
         now());`;
    const lot = (lotId: string | undefined, slice: number) =>
      `INSERT INTO lot (program_id, id, slice, member_id, size, remaining, opened_at, available_at, key)
       VALUES ('${program1}', '${lotId}', ${slice}, '${kept}', ${slice === 0 ? 11 : 0}, 5, now(), now(), 'k');`;
    const draw = (entryId: string | undefined, lotId: string | undefined) =>
      `INSERT INTO draw (program_id, entry_id, n, lot_id, slice, points, at)
        VALUES ('${program1}', '${entryId}', 0, '${lotId}', 1, -5, '2026-05-02T00:00:00Z');`;
    await database.exec(`
      INSERT INTO program (id, created_at) VALUES ('${program1}', now());
      INSERT INTO member (program_id, id, created_at) VALUES ('${program1}', '${kept}', now());
      INSERT INTO member (program_id, id, created_at, merged_into) VALUES ('${program1}', '${gone}', now(), '${kept}');
      ${entry(bonusId, gone, 'bonus', 11, `tier:${gone}:gold:2025`)}
      ${entry(returnId, kept, 'return', 5, 'r')} ${entry(reviveId, kept, 'adjust', 5, 'revive')}
      ${lot(bonusId, 0)} ${lot(bonusId, 1)} ${lot(returnId, 0)} ${lot(returnId, 1)}
      ${draw(returnId, bonusId)} ${draw(reviveId, returnId)}
      INSERT INTO tier_reward (program_id, member_id, tier_id, period, reached_at)
        VALUES ('${program1}', '${kept}', 'gold', '2025', now()),
          ('${program1}', '${kept}', 'silver', '2025', now());`);
    cpSync(migrations, folder, { recursive: true });
    expect(await migrate(connection, folder)).toEqual(later);
    expect((await database.query('SELECT tier_id, points, key, seq FROM entry_award ORDER BY tier_id')).rows).toEqual([
      { tier_id: 'gold', points: 11, key: `tier:${gone}:gold:2025`, seq: 1 },
      { tier_id: 'silver', points: 0, key: `tier:${kept}:silver:2025`, seq: 1 },
    ]);
    expect(
      (await database.query('SELECT id, since FROM lot WHERE since IS NOT NULL OR slice = 1 ORDER BY id')).rows,
    ).toEqual([
      { id: bonusId, since: new Date('2026-05-02T00:00:00Z') },
      { id: returnId, since: null },
    ]);
    await database.close();
    rmSync(folder, { recursive: true });
  });
  test('a database with tags and product facts keeps what its orders were settled by', async () => {
    const { database, connection } = await emptyDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
    const later = readdirSync(migrations).filter((name) => /^\d{14}_/.test(name) && name >= '20261126100000');
    cpSync(migrations, folder, { recursive: true, filter: (path) => !later.some((name) => path.endsWith(name)) });
    await migrate(connection, folder);
    const id = '00000000-0000-7000-8000-000000000001';
    const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
    const document = program({
      segments: [
        { id: 'friends', name, customerTags: ['Friend '] },
        { id: 'unused', name, customerTags: ['unused'] },
      ],
      earning: {
        exclude: { customerTags: ['Wholesale'], productTags: ['bio'] },
        bonuses: [bonus({ id: 'friends', times: 2, conditions: [{ kind: 'segment', segmentIds: ['friends'] }] })],
      },
    });
    await database.query(`INSERT INTO program (id, created_at) VALUES ($1, now())`, [id]);
    await database.query(
      `INSERT INTO store (program_id, id, platform, domain, name, currency, time_zone, installed_at)
        VALUES ($1, $1, 'shopify', 'a', 'a', 'EUR', 'UTC', now())`,
      [id],
    );
    for (const [version, published] of [program(), document].entries())
      await database.query(
        `INSERT INTO program_version (program_id, version, document, published_at, by) VALUES ($1, $2, $3, now(), 'x')`,
        [id, version + 1, published],
      );
    await database.query(
      `INSERT INTO account_email (program_id, store_id, customer_id, email_hash, verified_at)
        VALUES ($1, $1, '77', 'hash', '2026-05-02T00:00:00Z')`,
      [id],
    );
    const tagged = ['wholesale', ' FRIEND', 'unused', 'else'];
    const sold = { ...line({ productId: asId<PlatformId>('7'), variantId: asId<PlatformId>('9') }) };
    const products = { '7': { type: 'Olio', tags: ['bio'], collections: ['44'], saleVariants: ['9'] }, '8': null };
    const snapshot = {
      ...order({
        lines: [{ ...sold, productId: null, variantId: null }, line({ lineId: 2, productId: asId<PlatformId>('8') })],
      }),
      customerTags: tagged,
    };
    const standing = { ...order({ lines: [sold] }), customerTags: ['friend'] };
    const insert = async (orderId: string, context: object | null, stood: unknown) =>
      database.query(
        `INSERT INTO "order" (program_id, store_id, order_id, name, instant, updated_at, snapshot, standing, context,
          currency, standing_kind, recorded_at)
         VALUES ($1, $1, $2, '#1', now(), now(), $3, $4, $5, 'EUR', 'counted', now())`,
        [id, orderId, snapshot, stood === 'none' ? '"none"' : stood, context],
      );
    await insert('1', { programVersion: 2, via: 'instant', products }, null);
    await insert('2', { programVersion: 2, via: 'instant', products }, standing);
    await insert('3', { programVersion: 1, via: 'instant' }, 'none');
    await insert('4', null, null);
    cpSync(migrations, folder, { recursive: true });
    expect(await migrate(connection, folder)).toEqual(later);
    const { rows } = await database.query<{
      context: { lines?: Record<string, unknown> } | null;
      snapshot: object;
      settled: object | null;
      owned: unknown;
    }>('SELECT context, snapshot, settled, owned FROM "order" ORDER BY order_id');
    const [plainLine, oil] = [
      { productId: null, vendor: null, type: null, tags: [], collections: [], onSale: false },
      { productId: '7', vendor: null },
    ];
    expect(rows.map(({ context }) => context)).toEqual([
      {
        programVersion: 2,
        via: 'instant',
        labels: ['friend', 'wholesale'],
        lines: { '1': plainLine, '2': { ...plainLine, productId: '8' } },
      },
      {
        programVersion: 2,
        via: 'instant',
        labels: ['friend'],
        lines: {
          '1': { ...oil, type: 'Olio', tags: ['bio'], collections: ['44'], onSale: true },
          '2': { ...plainLine, productId: '8' },
        },
      },
      { programVersion: 1, via: 'instant' },
      null,
    ]);
    for (const row of rows)
      expect(
        [row.snapshot, row.settled, row.owned].filter((one) => one !== null && 'customerTags' in Object(one)),
      ).toEqual([]);
    const customers = await database.query('SELECT customer_id, told_at, labels, labels_read FROM customer');
    expect(customers.rows).toEqual([
      { customer_id: '77', told_at: new Date('2026-05-02T00:00:00Z'), labels: [], labels_read: false },
    ]);
    await database.close();
    rmSync(folder, { recursive: true });
  });
  test('messages that were kept know how long they were', async () => {
    const { database, connection } = await emptyDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
    const later = readdirSync(migrations).filter((name) => /^\d{14}_/.test(name) && name >= '20261126110000');
    cpSync(migrations, folder, { recursive: true, filter: (path) => !later.some((name) => path.endsWith(name)) });
    await migrate(connection, folder);
    const id = '00000000-0000-7000-8000-000000000001';
    const sealed = createSecrets(Buffer.alloc(32, 7).toString('base64')).encrypt('{"id": 5}');
    await database.query(
      `INSERT INTO unreadable_delivery (program_id, id, store_id, topic, webhook_id, reason, body, received_at)
       VALUES ('${id}', '${id}', '${id}', 'orders/paid', 'w', 'r', $1, now())`,
      [sealed],
    );
    cpSync(migrations, folder, { recursive: true });
    expect(await migrate(connection, folder)).toEqual(later);
    const { rows } = await database.query<{ bytes: number; body: Uint8Array }>(
      'SELECT bytes, body FROM unreadable_delivery',
    );
    expect(rows.map(({ bytes, body }) => [bytes, body.length])).toEqual([[9, sealed.length]]);
    await database.close();
    rmSync(folder, { recursive: true });
  });
  test('files that were imported before know what they gave, and files that wait are not taken for mere balances', async () => {
    const { database, connection } = await emptyDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
    const later = readdirSync(migrations).filter((name) => /^\d{14}_/.test(name) && name >= '20261126140000');
    cpSync(migrations, folder, { recursive: true, filter: (path) => !later.some((name) => path.endsWith(name)) });
    await migrate(connection, folder);
    const id = (n: number): string => `00000000-0000-7000-8000-00000000000${n}`;
    await database.exec(`
      INSERT INTO program (id, created_at) VALUES ('${id(1)}', now());
      INSERT INTO store (program_id, id, platform, domain, name, currency, time_zone, installed_at)
        VALUES ('${id(1)}', '${id(1)}', 'shopify', 'a', 'a', 'EUR', 'UTC', now());
      INSERT INTO member (program_id, id, created_at) VALUES ('${id(1)}', '${id(1)}', now());
      INSERT INTO import_batch (program_id, id, store_id, state, file_name, by, created_at, good, points) VALUES
        ('${id(1)}', '${id(2)}', '${id(1)}', 'done', 'a', 'x', now(), 3, 60),
        ('${id(1)}', '${id(3)}', '${id(1)}', 'ready', 'b', 'x', now(), 2, 9);`);
    for (const [n, points, posted] of [
      [4, 10, true],
      [5, 20, true],
      [6, 30, false],
    ] as const) {
      await database.exec(`
        INSERT INTO import_line (program_id, batch_id, line, points, member_id, entry_id)
          VALUES ('${id(1)}', '${id(2)}', ${n}, ${points}, ${posted ? `'${id(1)}', '${id(n)}'` : 'NULL, NULL'})`);
      if (posted)
        await database.exec(`
          INSERT INTO entry (program_id, id, member_id, kind, points, key, fingerprint, why, actor, occurred_at,
            recorded_at)
            VALUES ('${id(1)}', '${id(n)}', '${id(1)}', 'import', ${points}, 'k${n}', 'f', '{}', '{}', now(), now())`);
    }
    cpSync(migrations, folder, { recursive: true });
    expect(await migrate(connection, folder)).toEqual(later);
    const { rows } = await database.query(
      'SELECT state, mode, posted_points, moving, reading FROM import_batch ORDER BY id',
    );
    expect(rows).toEqual([
      { state: 'done', mode: 'add', posted_points: 30, moving: 0, reading: null },
      { state: 'ready', mode: 'add', posted_points: 0, moving: 2, reading: null },
    ]);
    await database.close();
    rmSync(folder, { recursive: true });
  });
  test('run once each; one that changed afterwards stops the start with a sentence', async () => {
    const { database, connection } = await emptyDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
    cpSync(migrations, folder, { recursive: true });
    expect((await migrate(connection, folder)).length).toBeGreaterThanOrEqual(1);
    expect(await migrate(connection, folder)).toEqual([]);
    const file = join(folder, '20261123000000_first_release', 'migration.sql');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n-- changed`);
    await expect(migrate(connection, folder)).rejects.toThrow(/ran on this database with other content/);
    await database.close();
    rmSync(folder, { recursive: true });
  });
});
