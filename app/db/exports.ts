import type { ProgramId } from '~/core/values/ids';
import type { Tx } from './inTransaction';

type Client = Pick<Tx, '$queryRawUnsafe'>;
type Row = Readonly<Record<string, unknown>>;

const uuid = (column: string) => [column, 'uuid'] as const;
const text = (column: string) => [column, 'text'] as const;
const int = (column: string) => [column, 'int'] as const;

/**
 * Everything that a program owns, table by table, with the key by which each is read in pages; parents before children,
 * so that what was written in this order can be read in again. The sessions of the shop's staff are the platform's,
 * keys open what they are given for, and requests in the name of the law are about the shop and not the program: all
 * are left out.
 */
const tables = {
  program: [uuid('id')],
  program_version: [int('version')],
  store: [uuid('id')],
  account_email: [uuid('store_id'), text('customer_id')],
  customer: [uuid('store_id'), text('customer_id')],
  member: [uuid('id')],
  member_profile: [uuid('member_id')],
  member_identity: [text('kind'), text('scope'), text('value')],
  order: [uuid('store_id'), text('order_id')],
  entry: [uuid('id')],
  lot: [uuid('id'), int('slice')],
  draw: [uuid('entry_id'), int('n')],
  debt: [uuid('entry_id')],
  redemption: [uuid('id')],
  tier_change: [uuid('member_id'), int('n')],
  tier_override: [uuid('id')],
  tier_reward: [uuid('member_id'), text('tier_id'), text('period')],
  event: [['n', 'bigint']],
  expiry_warning: [uuid('member_id'), ['lapses_at', 'timestamptz'], int('days_before')],
  product_facts: [uuid('store_id'), text('product_id')],
  backfill: [uuid('id')],
  reconciliation: [uuid('id')],
  audit: [uuid('id')],
  import_batch: [uuid('id')],
  import_line: [uuid('batch_id'), int('line')],
} as const satisfies Readonly<Record<string, readonly (readonly [string, string])[]>>;

export type ExportTable = keyof typeof tables;
export const exportTables = Object.keys(tables) as readonly ExportTable[];

const rowsAtOnce = 1000;
const own = (table: ExportTable): string => (table === 'program' ? 'id' : 'program_id');

/** The rows of a table in the order of its key, a page at a time: nothing is held but one page. */
export const rowsOf = async function* (client: Client, programId: ProgramId, table: ExportTable): AsyncGenerator<Row> {
  const key: readonly (readonly [string, string])[] = tables[table];
  const columns = key.map(([column]) => column).join(', ');
  const after = key.map(([, type], index) => `$${index + 2}::text::${type}`).join(', ');
  const select = `SELECT to_jsonb(t) AS row FROM "${table}" t WHERE ${own(table)} = $1::text::uuid`;
  let last: Row | null = null;
  for (;;) {
    const from: Row | null = last;
    const page: { row: Row }[] = await client.$queryRawUnsafe(
      `${select} ${from === null ? '' : `AND (${columns}) > (${after})`} ORDER BY ${columns} LIMIT ${rowsAtOnce}`,
      programId,
      ...(from === null ? [] : key.map(([column]) => String(from[column]))),
    );
    for (const { row } of page) yield row;
    last = page.at(-1)?.row ?? null;
    if (page.length < rowsAtOnce) return;
  }
};

/** The columns of a table as the database has them. */
export const columnsOf = async (client: Client, table: ExportTable): Promise<readonly string[]> =>
  (
    await client.$queryRawUnsafe<{ name: string }[]>(
      `SELECT column_name::text AS name FROM information_schema.columns WHERE table_schema = current_schema()
        AND table_name = $1::text ORDER BY ordinal_position`,
      table,
    )
  ).map(({ name }) => name);

/**
 * Points that are left, one row per slice, under the names of our own import; the member by customer id, a guest by the
 * e-mail's hash.
 */
export const openPointsOf = async function* (client: Client, programId: ProgramId): AsyncGenerator<Row> {
  let last = { id: '00000000-0000-0000-0000-000000000000', slice: -1 };
  for (;;) {
    const from = last;
    const page: { id: string; slice: number; row: Row }[] = await client.$queryRawUnsafe(
      `SELECT l.id::text, l.slice, jsonb_build_object(
         'customer_id', (SELECT i.value FROM member_identity i WHERE (i.program_id, i.member_id, i.kind) = (l.program_id, l.member_id, 'customer') ORDER BY i.created_at, i.value LIMIT 1),
         'email_hash', (SELECT i.value FROM member_identity i WHERE (i.program_id, i.member_id, i.kind) = (l.program_id, l.member_id, 'email') ORDER BY i.value LIMIT 1),
         'points', l.remaining, 'occurred_at', l.opened_at, 'available_at', l.available_at, 'expires_at', l.expires_at, 'note', l.key) AS row
       FROM lot l WHERE l.program_id = $1::text::uuid AND l.remaining > 0
         AND (l.id, l.slice) > ($2::text::uuid, $3::int)
       ORDER BY l.id, l.slice LIMIT ${rowsAtOnce}`,
      programId,
      from.id,
      from.slice,
    );
    for (const { row } of page) yield row;
    const end = page.at(-1);
    if (end === undefined || page.length < rowsAtOnce) return;
    last = { id: end.id, slice: end.slice };
  }
};
