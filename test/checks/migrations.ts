import { spawnSync } from 'node:child_process';
import { PGlite } from '@electric-sql/pglite';
import { migrate } from '~/db/migrate';

/** What is written by hand in the migrations because the Prisma schema cannot say it. */
const byHand: ReadonlySet<string> = new Set([
  'index lot_open_by_member',
  'index lot_open_by_expiry',
  'index debt_open_by_member',
  'index redemption_to_look_at',
  'index redemption_donations',
  'index transfer_to_look_at',
  'index redemption_to_do',
  'index fulfilment_answered',
  'index pool_code_free',
  'index member_to_change',
  'index member_to_requalify',
  'index entry_of_redemption',
  'index entry_expired_by_member',
  'index entry_of_award',
  'index event_by_seq',
  'index event_not_numbered',
  'index entry_revived',
  'index entry_by_occurrence',
  'index order_with_finding',
  'index member_merged_into',
  'index privacy_request_open',
  'constraint privacy_request_kind_known',
  'constraint import_batch_mode_known',
  'constraint import_batch_state_known',
  'constraint lot_remaining_not_negative',
  'constraint lot_slice_within_size',
  'constraint debt_open_not_negative',
  'constraint entry_forgiven_not_negative',
  'constraint entry_part_known',
  'constraint redemption_state_known',
  'constraint program_draft_failure_known',
  'constraint partner_kind_known',
]);

const catalogue = `
  SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
    || coalesce(column_default, '') AS item
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
  UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = 'public'
    AND tablename <> '_prisma_migrations'
  UNION ALL SELECT 'constraint ' || conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    AND contype IN ('c', 'f', 'p', 'u')
    AND conrelid <> coalesce(to_regclass('public._prisma_migrations')::oid, 0)`;

const itemsAfter = async (prepare: (database: PGlite) => Promise<void>): Promise<ReadonlySet<string>> => {
  const database = await PGlite.create('memory://');
  await prepare(database);
  const { rows } = await database.query<{ item: string }>(catalogue);
  await database.close();
  return new Set(rows.map(({ item }) => item).filter((item) => !item.startsWith('constraint _prisma')));
};

/**
 * The database that the migrations make must be the one the Prisma schema describes, but for what is listed by hand.
 */
export const checkMigrations = async (): Promise<readonly string[]> => {
  const diff = spawnSync(
    'npx',
    ['prisma', 'migrate', 'diff', '--from-empty', '--to-schema-datamodel', 'prisma', '--script'],
    {
      encoding: 'utf8',
      timeout: 60_000,
    },
  );
  const script = diff.stdout;
  if (!script.includes('CREATE TABLE')) return [`prisma migrate diff made no script: ${diff.stderr}`];
  const wanted = await itemsAfter(async (database) => void (await database.exec(script)));
  const made = await itemsAfter(async (database) => {
    const connection = {
      exec: async (sql: string) => void (await database.exec(sql)),
      query: async (sql: string, values: readonly unknown[]) =>
        (await database.query<Record<string, unknown>>(sql, [...values])).rows,
    };
    await migrate(connection, 'prisma/migrations');
  });
  const missing = [...wanted].filter((item) => !made.has(item)).map((item) => `the migrations do not make: ${item}`);
  const extra = [...made]
    .filter((item) => !wanted.has(item) && !byHand.has(item))
    .map((item) => `the schema does not describe: ${item}`);
  return [...missing, ...extra];
};
