import type { OrderContext } from '~/core/earning/context';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { standsOn } from '~/core/orders/winner';
import type { MemberId, PlatformId, ProgramId, StoreId } from '~/core/values/ids';
import { asId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { OrderRecord, OrderToWrite } from '~/core/settlement/records';
import type { OrderKey } from '~/core/values/keys';
import { rowsJson, sqlInstant } from './json';
import type { Tx } from './inTransaction';

type OrderRow = {
  program_id: string;
  store_id: string;
  order_id: string;
  member_id: string | null;
  snapshot: OrderSnapshot;
  settled: OrderSnapshot | 'none' | null;
  owned: OrderSnapshot | null;
  context: OrderContext | null;
  finding: OrderContext | null;
  entitlement: bigint;
  posted: bigint;
  seq: number;
  forgiven_lapsed: bigint;
  erased: boolean;
};

const recordColumns = `o.program_id::text, o.store_id::text, o.order_id, o.member_id::text, o.snapshot, o.settled,
  o.owned,
            o.context, o.finding, o.entitlement, o.posted, o.seq, o.forgiven_lapsed, o.erased_at IS NOT NULL AS erased`;

/** The kept state of the given orders, locked, in key order. Unknown orders are left out. One statement. */
export const lockOrders = async (tx: Tx, keys: readonly OrderKey[]): Promise<readonly OrderRecord[]> => {
  const rows = await tx.$queryRawUnsafe<OrderRow[]>(
    `SELECT ${recordColumns}
     FROM jsonb_to_recordset($1::text::jsonb) AS a(program_id uuid, store_id uuid, order_id text)
     JOIN "order" o ON (o.program_id, o.store_id, o.order_id) = (a.program_id, a.store_id, a.order_id)
     ORDER BY o.program_id, o.store_id, o.order_id FOR UPDATE OF o`,
    rowsJson(keys.map((key) => ({ program_id: key.programId, store_id: key.storeId, order_id: key.orderId }))),
  );
  return rows.map(toRecord);
};

/** The same without a lock, to look only. */
export const readOrders = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  keys: readonly OrderKey[],
): Promise<readonly OrderRecord[]> =>
  (
    await client.$queryRawUnsafe<OrderRow[]>(
      `SELECT ${recordColumns}
       FROM jsonb_to_recordset($1::text::jsonb) AS a(program_id uuid, store_id uuid, order_id text)
       JOIN "order" o ON (o.program_id, o.store_id, o.order_id) = (a.program_id, a.store_id, a.order_id)`,
      rowsJson(keys.map((key) => ({ program_id: key.programId, store_id: key.storeId, order_id: key.orderId }))),
    )
  ).map(toRecord);

/** Orders of a store that earn by an import of past orders, from behind an order id on; in the order of ids. */
export const backfilledOrders = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  { programId, storeId }: Pick<OrderKey, 'programId' | 'storeId'>,
  behind: string,
  limit: number,
): Promise<readonly OrderRecord[]> =>
  (
    await client.$queryRawUnsafe<OrderRow[]>(
      `SELECT ${recordColumns} FROM "order" o
       WHERE o.program_id = $1::text::uuid AND o.store_id = $2::text::uuid AND o.context->>'via' = 'backfill'
         AND o.order_id > $3
       ORDER BY o.order_id LIMIT $4`,
      programId,
      storeId,
      behind,
      limit,
    )
  ).map(toRecord);

/** SQL of an order's record as the core knows it. */
export const orderJson = (order: string): string =>
  `jsonb_build_object('programId', ${order}.program_id, 'storeId', ${order}.store_id, 'orderId', ${order}.order_id,
    'memberId', ${order}.member_id,
     'newest', ${order}.snapshot, 'settled', CASE WHEN ${order}.settled = '"none"'::jsonb THEN NULL
       ELSE coalesce(${order}.settled, ${order}.snapshot) END,
     'owned', coalesce(${order}.owned, ${order}.snapshot), 'context', ${order}.context, 'finding', ${order}.finding,
     'entitlement', ${order}.entitlement, 'posted', ${order}.posted, 'seq', ${order}.seq,
     'forgivenLapsed', ${order}.forgiven_lapsed, 'erased', ${order}.erased_at IS NOT NULL)`;

/** All orders of a program, oldest first. */
export const ordersOfProgram = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
): Promise<readonly OrderRecord[]> =>
  (
    await client.$queryRawUnsafe<OrderRow[]>(
      `SELECT ${recordColumns} FROM "order" o WHERE o.program_id = $1::text::uuid
        ORDER BY o.instant, o.store_id, o.order_id`,
      programId,
    )
  ).map(toRecord);

const toRecord = (row: OrderRow): OrderRecord => ({
  programId: asId<ProgramId>(row.program_id),
  storeId: asId<StoreId>(row.store_id),
  orderId: asId<PlatformId>(row.order_id),
  memberId: row.member_id === null ? null : asId<MemberId>(row.member_id),
  newest: row.snapshot,
  settled: row.settled === 'none' ? null : (row.settled ?? row.snapshot),
  owned: row.owned ?? row.snapshot,
  context: row.context,
  finding: row.finding,
  entitlement: Number(row.entitlement),
  posted: Number(row.posted),
  seq: row.seq,
  forgivenLapsed: Number(row.forgiven_lapsed),
  erased: row.erased,
});

/** Inserts or replaces the given orders. One statement. */
export const writeOrders = async (tx: Tx, orders: readonly OrderToWrite[], now: Instant): Promise<void> => {
  if (orders.length === 0) return;
  await tx.$executeRawUnsafe(
    `INSERT INTO "order" (program_id, store_id, order_id, member_id, name, instant, updated_at, snapshot, settled,
      owned, context,
       finding, facts, entitlement, posted, seq, forgiven_lapsed, paid_minor, currency, status,
         recorded_at, settled_at)
     SELECT program_id, store_id, order_id, member_id, name, instant, updated_at, snapshot, settled, owned, context,
       finding, facts, entitlement, posted, seq, forgiven_lapsed, paid_minor, currency, status,
         $2::text::timestamptz, $2::text::timestamptz
     FROM jsonb_to_recordset($1::text::jsonb) AS o(program_id uuid, store_id uuid, order_id text, member_id uuid,
       name text,
       instant timestamptz, updated_at timestamptz, snapshot jsonb, settled jsonb, owned jsonb, context jsonb,
         finding jsonb, facts jsonb, entitlement bigint,
       posted bigint, seq int, forgiven_lapsed bigint, paid_minor bigint, currency text, status text)
     ON CONFLICT (program_id, store_id, order_id) DO UPDATE SET
       member_id = EXCLUDED.member_id, name = EXCLUDED.name, instant = EXCLUDED.instant,
         updated_at = EXCLUDED.updated_at,
       snapshot = EXCLUDED.snapshot, settled = EXCLUDED.settled, owned = EXCLUDED.owned, context = EXCLUDED.context,
         finding = EXCLUDED.finding, facts = EXCLUDED.facts,
       entitlement = EXCLUDED.entitlement, posted = EXCLUDED.posted, seq = EXCLUDED.seq,
       forgiven_lapsed = EXCLUDED.forgiven_lapsed, paid_minor = EXCLUDED.paid_minor,
       status = EXCLUDED.status, settled_at = EXCLUDED.settled_at`,
    rowsJson(orders.map(toRow)),
    sqlInstant(now),
  );
};

const toRow = (order: OrderToWrite) => ({
  program_id: order.programId,
  store_id: order.storeId,
  order_id: order.orderId,
  member_id: order.memberId,
  name: order.newest.name,
  instant: sqlInstant(standsOn(order).instant),
  updated_at: sqlInstant(order.newest.updatedAt),
  snapshot: order.newest,
  settled: standingColumn(order),
  owned: order.owned === order.newest ? null : order.owned,
  context: order.context,
  finding: order.finding,
  facts: order.facts,
  entitlement: order.entitlement,
  posted: order.posted,
  seq: order.seq,
  forgiven_lapsed: order.forgivenLapsed,
  paid_minor: order.paidMinor,
  currency: standsOn(order).currency,
  status: order.status,
});

// Null says "the newest snapshot"; most orders stand on it, and it need not be stored twice.
const standingColumn = (order: OrderToWrite): OrderSnapshot | 'none' | null => {
  if (order.settled === null) return 'none';
  return order.settled === order.newest ? null : order.settled;
};

/** How many orders of a member count now: neither cancelled, nor voided, nor a test (`OrderFacts.numbered`). */
export const countOrdersOf = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  memberId: MemberId,
): Promise<number> => {
  const [row] = await client.$queryRawUnsafe<{ orders: number }[]>(
    `SELECT count(*)::int AS orders FROM "order" o WHERE o.program_id = $1::text::uuid AND o.member_id = $2::text::uuid
       AND (o.facts->>'numbered')::boolean AND o.facts->>'cancelledAt' IS NULL`,
    programId,
    memberId,
  );
  return row?.orders ?? 0;
};
