import { expect, test } from 'vitest';
import { openOlderDatabase } from 'test/support/olderDatabase';

test('an import of past orders that runs goes on where it was, and what was only counted is read from the beginning', async () => {
  const { database, migrateOn, close } = await openOlderDatabase('20261126190000');
  const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  await database.exec(`
    INSERT INTO program (id, created_at) VALUES ('${id(1)}', now());
    INSERT INTO store (program_id, id, platform, domain, name, currency, time_zone, installed_at)
      VALUES ('${id(1)}', '${id(1)}', 'shopify', 'a', 'a', 'EUR', 'UTC', now());
    INSERT INTO backfill (program_id, store_id, id, state, version, export_id, orders_read, started_at) VALUES
      ('${id(1)}', '${id(1)}', '${id(2)}', 'importing', 1, 'gid://shopify/BulkOperation/7', 50, now()),
      ('${id(1)}', '${id(1)}', '${id(3)}', 'counting', 1, 'gid://shopify/BulkOperation/8', 50, now()),
      ('${id(1)}', '${id(1)}', '${id(4)}', 'agreed', 1, 'gid://shopify/BulkOperation/9', 0, now()),
      ('${id(1)}', '${id(1)}', '${id(5)}', 'asked', 1, NULL, 0, now())`);
  await migrateOn();
  const { rows } = await database.query('SELECT resume, orders_read FROM backfill ORDER BY id');
  // As Shopify's module writes a place: the export, and how many of its orders lie behind.
  expect(rows).toEqual([
    { resume: 'gid://shopify/BulkOperation/7 50', orders_read: 50 },
    { resume: 'gid://shopify/BulkOperation/8 0', orders_read: 50 },
    { resume: 'gid://shopify/BulkOperation/9 0', orders_read: 0 },
    { resume: null, orders_read: 0 },
  ]);
  expect((await database.query('SELECT platform, code_hold_minutes FROM store')).rows).toEqual([
    { platform: 'shopify', code_hold_minutes: 60 },
  ]);
  await close();
});
