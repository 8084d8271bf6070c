import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { agreeToImport } from '~/features/pointFiles/usecases/decideImport';
import { readImportFile } from '~/features/pointFiles/usecases/readImportFile';
import { runImport } from '~/features/pointFiles/usecases/runImport';
import { redeemReward } from '~/usecases/redeemReward';
import { refuse } from '~/core/values/result';
import { listMembers } from '~/db/memberLists';
import { exportFile } from '~/features/pointFiles/views/exportFile';
import { memberFile } from '~/features/pointFiles/views/memberFile';
import { exportedTables } from '~/process/wings';
import { at, line, order, program, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const now = at('12:00', 15);

const textOf = async (tenant: Tenant, name: string): Promise<string> => {
  let text = '';
  const file = exportFile(tenant.deps.database, exportedTables, tenant.store.programId, name);
  for await (const part of file?.lines ?? []) text += part;
  return text;
};

/** A member with everything: orders, refunds, a code, debt, a tier; a guest; points that wait. */
const lively = async (world: World): Promise<Tenant> => {
  const expiry = { kind: 'after_months' as const, months: 12, endOfMonth: true };
  const name = { en: 'Gold', it: 'Oro', de: 'Gold', fr: 'Or', es: 'Oro' };
  const tiers = {
    metric: 'points' as const,
    currency: 'EUR',
    window: { kind: 'lifetime' as const },
    levels: [{ id: 'gold', name, threshold: 20, entryPoints: 5 }],
  };
  const tenant = await world.tenant({ document: program({ earning: { holdDays: 3 }, policies: { expiry }, tiers }) });
  await tenant.settle(
    [order({ orderId: 1, lines: [line({ listMinor: 9000, quantity: 3, title: 'A "quoted", long\ntitle' })] })],
    now,
  );
  await tenant.settle(
    [order({ orderId: 2, customerId: null, emailHash: 'h'.repeat(43), lines: [line({ listMinor: 1200 })] })],
    now,
  );
  await tenant.settle(
    [order({ orderId: 3, instant: at('09:00', 15), customerId: asId<PlatformId>('9007199254740993') })],
    now,
  );
  const wish = {
    redemptionId: asId<RedemptionId>(randomUUID()),
    customerId: asId<PlatformId>('77'),
    rewardId: 'as-you-like',
    points: 40,
    cart: null,
  };
  expect((await redeemReward(tenant.deps, tenant.store, wish, now)).ok).toBe(true);
  await tenant.settle(
    [
      order({
        orderId: 1,
        updatedAt: at('13:00', 15),
        financialStatus: 'partially_refunded',
        refunds: [refund({ lines: [[1, 1]] })],
        lines: [line({ listMinor: 9000, quantity: 3, currentQuantity: 2 })],
      }),
    ],
    now,
  );
  return tenant;
};

describe.each(engines)('exports, on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  test('everything as JSON lines is lossless: read into an empty one it is the same again, and adds up', async () => {
    const tenant = await lively(world);
    const everything = await textOf(tenant, 'everything');
    const tables = new Set(
      everything
        .trim()
        .split('\n')
        .map((one) => (JSON.parse(one) as { table: string }).table),
    );
    for (const table of [
      'program',
      'program_version',
      'store',
      'member',
      'member_identity',
      'order',
      'entry',
      'lot',
      'draw',
      'redemption',
      'tier_change',
      'entry_award',
    ]) {
      expect([...tables]).toContain(table);
    }
    const other = await openWorld(engine);
    try {
      for (const text of everything.trim().split('\n')) {
        const { table, row } = JSON.parse(text) as { table: string; row: unknown };
        await other.database.prisma.$executeRawUnsafe(
          `INSERT INTO "${table}" SELECT * FROM jsonb_populate_record(NULL::"${table}", $1::text::jsonb)`,
          JSON.stringify(row),
        );
      }
      const restored: Tenant = { ...tenant, deps: { ...tenant.deps, database: other.database } };
      expect(await textOf(restored, 'everything')).toBe(everything);
    } finally {
      await other.close();
    }
  });

  test('a table as CSV has all columns, and its text with commas, quotes and line ends can be read again', async () => {
    const tenant = await lively(world);
    const title = 'A "quoted", long\ntitle; with = everything';
    await tenant.settle([order({ orderId: 9, lines: [line({ title })] })], now);
    const rows: Record<string, string>[] = parse(await textOf(tenant, 'order'), { columns: true });
    const nine = JSON.parse(rows.find((row) => row.order_id === '9')?.snapshot ?? '{}') as {
      lines: { title: string }[];
    };
    expect(nine.lines[0]?.title).toBe(title);
    expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining(['program_id', 'context', 'finding', 'posted']));
    const entries: Record<string, string>[] = parse(await textOf(tenant, 'entry'), { columns: true });
    expect(entries.map(({ points }) => points)).toEqual((await tenant.entries()).map(({ points }) => String(points)));
    expect(entries.some(({ points }) => points?.startsWith('-'))).toBe(true);
    expect((await textOf(tenant, 'entry')).split('\n').length).toBe((await tenant.entries()).length + 2);
  });

  test('members go out as people read them, all pages of them, or not at all', async () => {
    const tenant = await lively(world);
    const many = Array.from({ length: 120 }, (_, n) =>
      order({ orderId: 1000 + n, customerId: asId<PlatformId>(String(5000 + n)), lines: [line({ listMinor: 700 })] }),
    );
    await tenant.settle(many, now);
    const { deps, store, shop } = tenant;
    const textIn = async (file: ReturnType<typeof memberFile>): Promise<string> => {
      let text = '';
      for await (const part of file.lines) text += part;
      return text;
    };
    const text = await textIn(memberFile(deps.database, shop, store, 'it'));
    expect(
      text.startsWith('\uFEFFIscritto,E-mail,Disponibili,In attesa,Da recuperare,Livello,Iscritto dal,ID cliente\n'),
    ).toBe(true);
    const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
    const list = await listMembers(deps.database.prisma, store.programId, {}, { sort: 'oldest', after: null }, 500);
    expect(rows).toHaveLength(list.length);
    expect(rows.map((row) => Number(row['In attesa']))).toEqual(list.map(({ pending }) => pending));
    const first = rows.at(-1);
    expect(first).toMatchObject({ Iscritto: 'Customer 5119', 'ID cliente': '5119', 'Iscritto dal': '2026-06-10' });
    expect(rows.some((row) => row.Livello === 'Oro')).toBe(true);
    const away = { readCustomers: async () => refuse({ kind: 'unavailable' as const, reason: 'x' }) };
    await expect(textIn(memberFile(deps.database, away, store, 'it'))).rejects.toThrow('could not be read');
  });

  test('no export holds anything of another program', async () => {
    const [tenant, other] = [await lively(world), await lively(world)];
    expect(await textOf(tenant, 'everything')).not.toContain(other.store.programId);
  });

  test('a note that a spreadsheet would run goes out as plain text and comes in again as it was', async () => {
    const notes = ['=HYPERLINK("http://x")', '@SUM(1)', '-5', '+39 06', "'=1", 'plain'];
    const read = async (tenant: Tenant, cells: readonly string[]): Promise<void> => {
      const quotedCells = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`);
      const rows = quotedCells.map((cell, index) => `${index + 1},5,${cell}`).join('\n');
      const file = `customer_id,points,note\n${rows}\n`;
      const chunks = async function* (): AsyncGenerator<Uint8Array> {
        await Promise.resolve();
        yield Buffer.from(file);
      };
      const sent = { id: randomUUID(), name: 'notes.csv', by: 'staff:1', chunks: chunks() };
      expect(await readImportFile(tenant.deps, tenant.store, sent, now)).toMatchObject({ ok: true });
    };
    const cellsOf = async (tenant: Tenant): Promise<readonly (string | undefined)[]> =>
      (parse(await textOf(tenant, 'import_line'), { columns: true }) as Record<string, string>[]).map(
        ({ note }) => note,
      );
    const [tenant, copy] = [await world.tenant(), await world.tenant()];
    // What a file says in so many words, with an apostrophe or without one, is the same text.
    await read(
      tenant,
      notes.map((note) => (note.startsWith("'") ? `'${note}` : note)),
    );
    const exported = await cellsOf(tenant);
    expect(exported).toEqual(['\'=HYPERLINK("http://x")', "'@SUM(1)", "'-5", "'+39 06", "''=1", 'plain']);
    await read(copy, exported.map(String));
    const kept = await copy.deps.database.prisma.importLine.findMany({
      where: { programId: copy.store.programId },
      orderBy: { line: 'asc' },
    });
    expect(kept.map(({ note }) => note)).toEqual(notes);
  });

  test('balances go out and come in again: the same available, pending and ends', async () => {
    const tenant = await lively(world);
    const file = await textOf(tenant, 'open-points');
    const copy = await world.tenant({
      document: program({ policies: { expiry: { kind: 'after_months', months: 1, endOfMonth: false } } }),
    });
    const id = randomUUID();
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      yield Buffer.from(file);
    };
    expect(
      await readImportFile(
        copy.deps,
        copy.store,
        { id, name: 'open-points.csv', by: 'staff:1', chunks: chunks() },
        now,
      ),
    ).toMatchObject({ ok: true });
    await runImport(copy.deps, copy.store, id, () => now);
    expect((await agreeToImport(copy.deps, copy.store, id, { leaveOut: false, withGuests: true })).ok).toBe(true);
    await runImport(copy.deps, copy.store, id, () => now);
    const lots = (of: Tenant) =>
      of.deps.database.prisma.lot.findMany({
        where: { programId: of.store.programId, remaining: { gt: 0 } },
        orderBy: [{ openedAt: 'asc' }, { remaining: 'asc' }],
        select: { remaining: true, openedAt: true, availableAt: true, expiresAt: true },
      });
    expect(await lots(copy)).toEqual(await lots(tenant));
    for (const customer of ['77', '9007199254740993']) {
      const { available, pending } = await tenant.balance(now, customer);
      expect(await copy.balance(now, customer)).toMatchObject({ available, pending });
    }
    await copy.audit();
  });
});
