import { asId, type MemberId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { toAccount, type Account, type AccountRow } from './accounts';
import { rowsJson, sqlInstant } from './json';
import type { Tx } from './inTransaction';
import type { OrderKey } from '~/core/values/keys';
import type { Identity } from '~/core/orders/owner';

/**
 * Makes a member for every identity that has none yet. Sorted and without complaint on conflicts, so that parallel
 * batches neither fail nor wait for each other in a circle. Nobody is made a member by `orders` that are all of
 * somebody who was erased, nor an address by orders that are all known as a customer's. Where the program has tiers, a
 * new member's is due at once: who has no order may have reached one, too. Answers the accounts to which members made
 * now belong by a verified e-mail. One statement.
 */
export const ensureMembers = async (
  tx: Tx,
  wanted: readonly { readonly identity: Identity; readonly orders: readonly OrderKey[]; readonly memberId: MemberId }[],
  now: Instant,
): Promise<readonly Account[]> => {
  if (wanted.length === 0) return [];
  const rows = wanted.map(({ identity, orders, memberId }) => ({
    program_id: identity.programId,
    kind: identity.kind,
    scope: identity.scope,
    value: identity.value,
    member_id: memberId,
    orders: orders.map(({ storeId, orderId }) => ({ store_id: storeId, order_id: orderId })),
  }));
  const accounts = await tx.$queryRawUnsafe<AccountRow[]>(
    `WITH missing AS MATERIALIZED (
       SELECT w.* FROM jsonb_to_recordset($1::text::jsonb)
         AS w(program_id uuid, kind text, scope text, value text, member_id uuid, orders jsonb)
       WHERE NOT EXISTS (SELECT FROM member_identity i
         WHERE (i.program_id, i.kind, i.scope, i.value) = (w.program_id, w.kind, w.scope, w.value))
     ), wanted AS (
       SELECT w.* FROM missing w WHERE (w.orders = '[]'
         OR EXISTS (SELECT FROM jsonb_to_recordset(w.orders) AS n(store_id uuid, order_id text)
           LEFT JOIN "order" o ON (o.program_id, o.store_id, o.order_id) = (w.program_id, n.store_id, n.order_id)
           WHERE o.erased_at IS NULL AND (w.kind <> 'email' OR coalesce(o.owned, o.snapshot) ->> 'customerId' IS NULL)))
     ), added AS (
       INSERT INTO member_identity (program_id, kind, scope, value, member_id, created_at)
       SELECT program_id, kind, scope, value, member_id, $2::text::timestamptz FROM wanted
       ORDER BY program_id, kind, scope, value
       ON CONFLICT DO NOTHING
       RETURNING program_id, kind, scope, value, member_id
     ), tiered AS (
       SELECT DISTINCT ON (v.program_id) v.program_id, v.document ->> 'tiers' IS NOT NULL AS has_tiers
       FROM program_version v WHERE v.program_id IN (SELECT program_id FROM added)
       ORDER BY v.program_id, v.version DESC
     ), made AS (
       INSERT INTO member (program_id, id, created_at, next_tier_change_at)
       SELECT a.program_id, a.member_id, $2::text::timestamptz, CASE WHEN t.has_tiers THEN $2::text::timestamptz END
       FROM added a LEFT JOIN tiered t USING (program_id)
     ), account AS (
       SELECT a.* FROM added i JOIN account_email a ON i.kind = 'email'
         AND (a.program_id, a.email_hash) = (i.program_id, i.value)
       UNION
       SELECT a.* FROM added i JOIN account_email a ON i.kind = 'customer'
         AND (a.program_id, a.store_id::text, a.customer_id) = (i.program_id, i.scope, i.value)
       WHERE EXISTS (SELECT FROM account_email o WHERE (o.program_id, o.email_hash) = (a.program_id, a.email_hash)
         AND o.store_id <> a.store_id)
     )
     SELECT DISTINCT ON (a.program_id, a.store_id, a.email_hash) a.program_id::text, a.store_id::text,
       s.platform, s.domain, a.customer_id, a.email_hash
     FROM account a JOIN store s ON (s.program_id, s.id) = (a.program_id, a.store_id)
     ORDER BY a.program_id, a.store_id, a.email_hash, a.verified_at DESC, a.customer_id DESC`,
    rowsJson(rows),
    sqlInstant(now),
  );
  return accounts.map(toAccount);
};

/** The customer ids of a member, with the store each belongs to. */
export const customersOf = async (
  client: Pick<Tx, 'memberIdentity'>,
  programId: ProgramId,
  memberId: MemberId,
): Promise<readonly { readonly storeId: StoreId; readonly customerId: PlatformId }[]> =>
  (await client.memberIdentity.findMany({ where: { programId, memberId, kind: 'customer' } })).map(
    ({ scope, value }) => ({
      storeId: asId<StoreId>(scope),
      customerId: asId<PlatformId>(value),
    }),
  );

/** The customer ids that members have at one store. One statement. */
export const customersOfMembers = async (
  client: Pick<Tx, 'memberIdentity'>,
  programId: ProgramId,
  storeId: StoreId,
  memberIds: readonly MemberId[],
): Promise<readonly { readonly memberId: MemberId; readonly customerId: PlatformId }[]> =>
  (
    await client.memberIdentity.findMany({
      where: { programId, kind: 'customer', scope: storeId, memberId: { in: [...memberIds] } },
      orderBy: { value: 'asc' },
    })
  ).map(({ memberId, value }) => ({ memberId: asId<MemberId>(memberId), customerId: asId<PlatformId>(value) }));

/** The member of a store's customer; null when there is none yet. */
export const memberOfCustomer = async (
  client: Pick<Tx, 'memberIdentity'>,
  programId: ProgramId,
  storeId: StoreId,
  customerId: PlatformId,
): Promise<MemberId | null> => {
  const found = await client.memberIdentity.findUnique({
    where: { programId_kind_scope_value: { programId, kind: 'customer', scope: storeId, value: customerId } },
    select: { memberId: true },
  });
  return found === null ? null : asId<MemberId>(found.memberId);
};

/** The member of an identity; null when there is none yet. */
export const memberOfIdentity = async (
  client: Pick<Tx, 'memberIdentity'>,
  { programId, kind, scope, value }: Identity,
): Promise<MemberId | null> => {
  const where = { programId_kind_scope_value: { programId, kind, scope, value } };
  const found = await client.memberIdentity.findUnique({ where, select: { memberId: true } });
  return found === null ? null : asId<MemberId>(found.memberId);
};

/** Nobody is recognised by an identity any more. */
export const forgetIdentity = async (
  tx: Pick<Tx, 'memberIdentity'>,
  { programId, kind, scope, value }: Identity,
): Promise<void> => {
  await tx.memberIdentity.deleteMany({ where: { programId, kind, scope, value } });
};
