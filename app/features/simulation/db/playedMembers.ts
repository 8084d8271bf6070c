import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { PlayedOrder } from '~/core/simulation/timeline';
import type { TierOverride } from '~/core/tiers/clock';
import { asId, type MemberId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import type { Tx } from '~/db/inTransaction';
import { epochMs } from '~/db/json';

type Client = Pick<Tx, '$queryRawUnsafe'>;

/** Members with orders, and how many: who is played. In the order of their ids. */
export const membersWithOrders = async (
  client: Client,
  programId: ProgramId,
): Promise<readonly { readonly memberId: MemberId; readonly orders: number }[]> =>
  (
    await client.$queryRawUnsafe<{ member_id: string; orders: number }[]>(
      `SELECT o.member_id::text, count(*)::int AS orders FROM "order" o
       WHERE o.program_id = $1::text::uuid AND o.member_id IS NOT NULL GROUP BY o.member_id ORDER BY o.member_id`,
      programId,
    )
  ).map((row) => ({ memberId: asId<MemberId>(row.member_id), orders: row.orders }));

/** The orders of some members in their newest states, by member; oldest first. One statement. */
export const ordersOfMembers = async (
  client: Client,
  programId: ProgramId,
  memberIds: readonly MemberId[],
): Promise<ReadonlyMap<MemberId, readonly PlayedOrder[]>> => {
  const rows = await client.$queryRawUnsafe<{ member_id: string; store_id: string; snapshot: OrderSnapshot }[]>(
    `SELECT o.member_id::text, o.store_id::text, o.snapshot FROM "order" o
     JOIN jsonb_array_elements_text($2::text::jsonb) AS m(id) ON o.member_id = m.id::uuid
     WHERE o.program_id = $1::text::uuid ORDER BY o.member_id, o.instant`,
    programId,
    JSON.stringify(memberIds),
  );
  const orders = new Map<MemberId, PlayedOrder[]>();
  for (const row of rows) {
    const memberId = asId<MemberId>(row.member_id);
    const order = { storeId: asId<StoreId>(row.store_id), snapshot: row.snapshot };
    const before = orders.get(memberId);
    if (before === undefined) orders.set(memberId, [order]);
    else before.push(order);
  }
  return orders;
};

/** The tiers that staff gave to some members, by member, in the order in which they were given. One statement. */
export const overridesOfMembers = async (
  client: Client,
  programId: ProgramId,
  memberIds: readonly MemberId[],
): Promise<ReadonlyMap<MemberId, readonly TierOverride[]>> => {
  const rows = await client.$queryRawUnsafe<{ member_id: string; overrides: readonly TierOverride[] }[]>(
    `SELECT o.member_id::text, jsonb_agg(jsonb_build_object('tierId', o.tier_id, 'from', ${epochMs('o.from_at')},
       'until', ${epochMs('o.until_at')}) ORDER BY o.from_at, o.id) AS overrides FROM tier_override o
     JOIN jsonb_array_elements_text($2::text::jsonb) AS m(id) ON o.member_id = m.id::uuid
     WHERE o.program_id = $1::text::uuid GROUP BY o.member_id`,
    programId,
    JSON.stringify(memberIds),
  );
  return new Map(rows.map((row) => [asId<MemberId>(row.member_id), row.overrides]));
};

/** One customer of a store for each of some members; members that are nobody's customer there are left out. */
export const customersOfMembers = async (
  client: Client,
  { programId, storeId }: { readonly programId: ProgramId; readonly storeId: StoreId },
  memberIds: readonly MemberId[],
): Promise<ReadonlyMap<MemberId, PlatformId>> => {
  const rows = await client.$queryRawUnsafe<{ member_id: string; customer_id: string }[]>(
    `SELECT DISTINCT ON (i.member_id) i.member_id::text, i.value AS customer_id FROM member_identity i
     JOIN jsonb_array_elements_text($3::text::jsonb) AS m(id) ON i.member_id = m.id::uuid
     WHERE i.program_id = $1::text::uuid AND i.kind = 'customer' AND i.scope = $2
     ORDER BY i.member_id, i.value`,
    programId,
    storeId,
    JSON.stringify(memberIds),
  );
  return new Map(rows.map((row) => [asId<MemberId>(row.member_id), asId<PlatformId>(row.customer_id)]));
};
