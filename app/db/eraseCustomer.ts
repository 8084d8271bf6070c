import type { OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type MemberId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { ErasedTable, Erasure } from './erasures';
import { rowsJson, sqlInstant } from './json';
import type { Tx } from './inTransaction';

type Sql = Pick<Tx, '$queryRawUnsafe' | '$executeRawUnsafe'>;

/** Under what somebody is known: the members, with their aliases; the store's customer ids; e-mail hashes. */
export type Person = {
  readonly programId: ProgramId;
  readonly storeId: StoreId;
  readonly members: readonly MemberId[];
  readonly customers: readonly PlatformId[];
  readonly hashes: readonly string[];
};

/** Rows erased, by table; tables in which there was nothing are left out. */
export type Counts = Readonly<Record<string, number>>;

const asked = `WITH a AS (SELECT $1::text::uuid AS program_id, $2::text::uuid AS store_id, $3::text::jsonb AS members,
  $4::text::jsonb AS customers, $5::text::jsonb AS hashes)`;
const valuesOf = ({ programId, storeId, members, customers, hashes }: Person): readonly string[] => [
  programId,
  storeId,
  JSON.stringify(members),
  JSON.stringify(customers),
  JSON.stringify(hashes),
];

/**
 * Everything under which a store's customer is known, from the id and the e-mail's hash that the platform names: the
 * member (with those merged into it), its other customer ids in the store, its hashes. A guest of that e-mail is the
 * same person, but not the customer of the store who had the address before. Locks the members.
 */
export const lockPerson = async (
  tx: Tx,
  { programId, storeId }: Pick<Person, 'programId' | 'storeId'>,
  customerId: PlatformId,
  hash: string | null,
): Promise<Person> => {
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
    `WITH named AS (
       SELECT member_id FROM member_identity WHERE program_id = $1::text::uuid AND kind = 'customer'
         AND scope = $2::text AND value = $3::text
       UNION SELECT i.member_id FROM member_identity i WHERE i.program_id = $1::text::uuid AND i.kind = 'email'
         AND i.value = $4::text
         AND NOT EXISTS (SELECT FROM member_identity o
           WHERE (o.program_id, o.member_id, o.kind, o.scope) = (i.program_id, i.member_id, 'customer', $2::text)
           AND o.value <> $3::text)
     )
     SELECT m.id::text FROM member m WHERE m.program_id = $1::text::uuid
       AND (m.id IN (SELECT member_id FROM named) OR m.merged_into IN (SELECT member_id FROM named))
         ORDER BY m.id FOR UPDATE`,
    programId,
    storeId,
    customerId,
    hash,
  );
  const members = rows.map(({ id }) => asId<MemberId>(id));
  const known = await tx.$queryRawUnsafe<{ customer: string | null; hash: string | null }[]>(
    `SELECT CASE WHEN kind = 'customer' AND scope = $2::text THEN value END AS customer, CASE WHEN kind = 'email'
      THEN value END AS hash
     FROM member_identity WHERE program_id = $1::text::uuid
       AND member_id::text IN (SELECT jsonb_array_elements_text($3::text::jsonb))
     UNION ALL SELECT NULL, email_hash FROM account_email WHERE program_id = $1::text::uuid
       AND store_id = $2::text::uuid AND customer_id = $4::text`,
    programId,
    storeId,
    JSON.stringify(members),
    customerId,
  );
  const customers = new Set([
    customerId,
    ...known.flatMap(({ customer }) => (customer === null ? [] : [asId<PlatformId>(customer)])),
  ]);
  const hashes = new Set([
    ...(hash === null ? [] : [hash]),
    ...known.flatMap((one) => (one.hash === null ? [] : [one.hash])),
  ]);
  return { programId, storeId, members, customers: [...customers], hashes: [...hashes] };
};

/**
 * Does for a person what the list of tables says in one statement a table, and takes the words out of the entries'
 * reasons.
 */
export const eraseRows = async (tx: Sql, tables: readonly ErasedTable[], person: Person): Promise<Counts> => {
  const counts: Record<string, number> = {};
  for (const { name, erasure } of tables) {
    const sql = statementOf(name, erasure.customer);
    if (sql !== null) counts[name] = await tx.$executeRawUnsafe(`${asked} ${sql}`, ...valuesOf(person));
  }
  const [words] = await tx.$queryRawUnsafe<{ erased: bigint }[]>(
    'SELECT erase_entry_words($1::text::uuid, $2::text) AS erased',
    person.programId,
    JSON.stringify(person.members),
  );
  counts.entry = Number(words?.erased ?? 0);
  return withoutNothing(counts);
};

const statementOf = (table: string, how: Erasure['customer']): string | null => {
  const tenant = 't.program_id = a.program_id';
  if ('delete' in how) return `DELETE FROM "${table}" t USING a WHERE ${tenant} AND (${how.delete})`;
  if ('set' in how) return `UPDATE "${table}" t SET ${how.set} FROM a WHERE ${tenant} AND (${how.by})`;
  return null;
};

export const withoutNothing = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

/** An order's snapshots without what is personal. */
export type ErasedOrder = {
  readonly orderId: PlatformId;
  readonly snapshot: OrderSnapshot;
  readonly settled: OrderSnapshot | 'none' | null;
};

/**
 * An order whose snapshots are to be rewritten: whether a member has it, and the codes of our own rewards that are on
 * it.
 */
export type OrderOfPerson = ErasedOrder & { readonly isMembers: boolean; readonly codes: readonly string[] };

/**
 * The store's orders of a person that are not erased yet: the members', those that name the person, and those the
 * platform lists. Locked.
 */
export const lockOrdersOf = async (
  tx: Tx,
  person: Person,
  listed: readonly PlatformId[],
): Promise<readonly OrderOfPerson[]> => {
  const rows = await tx.$queryRawUnsafe<
    {
      order_id: string;
      snapshot: OrderSnapshot;
      settled: OrderOfPerson['settled'];
      codes: string[] | null;
      is_members: boolean;
    }[]
  >(
    `${asked}
     SELECT t.order_id, t.snapshot, t.settled, t.member_id IS NOT NULL AS is_members,
       (SELECT jsonb_agg(r.code) FROM redemption r JOIN jsonb_array_elements_text(t.snapshot -> 'discountCodes') c
       ON r.program_id = t.program_id AND r.code = upper(c)) AS codes
     FROM "order" t, a WHERE t.program_id = a.program_id AND t.store_id = a.store_id AND t.erased_at IS NULL
       AND (t.member_id = ANY (ARRAY(SELECT m::uuid FROM jsonb_array_elements_text(a.members) m))
         OR a.customers ? (t.snapshot ->> 'customerId')
         OR a.customers ? (t.settled ->> 'customerId') OR a.customers ? (t.owned ->> 'customerId')
           OR a.hashes ? (t.snapshot ->> 'emailHash') AND t.snapshot ->> 'customerId' IS NULL
         OR $6::text::jsonb ? t.order_id)
     ORDER BY t.order_id FOR UPDATE OF t`,
    ...valuesOf(person),
    JSON.stringify(listed),
  );
  return rows.map((row) => ({
    orderId: asId<PlatformId>(row.order_id),
    snapshot: row.snapshot,
    settled: row.settled,
    isMembers: row.is_members,
    codes: row.codes ?? [],
  }));
};

/** Writes orders' snapshots without what is personal, and that they are erased. */
export const writeErasedOrders = async (
  tx: Sql,
  { programId, storeId }: Pick<Person, 'programId' | 'storeId'>,
  orders: readonly ErasedOrder[],
  now: Instant,
): Promise<void> => {
  if (orders.length === 0) return;
  await tx.$executeRawUnsafe(
    `UPDATE "order" t SET snapshot = o.snapshot, settled = o.settled, owned = NULL, erased_at = $4::text::timestamptz
     FROM jsonb_to_recordset($3::text::jsonb) AS o(order_id text, snapshot jsonb, settled jsonb)
     WHERE (t.program_id, t.store_id, t.order_id) = ($1::text::uuid, $2::text::uuid, o.order_id)`,
    programId,
    storeId,
    rowsJson(orders.map(({ orderId, snapshot, settled }) => ({ order_id: orderId, snapshot, settled }))),
    sqlInstant(now),
  );
};
