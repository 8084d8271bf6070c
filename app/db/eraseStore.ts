import { asId, type MemberId, type ProgramId, type RedemptionId, type StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Counts } from './eraseCustomer';
import type { ErasedTable, Erasure } from './erasures';
import type { Tx } from './inTransaction';
import { sqlInstant } from './json';

type Sql = Pick<Tx, '$queryRawUnsafe' | '$executeRawUnsafe'>;
type Place = { readonly programId: ProgramId; readonly storeId: StoreId };

// Each statement is its own transaction: a large shop takes many, and one that is stopped half-way goes on where it
// was.
const rowsAtOnce = 5000;

/** Whether the program has another store. */
export const hasOtherStore = async (client: Sql, { programId, storeId }: Place): Promise<boolean> => {
  const [row] = await client.$queryRawUnsafe<{ found: boolean }[]>(
    'SELECT EXISTS (SELECT FROM store WHERE program_id = $1::text::uuid AND id <> $2::text::uuid) AS found',
    programId,
    storeId,
  );
  return row?.found === true;
};

/** Nothing leads from a shop's address to its tenant any more. */
export const forgetShop = async (tx: Pick<Tx, 'tenantDirectory' | 'session'>, domain: string): Promise<Counts> => {
  const { count: session } = await tx.session.deleteMany({ where: { shop: domain } });
  const { count } = await tx.tenantDirectory.deleteMany({ where: { domain } });
  return { session, tenant_directory: count };
};

/** Some members who are known by this store and by no other one; none: all are done. */
export const membersOnlyOf = async (
  client: Sql,
  { programId, storeId }: Place,
  after: MemberId | null,
  limit: number,
): Promise<readonly MemberId[]> =>
  (
    await client.$queryRawUnsafe<{ id: string }[]>(
      `SELECT m.id::text FROM member m WHERE m.program_id = $1::text::uuid
        AND ($3::text IS NULL OR m.id > $3::text::uuid)
         AND (EXISTS (SELECT FROM member_identity i
           WHERE (i.program_id, i.member_id, i.kind, i.scope) = (m.program_id, m.id, 'customer', $2::text))
           OR EXISTS (SELECT FROM "order" o
             WHERE (o.program_id, o.member_id, o.store_id) = (m.program_id, m.id, $2::text::uuid)))
         AND NOT EXISTS (SELECT FROM member_identity i
           WHERE (i.program_id, i.member_id, i.kind) = (m.program_id, m.id, 'customer') AND i.scope <> $2::text)
         AND NOT EXISTS (SELECT FROM "order" o WHERE (o.program_id, o.member_id) = (m.program_id, m.id)
           AND o.store_id <> $2::text::uuid)
       ORDER BY m.id LIMIT $4::int`,
      programId,
      storeId,
      after,
      limit,
    )
  ).map(({ id }) => asId<MemberId>(id));

/**
 * Ends the codes of the store that can still be used; answers all redemptions whose points are held: they go back to
 * members who stay.
 */
export const endRedemptionsOf = async (
  client: Sql,
  { programId, storeId }: Place,
  now: Instant,
): Promise<readonly RedemptionId[]> => {
  const ofStore = 'program_id = $1::text::uuid AND store_id = $2::text::uuid';
  await client.$executeRawUnsafe(
    `UPDATE redemption SET state = 'cancelling', ended_at = $3::text::timestamptz WHERE ${ofStore}
      AND state = 'issued' AND code IS NOT NULL`,
    programId,
    storeId,
    sqlInstant(now),
  );
  const rows = await client.$queryRawUnsafe<{ id: string }[]>(
    `SELECT id::text FROM redemption WHERE ${ofStore} AND state IN ('held', 'issued', 'expiring', 'cancelling')`,
    programId,
    storeId,
  );
  return rows.map(({ id }) => asId<RedemptionId>(id));
};

/**
 * Deletes the store's rows of every table, or, with its last store, everything of the program; tells what went as it
 * goes.
 */
export const deleteStore = async function* (
  client: Sql,
  tables: readonly ErasedTable[],
  place: Place,
  whole: boolean,
): AsyncGenerator<Counts> {
  if (whole) yield* inPieces('ledger', () => ledgerPiece(client, place.programId));
  for (const { name, erasure } of tables) {
    if (whole && (name === 'entry' || name === 'draw')) continue;
    const condition = whole ? '' : conditionOf(erasure.store);
    if (condition !== null) yield* inPieces(name, () => piece(client, name, place, condition));
  }
  if (whole)
    yield { program: await client.$executeRawUnsafe('DELETE FROM program WHERE id = $1::text::uuid', place.programId) };
};

/** null: the table's rows are the program's, and stay with it. */
const conditionOf = (how: Erasure['store']): string | null => {
  if (how === 'program') return null;
  return how === 'store' ? 'AND t.store_id = a.store_id' : `AND ${how.by}`;
};

const inPieces = async function* (table: string, work: () => Promise<number>): AsyncGenerator<Counts> {
  for (;;) {
    const gone = await work();
    if (gone === 0) return;
    yield { [table]: gone };
  }
};

const piece = (client: Sql, table: string, { programId, storeId }: Place, condition: string): Promise<number> =>
  client.$executeRawUnsafe(
    `WITH a AS (SELECT $1::text::uuid AS program_id, $2::text::uuid AS store_id)
     DELETE FROM "${table}" WHERE ctid = ANY (ARRAY(SELECT t.ctid FROM "${table}" t, a
       WHERE t.program_id = a.program_id ${condition} LIMIT ${rowsAtOnce}))`,
    programId,
    storeId,
  );

// Entries and draws: the application may not delete them; a function of the owner may, once no shop leads to the
// program.
const ledgerPiece = async (client: Sql, programId: ProgramId): Promise<number> => {
  const [row] = await client.$queryRawUnsafe<{ gone: bigint }[]>(
    'SELECT erase_ledger($1::text::uuid, $2::int) AS gone',
    programId,
    rowsAtOnce,
  );
  return Number(row?.gone ?? 0);
};
