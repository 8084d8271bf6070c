import type { OrderContext } from '~/core/earning/context';
import { signOf, type OrderSign } from '~/core/orders/sign';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { StandingKind } from '~/core/orders/standing';
import { standsOn } from '~/core/orders/winner';
import type { MemberId, PlatformId, ProgramId, StoreId } from '~/core/values/ids';
import { asId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
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
  standing: OrderSnapshot | 'none' | null;
  owned: OrderSnapshot | null;
  context: OrderContext | null;
  finding: OrderContext | null;
  entitlement: bigint;
  posted: bigint;
  seq: number;
  forgiven_lapsed: bigint;
  erased: boolean;
};

const recordColumns = `o.program_id::text, o.store_id::text, o.order_id, o.member_id::text, o.snapshot, o.standing,
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
     'newest', ${order}.snapshot, 'settled', CASE WHEN ${order}.standing = '"none"'::jsonb THEN NULL
       ELSE coalesce(${order}.standing, ${order}.snapshot) END,
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
  settled: row.standing === 'none' ? null : (row.standing ?? row.snapshot),
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
    `INSERT INTO "order" (program_id, store_id, order_id, member_id, name, instant, updated_at, snapshot, standing,
      owned, context,
       finding, facts, entitlement, posted, seq, forgiven_lapsed, paid_minor, currency, standing_kind,
         recorded_at, settled_at)
     SELECT program_id, store_id, order_id, member_id, name, instant, updated_at, snapshot, standing, owned, context,
       finding, facts, entitlement, posted, seq, forgiven_lapsed, paid_minor, currency, standing_kind,
         $2::text::timestamptz, $2::text::timestamptz
     FROM jsonb_to_recordset($1::text::jsonb) AS o(program_id uuid, store_id uuid, order_id text, member_id uuid,
       name text,
       instant timestamptz, updated_at timestamptz, snapshot jsonb, standing jsonb, owned jsonb, context jsonb,
         finding jsonb, facts jsonb, entitlement bigint,
       posted bigint, seq int, forgiven_lapsed bigint, paid_minor bigint, currency text, standing_kind text)
     ON CONFLICT (program_id, store_id, order_id) DO UPDATE SET
       member_id = EXCLUDED.member_id, name = EXCLUDED.name, instant = EXCLUDED.instant,
         updated_at = EXCLUDED.updated_at,
       snapshot = EXCLUDED.snapshot, standing = EXCLUDED.standing, owned = EXCLUDED.owned, context = EXCLUDED.context,
         finding = EXCLUDED.finding, facts = EXCLUDED.facts,
       entitlement = EXCLUDED.entitlement, posted = EXCLUDED.posted, seq = EXCLUDED.seq,
       forgiven_lapsed = EXCLUDED.forgiven_lapsed, paid_minor = EXCLUDED.paid_minor,
       standing_kind = EXCLUDED.standing_kind, settled_at = EXCLUDED.settled_at`,
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
  standing: standingColumn(order),
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
  standing_kind: order.standingKind,
});

// Null says "the newest snapshot"; most orders stand on it, and it need not be stored twice.
const standingColumn = (order: OrderToWrite): OrderSnapshot | 'none' | null => {
  if (order.settled === null) return 'none';
  return order.settled === order.newest ? null : order.settled;
};

/** `updated_at` of the newest known snapshot; null when the order is not known. */
export const newestUpdateOf = async (
  client: Pick<Tx, 'order'>,
  { programId, storeId, orderId }: OrderKey,
): Promise<Instant | null> => {
  const row = await client.order.findUnique({
    where: { programId_storeId_orderId: { programId, storeId, orderId } },
    select: { updatedAt: true },
  });
  return row === null ? null : instant(row.updatedAt.getTime());
};

/** An order in a list. */
export type OrderListItem = {
  readonly orderId: PlatformId;
  readonly name: string;
  readonly instant: Instant;
  readonly standingKind: StandingKind;
  readonly entitlement: number;
  readonly paidMinor: number;
  readonly currency: string;
};

export const ordersOf = async (
  client: Pick<Tx, 'order'>,
  programId: ProgramId,
  memberId: MemberId,
  limit: number,
): Promise<readonly OrderListItem[]> =>
  (
    await client.order.findMany({
      where: { programId, memberId },
      orderBy: { instant: 'desc' },
      take: limit,
      select: {
        orderId: true,
        name: true,
        instant: true,
        standingKind: true,
        entitlement: true,
        paidMinor: true,
        currency: true,
      },
    })
  ).map((row) => ({
    orderId: asId<PlatformId>(row.orderId),
    name: row.name,
    instant: instant(row.instant.getTime()),
    standingKind: row.standingKind as StandingKind,
    entitlement: Number(row.entitlement),
    paidMinor: Number(row.paidMinor),
    currency: row.currency,
  }));

type Place = Pick<OrderKey, 'programId' | 'storeId'>;

/** What we know of a store's orders, by order id; unknown ones are left out. */
export const knownSigns = async (
  client: Pick<Tx, 'order'>,
  { programId, storeId }: Place,
  orderIds: readonly PlatformId[],
): Promise<ReadonlyMap<PlatformId, OrderSign>> => {
  const rows = await client.order.findMany({
    where: { programId, storeId, orderId: { in: [...orderIds] } },
    select: { snapshot: true, erasedAt: true },
  });
  return new Map(
    rows.map((row) => {
      const sign = signOf(row.snapshot as unknown as OrderSnapshot);
      return [sign.orderId, row.erasedAt === null ? sign : { ...sign, erased: true }];
    }),
  );
};

/** Points the ledger holds for orders, by order id. */
export const postedOf = async (
  client: Pick<Tx, 'order'>,
  { programId, storeId }: Place,
  orderIds: readonly PlatformId[],
): Promise<ReadonlyMap<PlatformId, number>> => {
  const rows = await client.order.findMany({
    where: { programId, storeId, orderId: { in: [...orderIds] } },
    select: { orderId: true, posted: true },
  });
  return new Map(rows.map((row) => [asId<PlatformId>(row.orderId), Number(row.posted)]));
};

/** An order whose final context differs from what it would be by now. */
export type OrderFinding = {
  readonly orderId: PlatformId;
  readonly name: string;
  readonly memberId: MemberId | null;
  readonly instant: Instant;
  readonly was: OrderContext;
  readonly wouldBe: OrderContext;
};

/** The newest orders whose final context differs. */
export const findingsOf = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  { programId, storeId }: Place,
  limit: number,
): Promise<readonly OrderFinding[]> =>
  (
    await client.$queryRawUnsafe<
      {
        order_id: string;
        name: string;
        member_id: string | null;
        instant: Date;
        context: OrderContext;
        finding: OrderContext;
      }[]
    >(
      `SELECT order_id, name, member_id::text, instant, context, finding FROM "order"
       WHERE program_id = $1::text::uuid AND store_id = $2::text::uuid AND finding IS NOT NULL ORDER BY instant DESC
         LIMIT $3::int`,
      programId,
      storeId,
      limit,
    )
  ).map((row) => ({
    orderId: asId<PlatformId>(row.order_id),
    name: row.name,
    memberId: row.member_id === null ? null : asId<MemberId>(row.member_id),
    instant: instant(row.instant.getTime()),
    was: row.context,
    wouldBe: row.finding,
  }));

/** A currency for which the program had no rate, and how many orders that count earned nothing because of it. */
export type UnratedCurrency = { readonly currency: string; readonly orders: number };

/** By currency, the most first, of orders placed since a moment. */
export const unratedOf = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  { programId, storeId }: Place,
  since: Instant,
): Promise<readonly UnratedCurrency[]> =>
  client.$queryRawUnsafe<UnratedCurrency[]>(
    `SELECT o.currency, count(*)::int AS orders FROM "order" o
     JOIN program_version v ON v.program_id = o.program_id AND v.version = (o.context ->> 'programVersion')::int
     WHERE o.program_id = $1::text::uuid AND o.store_id = $2::text::uuid AND o.instant >= $3::text::timestamptz
       AND o.standing_kind = 'counted'
       AND NOT EXISTS (SELECT FROM jsonb_array_elements(v.document #> '{earning,rates}') r
         WHERE r ->> 'currency' = o.currency)
     GROUP BY o.currency ORDER BY 2 DESC, 1`,
    programId,
    storeId,
    sqlInstant(since),
  );
