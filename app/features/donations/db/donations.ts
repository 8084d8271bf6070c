import type { ProgramId } from '~/core/values/ids';
import type { Tx } from '~/db/inTransaction';

/** What one receiver got in one local month and currency. */
export type DonationLine = {
  /** yyyy-mm */
  readonly month: string;
  readonly charity: string;
  readonly currency: string;
  readonly count: number;
  readonly points: number;
  readonly amountMinor: number;
};

type Row = {
  month: string;
  charity: string;
  currency: string;
  count: bigint;
  points: bigint;
  amount: bigint;
};

/** What was donated, by month in a zone (the newest first), receiver and currency. One statement. */
export const donationLines = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  zone: string,
): Promise<readonly DonationLine[]> =>
  (
    await client.$queryRawUnsafe<Row[]>(
      `SELECT to_char(held_at AT TIME ZONE $2::text, 'YYYY-MM') AS month, "grant"->>'charity' AS charity,
         "grant"->>'currency' AS currency, count(*) AS count, sum(points)::bigint AS points,
         sum(amount_minor)::bigint AS amount
       FROM redemption
       WHERE program_id = $1::text::uuid AND "grant"->>'kind' = 'donation' AND state = 'used'
       GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 3`,
      programId,
      zone,
    )
  ).map(({ month, charity, currency, count, points, amount }) => ({
    month,
    charity,
    currency,
    count: Number(count),
    points: Number(points),
    amountMinor: Number(amount),
  }));
