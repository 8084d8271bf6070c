import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Erasure } from '~/db/erasures';
import { tables as declared } from '~/process/wings';
import { openTestDatabase, type TestDatabase } from 'test/support/database';

type Column = { readonly relation: string; readonly name: string; readonly type: string };

// What is not a tenant's: see the schema. A caller is a keyed hash that names nobody, for ten minutes. Of
// `privacy_request` only the proof outlives a request.
const others = new Set([
  'session',
  'tenant_directory',
  'privacy_request',
  'follower',
  'caller',
  'program',
  '_prisma_migrations',
]);
const list: Readonly<Record<string, Erasure>> = Object.fromEntries(
  declared.map(({ name, erasure }) => [name, erasure]),
);
const erasedTables = declared.map(({ name }) => name);

describe('what becomes of every table when somebody is erased', () => {
  let opened: TestDatabase;
  let columns: readonly Column[];
  beforeAll(async () => {
    opened = await openTestDatabase('embedded');
    columns = await opened.database.prisma.$queryRawUnsafe<Column[]>(
      `SELECT table_name::text AS relation, column_name::text AS name, data_type::text AS type
        FROM information_schema.columns
       WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`,
    );
  });
  afterAll(() => opened.close());
  const columnsOf = (table: string): readonly Column[] => columns.filter(({ relation }) => relation === table);

  test('is said of every table of a tenant, and of no other', () => {
    const tables = new Set(columns.map(({ relation }) => relation).filter((name) => !others.has(name)));
    expect([...tables].sort()).toEqual([...erasedTables].sort());
    for (const table of erasedTables)
      expect([table, columnsOf(table).some(({ name }) => name === 'program_id')]).toEqual([table, true]);
  });

  test('leaves no text, JSON or bytes of which nobody said why they may stay', () => {
    const open: string[] = [];
    for (const table of erasedTables) {
      const { customer, keeps = [] }: Erasure = list[table] ?? { customer: { nothing: '' }, store: 'program' };
      if ('delete' in customer) continue;
      // That they really go is seen by the test of the erasure itself, which looks through the whole database.
      const blanked = 'set' in customer ? customer.set : 'own' in customer ? customer.own.join(' ') : '';
      for (const { name, type } of columnsOf(table)) {
        if (!/text|character|json|bytea|ARRAY/.test(type) || keeps.includes(name)) continue;
        if (!new RegExp(`\\b${name}\\b`).test(blanked)) open.push(`${table}.${name}`);
      }
      for (const name of keeps)
        expect([table, name, columnsOf(table).some((column) => column.name === name)]).toEqual([table, name, true]);
    }
    expect(open).toEqual([]);
  });

  test('takes rows that name a customer, a member or a store away with them', () => {
    for (const table of erasedTables) {
      const { customer, store }: Erasure = list[table] ?? { customer: { nothing: '' }, store: 'program' };
      const has = (name: string): boolean => columnsOf(table).some((column) => column.name === name);
      if (has('customer_id') || has('email_hash')) expect([table, 'nothing' in customer]).toEqual([table, false]);
      if (has('store_id') && table !== 'entry') expect([table, store === 'program']).toEqual([table, false]);
    }
  });

  test('parents are deleted after their children', async () => {
    const keys = await opened.database.prisma.$queryRawUnsafe<{ child: string; parent: string }[]>(
      `SELECT c.relname::text AS child, p.relname::text AS parent FROM pg_constraint k JOIN pg_class c
        ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
       WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace`,
    );
    const place = (table: string): number =>
      table === 'program' ? Infinity : erasedTables.findIndex((name) => name === table);
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter(({ child, parent }) => place(child) > place(parent))).toEqual([]);
  });
});
