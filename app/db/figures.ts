import type { ProgramId, StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Database } from './database';
import { sqlKinds } from './entryKinds';
import { sqlInstant } from './json';

type Client = Pick<Database['prisma'], '$queryRawUnsafe'>;

const countedAs = (figure: 'issued' | 'redeemed' | 'by_hand'): string =>
  sqlKinds(({ countsAs }) => countsAs === figure);

/** How long the parts are into which figures are cut. A week begins on Monday. */
export type Grain = 'day' | 'week' | 'month';

// How a local time is named by its part.
const nameSql = {
  day: (local: string) => `to_char(${local}, 'YYYY-MM-DD')`,
  week: (local: string) => `to_char(date_trunc('week', ${local}), 'YYYY-MM-DD')`,
  month: (local: string) => `to_char(${local}, 'YYYY-MM')`,
} as const satisfies Record<Grain, (local: string) => string>;

/** One local part of time of a program. Points are absolute numbers; money is in the store's minor units. */
export type PeriodFigures = {
  /** A month as yyyy-mm, a day or a week's Monday as yyyy-mm-dd. */
  readonly period: string;
  readonly issued: number;
  readonly redeemed: number;
  /** What staff corrected and files brought, net: no order stands behind it. */
  readonly byHand: number;
  readonly orders: number;
  readonly paidMinor: number;
};

/** What happened part by part from one moment to another, by the time at which it occurred. One statement. */
export const periodFigures = async (
  client: Client,
  programId: ProgramId,
  storeId: StoreId,
  zone: string,
  { from, until, grain }: { readonly from: Instant; readonly until: Instant; readonly grain: Grain },
): Promise<readonly PeriodFigures[]> => {
  const rows = await client.$queryRawUnsafe<
    { period: string; issued: bigint; redeemed: bigint; by_hand: bigint; orders: bigint; paid: bigint }[]
  >(
    `WITH moved AS (
       SELECT ${nameSql[grain]('occurred_at AT TIME ZONE $3')} AS period,
         sum(points) FILTER (WHERE kind IN (${countedAs('issued')})) AS issued,
         -sum(points) FILTER (WHERE kind IN (${countedAs('redeemed')})) AS redeemed,
         sum(points) FILTER (WHERE kind IN (${countedAs('by_hand')})) AS by_hand
       FROM entry WHERE program_id = $1::text::uuid AND occurred_at >= $4::text::timestamptz
         AND occurred_at <= $5::text::timestamptz GROUP BY 1
     ), sold AS (
       SELECT ${nameSql[grain]('instant AT TIME ZONE $3')} AS period, count(*) AS orders, sum(paid_minor) AS paid
       FROM "order" WHERE program_id = $1::text::uuid AND store_id = $2::text::uuid AND instant >= $4::text::timestamptz
         AND instant <= $5::text::timestamptz AND status = 'counted' AND member_id IS NOT NULL GROUP BY 1
     )
     SELECT coalesce(m.period, s.period) AS period, coalesce(m.issued, 0)::bigint AS issued,
       coalesce(m.redeemed, 0)::bigint AS redeemed, coalesce(m.by_hand, 0)::bigint AS by_hand,
       coalesce(s.orders, 0)::bigint AS orders, coalesce(s.paid, 0)::bigint AS paid
     FROM moved m FULL JOIN sold s ON s.period = m.period ORDER BY 1`,
    programId,
    storeId,
    zone,
    sqlInstant(from),
    sqlInstant(until),
  );
  return rows.map((row) => ({
    period: row.period,
    issued: Number(row.issued),
    redeemed: Number(row.redeemed),
    byHand: Number(row.by_hand),
    orders: Number(row.orders),
    paidMinor: Number(row.paid),
  }));
};

export type Totals = {
  readonly members: number;
  readonly outstanding: number;
  readonly pending: number;
  readonly debt: number;
  /** Members with an order, and those with more than one, in the last 365 days. */
  readonly buyers: number;
  readonly repeatBuyers: number;
};

/** How the program stands now. */
export const programTotals = async (client: Client, programId: ProgramId, yearAgo: Instant): Promise<Totals> => {
  const [row] = await client.$queryRawUnsafe<Record<string, bigint>[]>(
    `SELECT (SELECT count(*) FROM member WHERE program_id = $1::text::uuid AND merged_into IS NULL) AS members,
       (SELECT coalesce(sum(available + debt), 0)::bigint FROM member WHERE program_id = $1::text::uuid) AS outstanding,
       (SELECT coalesce(sum(pending), 0)::bigint FROM member WHERE program_id = $1::text::uuid) AS pending,
       (SELECT coalesce(sum(debt), 0)::bigint FROM member WHERE program_id = $1::text::uuid) AS debt,
       b.buyers, b.repeat_buyers
     FROM (SELECT count(*) AS buyers, count(*) FILTER (WHERE n > 1) AS repeat_buyers FROM (
       SELECT count(*) AS n FROM "order" WHERE program_id = $1::text::uuid AND instant >= $2::text::timestamptz
         AND status = 'counted' AND member_id IS NOT NULL GROUP BY member_id) o) b`,
    programId,
    sqlInstant(yearAgo),
  );
  const number = (name: string): number => Number(row?.[name] ?? 0);
  return {
    members: number('members'),
    outstanding: number('outstanding'),
    pending: number('pending'),
    debt: number('debt'),
    buyers: number('buyers'),
    repeatBuyers: number('repeat_buyers'),
  };
};

/** What staff corrected and files brought since a moment (net), and all points that members hold now. */
export const pointsByHand = async (
  client: Client,
  programId: ProgramId,
  since: Instant,
): Promise<{ readonly byHand: number; readonly held: number }> => {
  const [row] = await client.$queryRawUnsafe<{ by_hand: bigint; held: bigint }[]>(
    `SELECT (SELECT coalesce(sum(points), 0)::bigint FROM entry
         WHERE program_id = $1::text::uuid AND kind IN (${countedAs('by_hand')})
           AND recorded_at >= $2::text::timestamptz) AS by_hand,
       (SELECT coalesce(sum(available + debt + pending), 0)::bigint FROM member
         WHERE program_id = $1::text::uuid) AS held`,
    programId,
    sqlInstant(since),
  );
  return { byHand: Number(row?.by_hand ?? 0), held: Number(row?.held ?? 0) };
};

/** The most points that one member can spend now; null: there is no member. */
export const highestBalance = async (client: Client, programId: ProgramId): Promise<number | null> => {
  const [row] = await client.$queryRawUnsafe<{ most: bigint | null }[]>(
    `SELECT max(available)::bigint AS most FROM member WHERE program_id = $1::text::uuid AND merged_into IS NULL`,
    programId,
  );
  return row?.most == null ? null : Number(row.most);
};
