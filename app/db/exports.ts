import type { ProgramId } from '~/core/values/ids';
import type { Tx } from './inTransaction';

type Client = Pick<Tx, '$queryRawUnsafe'>;
type Row = Readonly<Record<string, unknown>>;

/** Columns with their types, in the order in which rows are read. */
export type ExportKey = readonly (readonly [column: string, type: string])[];

/** A table that a program may take with it, and the key by which it is read in pages. */
export type ExportedTable = { readonly name: string; readonly key: ExportKey };

/**
 * Everything of the spine that a program owns, parents before children, so that what was written in this order can be
 * read in again. The sessions of the shop's staff are the platform's, and requests in the name of the law are about the
 * shop and not the program: they are left out.
 */
const spine = {
  program: [['id', 'uuid']],
  program_version: [['version', 'int']],
  program_draft: [['revision', 'int']],
  replaced_draft: [['revision', 'int']],
  store: [['id', 'uuid']],
  account_email: [
    ['store_id', 'uuid'],
    ['customer_id', 'text'],
  ],
  customer: [
    ['store_id', 'uuid'],
    ['customer_id', 'text'],
  ],
  member: [['id', 'uuid']],
  member_profile: [['member_id', 'uuid']],
  member_identity: [
    ['kind', 'text'],
    ['scope', 'text'],
    ['value', 'text'],
  ],
  order: [
    ['store_id', 'uuid'],
    ['order_id', 'text'],
  ],
  entry: [['id', 'uuid']],
  lot: [
    ['id', 'uuid'],
    ['slice', 'int'],
  ],
  draw: [
    ['entry_id', 'uuid'],
    ['n', 'int'],
  ],
  debt: [['entry_id', 'uuid']],
  redemption: [['id', 'uuid']],
  transfer: [['id', 'uuid']],
  tier_change: [
    ['member_id', 'uuid'],
    ['n', 'int'],
  ],
  tier_override: [['id', 'uuid']],
  entry_award: [
    ['member_id', 'uuid'],
    ['tier_id', 'text'],
    ['period', 'text'],
  ],
  event: [['n', 'bigint']],
  product_facts: [
    ['store_id', 'uuid'],
    ['product_id', 'text'],
  ],
  reconciliation: [['id', 'uuid']],
} satisfies Readonly<Record<string, ExportKey>>;

export const spineExports: readonly ExportedTable[] = Object.entries(spine).map(([name, key]) => ({ name, key }));

const rowsAtOnce = 1000;
const own = (table: string): string => (table === 'program' ? 'id' : 'program_id');

/** The rows of a table in the order of its key, a page at a time: nothing is held but one page. */
export const rowsOf = async function* (
  client: Client,
  programId: ProgramId,
  { name: table, key }: ExportedTable,
): AsyncGenerator<Row> {
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
export const columnsOf = async (client: Client, table: string): Promise<readonly string[]> =>
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
         'customer_id', (SELECT i.value FROM member_identity i
           WHERE (i.program_id, i.member_id, i.kind) = (l.program_id, l.member_id, 'customer')
           ORDER BY i.created_at, i.value LIMIT 1),
         'email_hash', (SELECT i.value FROM member_identity i
           WHERE (i.program_id, i.member_id, i.kind) = (l.program_id, l.member_id, 'email') ORDER BY i.value LIMIT 1),
         'points', l.remaining, 'occurred_at', l.opened_at, 'available_at', l.available_at,
           'expires_at', l.expires_at, 'note', l.key) AS row
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
