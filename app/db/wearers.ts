import { asId, type MemberId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import type { Tx } from './inTransaction';

type Sql = Pick<Tx, '$queryRawUnsafe' | '$executeRawUnsafe'>;
type OfStore = { readonly programId: ProgramId; readonly storeId: StoreId };

/** Which member a store's customers are, by the customer. */
export type MembersByCustomer = ReadonlyMap<PlatformId, MemberId>;

const byCustomer = (rows: readonly { value: string; member_id: string }[]): MembersByCustomer =>
  new Map(rows.map((row) => [asId<PlatformId>(row.value), asId<MemberId>(row.member_id)]));

/** A store's customers whose members are in a tier by now, with the member. One statement. */
export const customersInTier = async (
  client: Sql,
  { programId, storeId }: OfStore,
  tierId: string,
): Promise<MembersByCustomer> =>
  byCustomer(
    await client.$queryRawUnsafe<{ value: string; member_id: string }[]>(
      `SELECT i.value, i.member_id::text FROM member_identity i
       JOIN member m ON (m.program_id, m.id) = (i.program_id, i.member_id) AND m.tier = $3::text
       WHERE i.program_id = $1::text::uuid AND i.kind = 'customer' AND i.scope = $2::text`,
      programId,
      storeId,
      tierId,
    ),
  );

/** Those of some customers of a store who are members, with the member. One statement. */
export const membersAmong = async (
  client: Sql,
  { programId, storeId }: OfStore,
  customerIds: readonly PlatformId[],
): Promise<MembersByCustomer> =>
  byCustomer(
    await client.$queryRawUnsafe<{ value: string; member_id: string }[]>(
      `SELECT i.value, i.member_id::text FROM member_identity i
       WHERE i.program_id = $1::text::uuid AND i.kind = 'customer' AND i.scope = $2::text
         AND i.value IN (SELECT jsonb_array_elements_text($3::text::jsonb))`,
      programId,
      storeId,
      JSON.stringify(customerIds),
    ),
  );

/** Forgets what was published of members, so that the next time all of it is published again. One statement. */
export const forgetPublished = async (
  client: Sql,
  programId: ProgramId,
  members: readonly MemberId[],
): Promise<void> => {
  await client.$executeRawUnsafe(
    `UPDATE member SET published_summary = NULL WHERE program_id = $1::text::uuid
       AND id IN (SELECT m::uuid FROM jsonb_array_elements_text($2::text::jsonb) m)`,
    programId,
    JSON.stringify(members),
  );
};
