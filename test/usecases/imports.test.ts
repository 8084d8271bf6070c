import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { problemLines } from '~/features/pointFiles/db/importLines';
import { batchesOf, findBatch } from '~/features/pointFiles/db/imports';
import { memberOfCustomer } from '~/db/identities';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import { matureMembers } from '~/usecases/matureMembers';
import { agreeToImport, discardImport, undoImport } from '~/features/pointFiles/usecases/decideImport';
import { readImportFile } from '~/features/pointFiles/usecases/readImportFile';
import { runImport } from '~/features/pointFiles/usecases/runImport';
import { redeemReward } from '~/usecases/redeemReward';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const now = at('12:00', 15);
const pieces = async function* (text: string, size = 64): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) {
    await Promise.resolve();
    yield bytes.subarray(from, from + size);
  }
};

describe.each(engines)('points from a file, on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  const shopOf = async (part: Parameters<World['tenant']>[0] = {}): Promise<Tenant> => {
    const tenant = await world.tenant(part);
    tenant.shop.putCustomer('77', { email: 'giulia@example.com' });
    tenant.shop.putCustomer('78', { email: 'marco@example.com' });
    return tenant;
  };
  const read = (tenant: Tenant, text: string, id: string = randomUUID(), when = now) =>
    readImportFile(tenant.deps, tenant.store, { id, name: 'points.csv', by: 'staff:1', chunks: pieces(text) }, when);
  const run = (tenant: Tenant, id: string, when = now) => runImport(tenant.deps, tenant.store, id, () => when);
  const checked = async (tenant: Tenant, text: string) => {
    const id = randomUUID();
    expect((await read(tenant, text, id)).ok).toBe(true);
    await run(tenant, id);
    const batch = await findBatch(tenant.deps.database.prisma, { programId: tenant.store.programId, id });
    if (batch === null) throw new Error('the file is gone');
    const problems = await problemLines(tenant.deps.database.prisma, batch, 0, 100);
    return { id, batch, problems: problems.map((one) => [one.line, one.problem.kind, one.problem.found]) };
  };
  const posted = async (tenant: Tenant, text: string) => {
    const { id, ...rest } = await checked(tenant, text);
    expect(await agreeToImport(tenant.deps, tenant.store, id, { leaveOut: true, withGuests: true })).toEqual({
      ok: true,
      value: null,
    });
    await run(tenant, id);
    return { id, ...rest };
  };
  const undo = async (tenant: Tenant, id: string, when = now) => {
    expect((await undoImport(tenant.deps, tenant.store, id)).ok).toBe(true);
    await run(tenant, id, when);
    await run(tenant, id, when);
  };

  test("Smile.io's columns: balances arrive, whatever the letters' case of an address", async () => {
    const tenant = await shopOf();
    const { batch } = await posted(
      tenant,
      '\uFEFFEmail,Points Balance\r\nGiulia@Example.com,250\r\nmarco@example.com,40\r\nnobody@example.com,0\r\n',
    );
    expect(batch).toMatchObject({ format: 'smile', lines: 3, good: 2, bad: 0, unknown: 0, points: 290 });
    expect((await tenant.balance(now, '77')).available).toBe(250);
    expect((await tenant.balance(now, '78')).available).toBe(40);
    await tenant.audit();
  });

  test('our own columns: a history with dates, ends and notes becomes lots that lapse when it says', async () => {
    const tenant = await shopOf();
    const text = [
      'customer_id;points;occurred_at;expires_at;note',
      '77;-30;2026-03-02;;"spent; in the shop"',
      '77;100;2026-01-10;2026-06-20;',
      '77;50;2026-06-01T10:00:00+02:00;;welcome',
    ].join('\n');
    const { batch } = await posted(tenant, text);
    expect(batch).toMatchObject({ format: 'fidelio', good: 3, bad: 0, points: 120 });
    expect((await tenant.balance(now)).available).toBe(120);
    // The spent points were drawn from what lapses first: 70 of the first lot are left, to the end of 20 June in Rome.
    await matureMembers(tenant.deps, instant(Date.parse('2026-06-20T21:59:59Z')));
    expect((await tenant.balance(instant(Date.parse('2026-06-20T21:59:59Z')))).available).toBe(120);
    await matureMembers(tenant.deps, instant(Date.parse('2026-06-20T22:00:00Z')));
    expect((await tenant.balance(instant(Date.parse('2026-06-20T22:00:00Z')))).available).toBe(50);
    await tenant.audit();
  });

  test('old balances live by the policy from their date, at least the minimum from the import on', async () => {
    const expiry = { kind: 'after_months' as const, months: 12, endOfMonth: false };
    const tenant = await shopOf({ document: program({ policies: { expiry, minimumLifeDays: 30 } }) });
    await posted(tenant, 'customer_id,points,occurred_at\n77,10,2024-01-01\n77,20,2026-06-01\n');
    const lots = await tenant.deps.database.prisma.lot.findMany({
      where: { programId: tenant.store.programId },
      orderBy: { size: 'asc' },
    });
    expect(lots.map(({ expiresAt }) => expiresAt?.toISOString())).toEqual([
      '2026-07-15T12:00:00.000Z',
      '2027-06-01T22:00:00.000Z',
    ]);
  });

  test('by inactivity: what the member did since the date of a line renews it', async () => {
    const tenant = await shopOf({
      document: program({ policies: { expiry: { kind: 'inactivity_months', months: 12 } } }),
    });
    await tenant.settle([order({ orderId: 1, instant: at('12:00', 10) })], at('12:01', 10));
    await posted(tenant, 'customer_id,points,occurred_at\n77,10,2026-01-01\n78,10,2026-01-01\n');
    const where = { programId: tenant.store.programId, key: { startsWith: 'import:' } };
    const lots = await tenant.deps.database.prisma.lot.findMany({ where, orderBy: { key: 'asc' } });
    expect(lots.map(({ expiresAt }) => expiresAt?.toISOString())).toEqual([
      '2027-06-10T22:00:00.000Z',
      '2027-01-01T23:00:00.000Z',
    ]);
  });

  test('every bad line is named with its number; the rest is imported only when that is agreed to', async () => {
    const tenant = await shopOf();
    const text = [
      'email,customer_id,points,occurred_at,expires_at,note',
      'giulia@example.com,,"1,250",,,',
      'giulia@example.com,,1,250,,,',
      'luca@example.com,,-5,,,',
      ',,5,,,',
      'giulia at example.com,,5,,,',
      ',12 x,5,,,',
      'giulia@example.com,,5.5,,,',
      'giulia@example.com,,9999999999,,,',
      'giulia@example.com,,5,2027-01-01,,',
      'giulia@example.com,,5,31/01/2026,,',
      'giulia@example.com,,5,2026-02-30,,',
      'giulia@example.com,,5,,2026-06-01,',
      ',555,5,,,',
      'giulia@example.com,,5,,,first',
      'GIULIA@example.com,,6,,,second',
      'marco@example.com,,5,2026-05-01,,',
      'marco@example.com,,-9,2026-05-02,,',
      '"giulia"@example.com,,5,,,',
      ',77,8,2026-05-01,,kept',
    ].join('\n');
    tenant.shop.strangers.add('555');
    const { id, batch, problems } = await checked(tenant, text);
    expect(problems).toEqual([
      [2, 'separator', '1,250'],
      [3, 'columns', '7'],
      [4, 'negative_balance', '-5'],
      [5, 'no_person', ''],
      [6, 'bad_email', ''],
      [7, 'bad_customer_id', '12 x'],
      [8, 'bad_points', '5.5'],
      [9, 'too_many_points', '9999999999'],
      [10, 'future_date', '2027-01-01'],
      [11, 'bad_date', '31/01/2026'],
      [12, 'bad_date', '2026-02-30'],
      [13, 'already_lapsed', '2026-06-01'],
      [14, 'unknown_customer', '555'],
      [16, 'repeated', '15'],
      [18, 'more_than_given', '5'],
      [19, 'quotes', ''],
    ]);
    expect(batch).toMatchObject({ lines: 19, good: 3, bad: 16 });
    expect(await agreeToImport(tenant.deps, tenant.store, id, { leaveOut: false, withGuests: true })).toEqual({
      ok: false,
      error: { kind: 'bad_lines', count: 16 },
    });
    expect(await tenant.entries()).toEqual([]);
    expect((await agreeToImport(tenant.deps, tenant.store, id, { leaveOut: true, withGuests: true })).ok).toBe(true);
    await run(tenant, id);
    expect((await tenant.balance(now, '77')).available).toBe(13);
    expect((await tenant.balance(now, '78')).available).toBe(5);
    await tenant.audit();
  });

  test.each([
    ['nothing', '', 'empty_file'],
    ['other columns', 'name,surname\nA,B\n', 'unknown_columns'],
    ['no text', 'email\u0000,points\u0001\u0002\nx,1\n', 'not_text'],
  ])('a file with %s is refused as a whole and leaves nothing behind', async (_, text, kind) => {
    const tenant = await shopOf();
    expect(await read(tenant, text)).toMatchObject({ ok: false, error: { kind } });
    expect(await batchesOf(tenant.deps.database.prisma, tenant.store.programId, 10)).toEqual([]);
  });

  test('a quote that never ends spoils the lines behind it and nothing else', async () => {
    const tenant = await shopOf();
    const rest = Array.from({ length: 2000 }, (_, n) => `a${n}@example.com,1`).join('\n');
    const { batch, problems } = await checked(
      tenant,
      `email,points\ngiulia@example.com,5\n"marco@example.com,7\n${rest}\n`,
    );
    expect(batch).toMatchObject({ lines: 2002, good: 2001, bad: 1 });
    expect(problems).toEqual([[3, 'quotes', '']]);
  });

  test('a note may go over several lines; lines keep their numbers', async () => {
    const tenant = await shopOf();
    const { problems, batch } = await checked(tenant, 'customer_id,points,note\n77,5,"one\ntwo ""three"""\n78,x,\n');
    expect(problems).toEqual([[4, 'bad_points', 'x']]);
    expect(batch.good).toBe(1);
    const row = await tenant.deps.database.prisma.importLine.findFirstOrThrow({
      where: { batchId: batch.id, line: 2 },
    });
    expect(row.note).toBe('one\ntwo "three"');
  });

  test('unknown addresses wait as guests, when that is wanted, and are forgotten in any case', async () => {
    const tenant = await shopOf();
    const { id, batch } = await checked(tenant, 'email,points\nnew@example.com,30\ngiulia@example.com,5\n');
    expect(batch).toMatchObject({ good: 2, unknown: 1 });
    const rows = await tenant.deps.database.prisma.importLine.findMany({
      where: { programId: tenant.store.programId },
    });
    expect(rows.map(({ contact }) => contact)).toEqual([null, null]);
    await agreeToImport(tenant.deps, tenant.store, id, { leaveOut: false, withGuests: false });
    await run(tenant, id);
    expect((await tenant.entries()).map(({ points }) => points)).toEqual([5]);

    const other = await shopOf();
    await posted(other, 'email,points\nnew@example.com,30\ngiulia@example.com,5\n');
    expect((await other.entries()).map(({ points }) => points)).toEqual([30, 5]);
  });

  test('two files at once: the second is refused until the first is at its end; the same id reads once', async () => {
    const tenant = await shopOf();
    const id = randomUUID();
    expect((await read(tenant, 'email,points\ngiulia@example.com,5\n', id)).ok).toBe(true);
    expect((await read(tenant, 'email,points\ngiulia@example.com,5\n', id)).ok).toBe(true);
    expect(await read(tenant, 'email,points\nmarco@example.com,5\n')).toEqual({
      ok: false,
      error: { kind: 'import_running', fileName: 'points.csv' },
    });
    await run(tenant, id);
    expect((await discardImport(tenant.deps, tenant.store, id)).ok).toBe(true);
    expect((await agreeToImport(tenant.deps, tenant.store, id, { leaveOut: true, withGuests: true })).ok).toBe(false);
    await posted(tenant, 'email,points\nmarco@example.com,5\n');
    expect((await tenant.entries()).map(({ points }) => points)).toEqual([5]);
  });

  test('posting twice, or in two processes, posts once', async () => {
    const tenant = await shopOf();
    const { id } = await checked(tenant, 'email,points\ngiulia@example.com,5\nmarco@example.com,6\n');
    await agreeToImport(tenant.deps, tenant.store, id, { leaveOut: true, withGuests: true });
    await Promise.all([run(tenant, id), run(tenant, id)]);
    await run(tenant, id);
    expect((await tenant.entries()).map(({ points }) => points).sort()).toEqual([5, 6]);
  });

  test('a decision that is said again, because its answer got lost, is done once; another one is refused', async () => {
    const tenant = await shopOf();
    const { id } = await checked(tenant, 'email,points\ngiulia@example.com,5\n');
    const agreement = { leaveOut: true, withGuests: true };
    const decided = async (decision: ReturnType<typeof undoImport>) => {
      const { ok, ...rest } = await decision;
      await run(tenant, id);
      return [ok, 'error' in rest ? rest.error.kind : null];
    };
    const agree = (part = {}) => decided(agreeToImport(tenant.deps, tenant.store, id, { ...agreement, ...part }));
    const takeBack = () => decided(undoImport(tenant.deps, tenant.store, id));
    const discard = () => decided(discardImport(tenant.deps, tenant.store, id));
    expect([await agree(), await agree()]).toEqual([
      [true, null],
      [true, null],
    ]);
    expect(await agree({ mode: 'reset' })).toEqual([false, 'wrong_state']);
    expect(await discard()).toEqual([false, 'wrong_state']);
    expect([await takeBack(), await takeBack()]).toEqual([
      [true, null],
      [true, null],
    ]);
    expect(await agree()).toEqual([false, 'wrong_state']);
    expect((await tenant.balance(now)).available).toBe(0);
  });

  test('products.md 2.23 and 5.8: undone, the ledger adds up as before: spent is owed, merged gives back', async () => {
    const tenant = await shopOf();
    await tenant.settle([order({ orderId: 1, lines: [line({ listMinor: 3000 })] })], now);
    const { id } = await posted(
      tenant,
      'customer_id,points,occurred_at,expires_at\n' +
        '77,100,2026-06-01,2026-06-20\n77,-20,2026-06-02,\n78,40,2026-06-01,\n79,7,2026-06-01,2026-06-20\n',
    );
    expect((await tenant.balance(now)).available).toBe(110);
    const wish = {
      redemptionId: asId<never>(randomUUID()),
      customerId: asId<PlatformId>('77'),
      rewardId: 'as-you-like',
      points: 100,
      cart: null,
    };
    expect((await redeemReward(tenant.deps, tenant.store, wish, now)).ok).toBe(true);
    await mergeCustomers(
      tenant.deps,
      tenant.store,
      { gone: asId<PlatformId>('78'), kept: asId<PlatformId>('77') },
      now,
    );
    const later: Instant = instant(Date.parse('2026-06-25T10:00:00Z'));
    await matureMembers(tenant.deps, later);
    expect((await tenant.balance(later, '79')).available).toBe(0);
    await undo(tenant, id, later);
    await tenant.audit();
    // 30 of the order, 100 spent: the file's 80 and 40 are gone again, 70 are owed.
    expect(await tenant.balance(later)).toMatchObject({ available: 0, debt: 70 });
    expect((await tenant.balance(later, '79')).available).toBe(0);
    const sums = new Map<string, number>();
    for (const { kind, points } of await tenant.entries()) sums.set(kind, (sums.get(kind) ?? 0) + points);
    expect(Object.fromEntries(sums)).toEqual({ award: 30, import: 7, redeem: -100, merge: 0, expire: -7 });
    expect((await undoImport(tenant.deps, tenant.store, id)).ok, 'the same again').toBe(true);
  });

  test('a member who was imported and then bought keeps what the order gave', async () => {
    const tenant = await shopOf();
    const { id } = await posted(tenant, 'email,points\ngiulia@example.com,25\n');
    await tenant.settle([order({ orderId: 1, lines: [line({ listMinor: 3000 })] })], now);
    expect((await tenant.balance(now)).available).toBe(55);
    await undo(tenant, id);
    expect((await tenant.balance(now)).available).toBe(30);
    expect(
      await memberOfCustomer(
        tenant.deps.database.prisma,
        tenant.store.programId,
        tenant.store.storeId,
        asId<PlatformId>('77'),
      ),
    ).not.toBeNull();
    await tenant.audit();
  });
});
