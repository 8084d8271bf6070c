import type { Balance } from '~/core/ledger/types';
import type { MemberId, PlatformId, ProgramId, StoreId } from '~/core/values/ids';
import { asId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { instant } from '~/core/values/instant';
import { points } from '~/core/values/points';
import { identityKey, type Identity } from '~/core/orders/owner';
import type { LockedMember } from '~/core/settlement/records';
import { rowsJson, sqlInstant, sqlInstantOrNull } from './json';
import type { Tx } from './inTransaction';

type MemberRow = {
  program_id: string;
  id: string;
  available: bigint;
  pending: bigint;
  debt: bigint;
  next_change_at: Date | null;
  tier: string | null;
  merged_into: string | null;
  identity_keys: string[] | null;
};

/**
 * Locks the members of the given identities, those that own the given orders now and those whose codes are on them, in
 * id order. Whoever holds these rows owns the members' ledgers. One statement.
 */
export const lockMembers = async (
  tx: Tx,
  asked: {
    readonly identities: readonly Identity[];
    readonly orders: readonly {
      readonly programId: ProgramId;
      readonly storeId: StoreId;
      readonly orderId: PlatformId;
    }[];
    /** Reward codes seen on orders: their redemptions' members are locked, too. */
    readonly codes: readonly { readonly programId: ProgramId; readonly code: string }[];
    /** Members who are concerned in any case. */
    readonly members?: readonly { readonly programId: ProgramId; readonly memberId: MemberId }[];
  },
): Promise<readonly LockedMember[]> => {
  const identities = asked.identities.map((identity) => ({
    program_id: identity.programId,
    kind: identity.kind,
    scope: identity.scope,
    value: identity.value,
    key: identityKey(identity),
  }));
  const orders = asked.orders.map((order) => ({
    program_id: order.programId,
    store_id: order.storeId,
    order_id: order.orderId,
  }));
  const rows = await tx.$queryRawUnsafe<MemberRow[]>(
    `WITH owner AS (
       SELECT i.program_id, i.member_id, a.key
       FROM jsonb_to_recordset($1::text::jsonb) AS a(program_id uuid, kind text, scope text, value text, key text)
       JOIN member_identity i ON (i.program_id, i.kind, i.scope, i.value) = (a.program_id, a.kind, a.scope, a.value)
       UNION ALL
       SELECT o.program_id, o.member_id, NULL
       FROM jsonb_to_recordset($2::text::jsonb) AS a(program_id uuid, store_id uuid, order_id text)
       JOIN "order" o ON (o.program_id, o.store_id, o.order_id) = (a.program_id, a.store_id, a.order_id)
       WHERE o.member_id IS NOT NULL
       UNION ALL
       SELECT r.program_id, r.member_id, NULL
       FROM jsonb_to_recordset($3::text::jsonb) AS a(program_id uuid, code text)
       JOIN redemption r ON (r.program_id, r.code) = (a.program_id, a.code)
       UNION ALL
       SELECT a.program_id, a.member_id, NULL
         FROM jsonb_to_recordset($4::text::jsonb) AS a(program_id uuid, member_id uuid)
     ), owners AS (
       SELECT program_id, member_id, jsonb_agg(key) FILTER (WHERE key IS NOT NULL) AS identity_keys
       FROM owner GROUP BY program_id, member_id
     )
     SELECT m.program_id::text, m.id::text, m.available, m.pending, m.debt, m.next_change_at, m.tier,
       m.merged_into::text, w.identity_keys
     FROM member m JOIN owners w ON (w.program_id, w.member_id) = (m.program_id, m.id)
     ORDER BY m.program_id, m.id FOR UPDATE OF m`,
    rowsJson(identities),
    rowsJson(orders),
    rowsJson(asked.codes.map(({ programId, code }) => ({ program_id: programId, code }))),
    rowsJson((asked.members ?? []).map(({ programId, memberId }) => ({ program_id: programId, member_id: memberId }))),
  );
  const members = rows.map(toLockedMember);
  const named = new Set((asked.members ?? []).map(({ memberId }) => memberId));
  // Merged while we waited for the lock: SQL's own state for "start again and see".
  if (members.some(({ memberId, mergedInto }) => mergedInto !== null && !named.has(memberId))) {
    throw Object.assign(new Error('a member was merged into another meanwhile'), { code: '40001' });
  }
  return members;
};

/** Locks one member by id; null when there is none. */
export const lockMember = async (tx: Tx, programId: ProgramId, memberId: MemberId): Promise<LockedMember | null> => {
  const rows = await tx.$queryRawUnsafe<MemberRow[]>(
    `SELECT program_id::text, id::text, available, pending, debt, next_change_at, tier, merged_into::text,
      NULL::jsonb AS identity_keys
     FROM member WHERE program_id = $1::text::uuid AND id = $2::text::uuid FOR UPDATE`,
    programId,
    memberId,
  );
  const row = rows[0];
  return row === undefined ? null : toLockedMember(row);
};

const toLockedMember = (row: MemberRow): LockedMember => ({
  programId: asId<ProgramId>(row.program_id),
  memberId: asId<MemberId>(row.id),
  cached: {
    available: points(Number(row.available)),
    pending: points(Number(row.pending)),
    debt: points(Number(row.debt)),
    nextChangeAt: row.next_change_at === null ? null : instant(row.next_change_at.getTime()),
  },
  tier: row.tier,
  mergedInto: row.merged_into === null ? null : asId<MemberId>(row.merged_into),
  identityKeys: row.identity_keys ?? [],
});

/** Writes the cached balances of locked members. One statement. */
export const writeBalances = async (
  tx: Tx,
  balances: readonly { readonly programId: ProgramId; readonly memberId: MemberId; readonly balance: Balance }[],
): Promise<void> => {
  if (balances.length === 0) return;
  const rows = balances.map(({ programId, memberId, balance }) => ({
    program_id: programId,
    id: memberId,
    available: balance.available,
    pending: balance.pending,
    debt: balance.debt,
    next_change_at: sqlInstantOrNull(balance.nextChangeAt),
  }));
  await tx.$executeRawUnsafe(
    `UPDATE member m SET available = b.available, pending = b.pending, debt = b.debt, next_change_at = b.next_change_at
     FROM jsonb_to_recordset($1::text::jsonb)
       AS b(program_id uuid, id uuid, available bigint, pending bigint, debt bigint, next_change_at timestamptz)
     WHERE (m.program_id, m.id) = (b.program_id, b.id)`,
    rowsJson(rows),
  );
};

export const publishedSummaryOf = async (
  client: Pick<Tx, 'member'>,
  programId: ProgramId,
  id: MemberId,
): Promise<string | null> =>
  (await client.member.findUnique({ where: { programId_id: { programId, id } }, select: { publishedSummary: true } }))
    ?.publishedSummary ?? null;

/** The tier that a member has by now; null for none. */
export const tierOf = async (client: Pick<Tx, 'member'>, programId: ProgramId, id: MemberId): Promise<string | null> =>
  (await client.member.findUnique({ where: { programId_id: { programId, id } }, select: { tier: true } }))?.tier ??
  null;

export const markMemberPublished = async (
  client: Pick<Tx, 'member'>,
  programId: ProgramId,
  id: MemberId,
  hash: string,
): Promise<void> => {
  await client.member.update({ where: { programId_id: { programId, id } }, data: { publishedSummary: hash } });
};

/** A member is looked at again at a later moment, whatever is due. */
export const putOff = async (
  client: Pick<Tx, 'member'>,
  { programId, memberId }: { readonly programId: ProgramId; readonly memberId: MemberId },
  until: Instant,
): Promise<void> => {
  await client.member.update({
    where: { programId_id: { programId, id: memberId } },
    data: { nextChangeAt: sqlInstant(until) },
  });
};

/** Members whose balance changes by itself by now, whatever the tenant. */
export const membersToMature = async (
  client: Pick<Tx, 'member'>,
  now: Instant,
  limit: number,
): Promise<readonly { readonly programId: ProgramId; readonly memberId: MemberId }[]> =>
  (
    await client.member.findMany({
      where: { nextChangeAt: { lte: sqlInstant(now) } },
      orderBy: { nextChangeAt: 'asc' },
      select: { programId: true, id: true },
      take: limit,
    })
  ).map(({ programId, id }) => ({ programId: asId<ProgramId>(programId), memberId: asId<MemberId>(id) }));

/**
 * Gives everything a member owns, but the entries, to another; both are locked. The old id and its own aliases become
 * aliases. Entry awards that were paid are settled; where both were paid the same, the other's stays. One statement.
 */
export const moveMember = async (
  tx: Tx,
  programId: ProgramId,
  { from, to }: { readonly from: MemberId; readonly to: MemberId },
  now: Instant,
): Promise<void> => {
  const moved = ['lot', 'debt', '"order"', 'redemption', 'transfer', 'member_identity', 'tier_override'].map(
    (table, index) =>
      `t${index} AS (UPDATE ${table} SET member_id = $3::text::uuid WHERE program_id = $1::text::uuid
        AND member_id = $2::text::uuid)`,
  );
  await tx.$executeRawUnsafe(
    `WITH ${moved.join(', ')},
     settled AS (UPDATE entry_award SET settled_at = $4::text::timestamptz WHERE program_id = $1::text::uuid
       AND member_id = $3::text::uuid AND points > 0),
     paid AS (INSERT INTO entry_award AS a (program_id, member_id, tier_id, period, reached_at, points, key, seq,
       forgiven_lapsed, settled_at)
       SELECT program_id, $3::text::uuid, tier_id, period, reached_at, points, key, seq, forgiven_lapsed,
         CASE WHEN points > 0 THEN $4::text::timestamptz END
         FROM entry_award
       WHERE program_id = $1::text::uuid AND member_id = $2::text::uuid
       ON CONFLICT (program_id, member_id, tier_id, period) DO UPDATE SET reached_at = EXCLUDED.reached_at,
         points = EXCLUDED.points, key = EXCLUDED.key, seq = EXCLUDED.seq,
         forgiven_lapsed = EXCLUDED.forgiven_lapsed, settled_at = EXCLUDED.settled_at
       WHERE a.points = 0 AND EXCLUDED.points > 0),
     history AS (DELETE FROM tier_change WHERE program_id = $1::text::uuid AND member_id = $2::text::uuid),
     sums AS (DELETE FROM checkpoint WHERE program_id = $1::text::uuid
       AND member_id IN ($2::text::uuid, $3::text::uuid))
     UPDATE member SET merged_into = $3::text::uuid, tier = NULL, next_tier_change_at = NULL
     WHERE program_id = $1::text::uuid AND (id = $2::text::uuid OR merged_into = $2::text::uuid)`,
    programId,
    from,
    to,
    sqlInstant(now),
  );
};

const pageSize = 500;

/** Members of a program who ever had points, a page at a time in the order of ids, from after a given one on. */
export const membersWithLots = async (
  tx: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  after: MemberId | null,
): Promise<readonly MemberId[]> =>
  (
    await tx.$queryRawUnsafe<{ id: MemberId }[]>(
      `SELECT DISTINCT member_id::text AS id FROM lot
       WHERE program_id = $1::text::uuid AND ($2::text IS NULL OR member_id > $2::text::uuid)
       ORDER BY 1 LIMIT $3::int`,
      programId,
      after,
      pageSize,
    )
  ).map(({ id }) => id);
