import type { OrderContext } from '~/core/earning/context';
import { signOf, type OrderSign } from '~/core/orders/sign';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { OrderStatus } from '~/core/orders/status';
import type { MemberId, PlatformId, ProgramId, StoreId } from '~/core/values/ids';
import { asId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { OrderKey } from '~/core/values/keys';
import { sqlInstant } from './json';
import type { Tx } from './inTransaction';

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
  readonly status: OrderStatus;
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
        status: true,
        entitlement: true,
        paidMinor: true,
        currency: true,
      },
    })
  ).map((row) => ({
    orderId: asId<PlatformId>(row.orderId),
    name: row.name,
    instant: instant(row.instant.getTime()),
    status: row.status as OrderStatus,
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

/** Points the ledger holds for one order of a member; null: the member has no such order. */
export const postedToMember = async (
  client: Pick<Tx, 'order'>,
  { programId, storeId, orderId }: OrderKey,
  memberId: MemberId,
): Promise<number | null> => {
  const row = await client.order.findFirst({
    where: { programId, storeId, orderId, memberId },
    select: { posted: true },
  });
  return row === null ? null : Number(row.posted);
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
       AND o.status = 'counted'
       AND NOT EXISTS (SELECT FROM jsonb_array_elements(v.document #> '{earning,rates}') r
         WHERE r ->> 'currency' = o.currency)
     GROUP BY o.currency ORDER BY 2 DESC, 1`,
    programId,
    storeId,
    sqlInstant(since),
  );

/** The currencies, beside those named, of members' orders that count, placed since a moment. */
export const currenciesBeside = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  { programId, storeId }: Place,
  named: readonly string[],
  since: Instant,
): Promise<readonly string[]> => {
  const rows = await client.$queryRawUnsafe<{ currency: string }[]>(
    `SELECT DISTINCT currency FROM "order"
     WHERE program_id = $1::text::uuid AND store_id = $2::text::uuid AND instant >= $3::text::timestamptz
       AND status = 'counted' AND member_id IS NOT NULL
       AND NOT $4::text::jsonb ? currency ORDER BY 1`,
    programId,
    storeId,
    sqlInstant(since),
    JSON.stringify(named),
  );
  return rows.map(({ currency }) => currency);
};

/** An order in the state on which it stands. */
export type StandingOrder = { readonly storeId: StoreId; readonly snapshot: OrderSnapshot };

const standingAtOnce = 500;

/** Orders of a program from a moment on, a page at a time after the last one of the page before. */
export const ordersSince = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  since: Instant,
  after: StandingOrder | null,
): Promise<readonly StandingOrder[]> =>
  client.$queryRawUnsafe<StandingOrder[]>(
    `SELECT o.store_id::text AS "storeId", CASE WHEN o.settled = '"none"'::jsonb THEN o.snapshot
       ELSE coalesce(o.settled, o.snapshot) END AS snapshot FROM "order" o
     WHERE o.program_id = $1::text::uuid AND o.instant >= $2::text::timestamptz
       AND ($3::text IS NULL OR (o.store_id, o.order_id) > ($3::text::uuid, $4::text))
     ORDER BY o.store_id, o.order_id LIMIT ${standingAtOnce}`,
    programId,
    sqlInstant(since),
    after?.storeId ?? null,
    after?.snapshot.orderId ?? null,
  );
