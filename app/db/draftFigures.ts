import type { MemberId, ProgramId, StoreId } from '~/core/values/ids';
import { asId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { sqlInstant } from './json';
import type { Tx } from './inTransaction';

type Client = Pick<Tx, '$queryRawUnsafe'>;

/** What the half of a store's buyers who buy least spend in a year at most, in minor units; null: nobody bought. */
export const medianSpend = async (
  client: Client,
  {
    programId,
    storeId,
    currency,
  }: { readonly programId: ProgramId; readonly storeId: StoreId; readonly currency: string },
  since: Instant,
): Promise<number | null> => {
  const [row] = await client.$queryRawUnsafe<{ median: number | null }[]>(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY spent)::float8 AS median FROM (
       SELECT sum(paid_minor) AS spent FROM "order" WHERE program_id = $1::text::uuid AND store_id = $2::text::uuid
         AND instant >= $3::text::timestamptz AND status = 'counted' AND member_id IS NOT NULL
         AND currency = $4 GROUP BY member_id) o`,
    programId,
    storeId,
    sqlInstant(since),
    currency,
  );
  return row?.median == null ? null : Math.round(row.median);
};

/** Codes that members hold and have not used. */
export const countIssuedCodes = (client: Pick<Tx, 'redemption'>, programId: ProgramId): Promise<number> =>
  client.redemption.count({ where: { programId, state: 'issued', code: { not: null } } });

/** Members who hold points without an end. */
export const countWithoutEnd = async (client: Client, programId: ProgramId): Promise<number> => {
  const [row] = await client.$queryRawUnsafe<{ count: bigint }[]>(
    `SELECT count(DISTINCT member_id) AS count FROM lot
     WHERE program_id = $1::text::uuid AND remaining > 0 AND expires_at IS NULL`,
    programId,
  );
  return Number(row?.count ?? 0);
};

/** Members and their tiers; of many a part that has nothing to do with what they are: one of `of`. */
export const tiersOfMembers = async (
  client: Client,
  programId: ProgramId,
  of: number,
): Promise<readonly { readonly memberId: MemberId; readonly tier: string | null }[]> =>
  (
    await client.$queryRawUnsafe<{ id: string; tier: string | null }[]>(
      `SELECT id::text, tier FROM member WHERE program_id = $1::text::uuid AND merged_into IS NULL
         AND ($2::int = 1 OR (hashtext(id::text) & 2147483647) % $2::int = 0)`,
      programId,
      of,
    )
  ).map(({ id, tier }) => ({ memberId: asId<MemberId>(id), tier }));

export const countMembers = (client: Pick<Tx, 'member'>, programId: ProgramId): Promise<number> =>
  client.member.count({ where: { programId, mergedInto: null } });
