import type { Balance } from '~/core/ledger/types';
import type { TierChange } from '~/core/tiers/clock';
import { asId, type MemberId, type ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { isLapseSql } from './entryKinds';
import { epochMs, rowsJson, sqlInstant, sqlInstantOrNull } from './json';
import type { Tx } from './inTransaction';
import { writeBalances } from './members';
import type { HistoryAsked, MemberHistory, TierState } from '~/core/settlement/records';
import type { MemberKey } from '~/core/values/keys';
import { orderJson } from './orders';

/** Reads the histories of locked members. One statement, however many members. */
export const historiesOf = async (tx: Tx, members: readonly HistoryAsked[]): Promise<readonly MemberHistory[]> => {
  if (members.length === 0) return [];
  const rows = await tx.$queryRawUnsafe<
    {
      program_id: string;
      member_id: string;
      orders: MemberHistory['orders'] | null;
      remembered: MemberHistory['remembered'] | null;
      overrides: MemberHistory['overrides'] | null;
      rewards: MemberHistory['rewards'] | null;
    }[]
  >(
    `SELECT m.program_id::text, m.member_id::text,
       history.orders, history.remembered,
       (SELECT jsonb_agg(jsonb_build_object('tierId', o.tier_id, 'from', ${epochMs('o.from_at')}, 'until',
         ${epochMs('o.until_at')}) ORDER BY o.from_at, o.id)
        FROM tier_override o WHERE (o.program_id, o.member_id) = (m.program_id, m.member_id)) AS overrides,
       (SELECT jsonb_agg(jsonb_build_object('tierId', r.tier_id, 'period', r.period, 'reachedAt',
         ${epochMs('r.reached_at')},
         'points', r.points, 'key', r.key, 'seq', r.seq, 'forgivenLapsed', r.forgiven_lapsed))
        FROM tier_reward r WHERE (r.program_id, r.member_id) = (m.program_id, m.member_id)) AS rewards
     FROM jsonb_to_recordset($1::text::jsonb) AS m(program_id uuid, member_id uuid, since timestamptz)
     CROSS JOIN LATERAL (
       SELECT json_agg(${orderJson('o')} || jsonb_build_object('isRemembered',
         o.facts IS NOT NULL)) FILTER (WHERE asked.in_full) AS orders,
         json_agg(o.facts) FILTER (WHERE NOT asked.in_full) AS remembered
       FROM "order" o CROSS JOIN LATERAL (SELECT coalesce(o.instant >= m.since, true)
         OR o.facts IS NULL AS in_full) asked
       WHERE (o.program_id, o.member_id) = (m.program_id, m.member_id)
     ) history`,
    rowsJson(
      members.map(({ programId, memberId, since }) => ({
        program_id: programId,
        member_id: memberId,
        since: sqlInstantOrNull(since),
      })),
    ),
  );
  return rows.map((row) => ({
    programId: asId<ProgramId>(row.program_id),
    memberId: asId<MemberId>(row.member_id),
    orders: row.orders ?? [],
    remembered: row.remembered ?? [],
    overrides: row.overrides ?? [],
    rewards: row.rewards ?? [],
  }));
};

type CachedBalance = MemberKey & { readonly balance: Balance };

/**
 * Writes the cached balances and tiers of locked members, the histories of the tiers and the rewards paid. One
 * statement.
 */
export const writeBalancesAndTiers = async (
  tx: Tx,
  balances: readonly CachedBalance[],
  tiers: readonly TierState[],
): Promise<void> => {
  if (tiers.length === 0) return writeBalances(tx, balances);
  const key = ({ programId, memberId }: MemberKey) => ({ program_id: programId, member_id: memberId });
  await tx.$executeRawUnsafe(
    `WITH state AS (
       SELECT * FROM jsonb_to_recordset($1::text::jsonb)
         AS s(program_id uuid, member_id uuid, tier text, next_tier_change_at timestamptz, changes int)
     ), balance AS (
       SELECT * FROM jsonb_to_recordset($4::text::jsonb)
         AS b(program_id uuid, member_id uuid, available bigint, pending bigint, debt bigint,
           next_change_at timestamptz)
     ), member_changed AS (
       UPDATE member m SET
         tier = CASE WHEN s.member_id IS NULL THEN m.tier ELSE s.tier END,
         next_tier_change_at = CASE WHEN s.member_id IS NULL THEN m.next_tier_change_at ELSE s.next_tier_change_at END,
         available = coalesce(b.available, m.available), pending = coalesce(b.pending, m.pending),
           debt = coalesce(b.debt, m.debt),
         next_change_at = CASE WHEN b.member_id IS NULL THEN m.next_change_at ELSE b.next_change_at END
       FROM state s FULL JOIN balance b ON (b.program_id, b.member_id) = (s.program_id, s.member_id)
       WHERE m.program_id = coalesce(s.program_id, b.program_id) AND m.id = coalesce(s.member_id, b.member_id)
     ), gone AS (
       DELETE FROM tier_change c USING state s WHERE (c.program_id, c.member_id) = (s.program_id, s.member_id)
         AND c.n >= s.changes
     ), history AS (
       INSERT INTO tier_change (program_id, member_id, n, at, tier_id, cause)
       SELECT * FROM jsonb_to_recordset($2::text::jsonb) AS c(program_id uuid, member_id uuid, n int, at timestamptz,
         tier_id text, cause text)
       ON CONFLICT (program_id, member_id, n) DO UPDATE
         SET at = EXCLUDED.at, tier_id = EXCLUDED.tier_id, cause = EXCLUDED.cause
     )
     INSERT INTO tier_reward (program_id, member_id, tier_id, period, reached_at, points, key, seq, forgiven_lapsed)
     SELECT * FROM jsonb_to_recordset($3::text::jsonb) AS r(program_id uuid, member_id uuid, tier_id text, period text,
       reached_at timestamptz,
       points bigint, key text, seq int, forgiven_lapsed bigint)
     ON CONFLICT (program_id, member_id, tier_id, period) DO UPDATE
       SET reached_at = EXCLUDED.reached_at, points = EXCLUDED.points, seq = EXCLUDED.seq,
       forgiven_lapsed = EXCLUDED.forgiven_lapsed`,
    rowsJson(
      tiers.map((state) => ({
        ...key(state),
        tier: state.tier,
        next_tier_change_at: sqlInstantOrNull(state.nextChangeAt),
        changes: state.changes.length,
      })),
    ),
    rowsJson(
      tiers.flatMap((state) =>
        state.changes.map((change, n) => ({
          ...key(state),
          n,
          at: sqlInstant(change.at),
          tier_id: change.tierId,
          cause: change.cause,
        })),
      ),
    ),
    rowsJson(
      tiers.flatMap((state) =>
        state.rewards.map(({ tierId, period, reachedAt, points, key: name, seq, forgivenLapsed }) => ({
          ...key(state),
          tier_id: tierId,
          period,
          reached_at: sqlInstant(reachedAt),
          points,
          key: name,
          seq,
          forgiven_lapsed: forgivenLapsed,
        })),
      ),
    ),
    rowsJson(
      balances.map((member) => ({
        ...key(member),
        available: member.balance.available,
        pending: member.balance.pending,
        debt: member.balance.debt,
        next_change_at: sqlInstantOrNull(member.balance.nextChangeAt),
      })),
    ),
  );
};

/** What sweeps took of the lots of entry rewards, by the rewards' keys, and did not give back. */
export const expiredOfRewards = async (
  tx: Tx,
  programId: ProgramId,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await tx.$queryRawUnsafe<{ key: string; points: bigint }[]>(
    `SELECT k.key, sum(w.points)::bigint AS points
     FROM jsonb_array_elements_text($2::text::jsonb) AS k(key)
     JOIN entry o ON (o.program_id, o.reward_key) = ($1::text::uuid, k.key)
     JOIN draw w ON (w.program_id, w.lot_id) = (o.program_id, o.id)
     JOIN entry e ON (e.program_id, e.id) = (w.program_id, w.entry_id) AND ${isLapseSql('e')}
     GROUP BY 1`,
    programId,
    JSON.stringify(keys),
  );
  return new Map(rows.map(({ key, points }) => [key, Number(points)]));
};

/** Members whose tier may change by itself by now, whatever the tenant. */
export const membersToRequalify = async (
  client: Pick<Tx, 'member'>,
  now: Instant,
  limit: number,
): Promise<readonly MemberKey[]> =>
  (
    await client.member.findMany({
      where: { nextTierChangeAt: { lte: sqlInstant(now) } },
      orderBy: { nextTierChangeAt: 'asc' },
      select: { programId: true, id: true },
      take: limit,
    })
  ).map(({ programId, id }) => ({ programId: asId<ProgramId>(programId), memberId: asId<MemberId>(id) }));

/** All members of a program are looked at again: its tiers changed. */
export const requalifyEverybody = async (tx: Pick<Tx, 'member'>, programId: ProgramId, at: Instant): Promise<void> => {
  await tx.member.updateMany({ where: { programId, mergedInto: null }, data: { nextTierChangeAt: sqlInstant(at) } });
};

/** A tier that staff gave, from a moment on. */
export const insertOverride = async (
  tx: Pick<Tx, 'tierOverride'>,
  programId: ProgramId,
  override: {
    readonly id: string;
    readonly memberId: MemberId;
    readonly tierId: string | null;
    readonly until: Instant | null;
    readonly reason: string;
    readonly by: string;
  },
  from: Instant,
): Promise<void> => {
  const { until, ...given } = override;
  // Staff may send the same wish again when no answer came: it is given once.
  await tx.tierOverride.createMany({
    data: [{ programId, ...given, fromAt: sqlInstant(from), untilAt: sqlInstantOrNull(until) }],
    skipDuplicates: true,
  });
};

/** What became of a member's tier, the newest first. */
export const tierChangesOf = async (
  client: Pick<Tx, 'tierChange'>,
  programId: ProgramId,
  memberId: MemberId,
  limit: number,
): Promise<readonly TierChange[]> =>
  (await client.tierChange.findMany({ where: { programId, memberId }, orderBy: { n: 'desc' }, take: limit })).map(
    (row) => ({
      at: instant(row.at.getTime()),
      tierId: row.tierId,
      cause: row.cause as TierChange['cause'],
    }),
  );
