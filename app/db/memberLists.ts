import { asId, type MemberId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from './inTransaction';

/** A member in a list: the cached balance, and by which customer ids the shop knows them. */
export type MemberRowView = {
  readonly memberId: MemberId;
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  /** Since the first order, or since we know them. */
  readonly createdAt: Instant;
  readonly customers: readonly { readonly storeId: StoreId; readonly customerId: PlatformId }[];
};

type ListRow = {
  id: string;
  available: bigint;
  pending: bigint;
  debt: bigint;
  created_at: Date;
  customers: { storeId: StoreId; customerId: PlatformId }[] | null;
};

const listSelect = `SELECT m.id::text, m.available, m.pending, m.debt,
    least(m.created_at, (SELECT min(o.instant) FROM "order" o WHERE o.program_id = m.program_id
      AND o.member_id = m.id)) AS created_at,
    (SELECT jsonb_agg(jsonb_build_object('storeId', i.scope, 'customerId', i.value)) FROM member_identity i
     WHERE i.program_id = m.program_id AND i.member_id = m.id AND i.kind = 'customer') AS customers
  FROM member m`;

const toListed = (row: ListRow): MemberRowView => ({
  memberId: asId<MemberId>(row.id),
  available: Number(row.available),
  pending: Number(row.pending),
  debt: Number(row.debt),
  createdAt: instant(row.created_at.getTime()),
  customers: row.customers ?? [],
});

/** A page of members, the newest first, from before a given one on. */
export const listMembers = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  before: MemberId | null,
  limit: number,
): Promise<readonly MemberRowView[]> =>
  (
    await client.$queryRawUnsafe<ListRow[]>(
      `${listSelect} WHERE m.program_id = $1::text::uuid AND m.merged_into IS NULL
        AND ($2::text IS NULL OR m.id < $2::text::uuid)
       ORDER BY m.id DESC LIMIT $3::int`,
      programId,
      before,
      limit,
    )
  ).map(toListed);

/** The members of the given customers of a store. */
export const membersOfCustomers = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  storeId: StoreId,
  customerIds: readonly PlatformId[],
): Promise<readonly MemberRowView[]> =>
  (
    await client.$queryRawUnsafe<ListRow[]>(
      `${listSelect} WHERE m.program_id = $1::text::uuid AND m.id IN (SELECT i.member_id FROM member_identity i
         JOIN jsonb_array_elements_text($3::text::jsonb) AS c(id) ON i.value = c.id
         WHERE i.program_id = $1::text::uuid AND i.kind = 'customer' AND i.scope = $2)
       ORDER BY m.id DESC`,
      programId,
      storeId,
      JSON.stringify(customerIds),
    )
  ).map(toListed);

export const findMember = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  id: MemberId,
): Promise<MemberRowView | null> => {
  const rows = await client.$queryRawUnsafe<ListRow[]>(
    `${listSelect} WHERE m.program_id = $1::text::uuid AND m.id = $2::text::uuid`,
    programId,
    id,
  );
  return rows[0] === undefined ? null : toListed(rows[0]);
};
