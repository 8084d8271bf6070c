import type { Balance } from '~/core/ledger/types';
import type { TierChange } from '~/core/tiers/clock';
import { asId, type MemberId, type ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { epochMs, rowsJson, sqlInstant, sqlInstantOrNull } from './json';
import type { Tx } from './inTransaction';
import { writeBalances } from './members';
import type { HistoryWanted, MemberHistory, TierState } from '~/core/settlement/records';
import { makingOfCheckpoints } from './checkpoints';
import type { MemberKey } from '~/core/values/keys';
import { orderJson } from './orders';

/** Reads the histories of members; whoever writes by them locks the members first. One statement, however many. */
export const historiesOf = async (
  tx: Pick<Tx, '$queryRawUnsafe'>,
  members: readonly HistoryWanted[],
): Promise<readonly MemberHistory[]> => {
  if (members.length === 0) return [];
  const rows = await tx.$queryRawUnsafe<
    {
      program_id: string;
      member_id: string;
      orders: MemberHistory['orders'] | null;
      remembered: MemberHistory['remembered'] | null;
      overrides: MemberHistory['overrides'] | null;
      awards: MemberHistory['awards'] | null;
      checkpoint: MemberHistory['checkpoint'];
    }[]
  >(
    `SELECT m.program_id::text, m.member_id::text,
       history.orders, history.remembered,
       CASE WHEN k.member_id IS NOT NULL THEN jsonb_build_object('holding', CASE WHEN k.holds THEN k.state END)
         END AS checkpoint,
       (SELECT jsonb_agg(jsonb_build_object('tierId', o.tier_id, 'from', ${epochMs('o.from_at')}, 'until',
         ${epochMs('o.until_at')}) ORDER BY o.from_at, o.id)
        FROM tier_override o WHERE (o.program_id, o.member_id) = (m.program_id, m.member_id)) AS overrides,
       (SELECT jsonb_agg(jsonb_build_object('tierId', r.tier_id, 'period', r.period, 'reachedAt',
         ${epochMs('r.reached_at')},
         'points', r.points, 'key', r.key, 'seq', r.seq, 'forgivenLapsed', r.forgiven_lapsed,
         'settledAt', ${epochMs('r.settled_at')}))
        FROM entry_award r WHERE (r.program_id, r.member_id) = (m.program_id, m.member_id)) AS awards
     FROM jsonb_to_recordset($1::text::jsonb) AS m(program_id uuid, member_id uuid, since timestamptz, version int)
     LEFT JOIN LATERAL (
       SELECT c.*, coalesce(c.until < m.since, false) AND (c.version, c.making) = (m.version, $2::int) AS holds
       FROM checkpoint c WHERE (c.program_id, c.member_id) = (m.program_id, m.member_id)
     ) k ON true
     CROSS JOIN LATERAL (
       SELECT json_agg(${orderJson('o')} || jsonb_build_object('isRemembered',
         o.facts IS NOT NULL)) FILTER (WHERE asked.in_full) AS orders,
         json_agg(o.facts) FILTER (WHERE NOT asked.in_full) AS remembered
       FROM "order" o CROSS JOIN LATERAL (SELECT coalesce(o.instant >= m.since, true)
         OR o.facts IS NULL AS in_full) asked
       WHERE (o.program_id, o.member_id) = (m.program_id, m.member_id)
         AND o.instant > CASE WHEN k.holds THEN k.until ELSE '-infinity' END
     ) history`,
    rowsJson(
      members.map(({ programId, memberId, since, version }) => ({
        program_id: programId,
        member_id: memberId,
        since: sqlInstantOrNull(since),
        version,
      })),
    ),
    makingOfCheckpoints,
  );
  return rows.map((row) => ({
    programId: asId<ProgramId>(row.program_id),
    memberId: asId<MemberId>(row.member_id),
    orders: row.orders ?? [],
    remembered: row.remembered ?? [],
    checkpoint: row.checkpoint,
    overrides: row.overrides ?? [],
    awards: row.awards ?? [],
  }));
};

type CachedBalance = MemberKey & { readonly balance: Balance };

const balancesAndTiersSql = `WITH state AS (
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
       INSERT INTO tier_change AS c (program_id, member_id, n, at, tier_id, cause)
       SELECT * FROM jsonb_to_recordset($2::text::jsonb) AS h(program_id uuid, member_id uuid, n int, at timestamptz,
         tier_id text, cause text)
       ON CONFLICT (program_id, member_id, n) DO UPDATE
         SET at = EXCLUDED.at, tier_id = EXCLUDED.tier_id, cause = EXCLUDED.cause
         WHERE (c.at, c.tier_id, c.cause) IS DISTINCT FROM (EXCLUDED.at, EXCLUDED.tier_id, EXCLUDED.cause)
     )
     INSERT INTO entry_award (program_id, member_id, tier_id, period, reached_at, points, key, seq, forgiven_lapsed)
     SELECT * FROM jsonb_to_recordset($3::text::jsonb) AS r(program_id uuid, member_id uuid, tier_id text, period text,
       reached_at timestamptz,
       points bigint, key text, seq int, forgiven_lapsed bigint)
     ON CONFLICT (program_id, member_id, tier_id, period) DO UPDATE
       SET reached_at = EXCLUDED.reached_at, points = EXCLUDED.points, seq = EXCLUDED.seq,
       forgiven_lapsed = EXCLUDED.forgiven_lapsed`;

/**
 * Writes the cached balances and tiers of locked members, the histories of the tiers and the awards paid. One
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
    balancesAndTiersSql,
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
        state.awards.map(({ tierId, period, reachedAt, points, key: name, seq, forgivenLapsed }) => ({
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

/** How many members have each tier because staff gave it to them, by what was given last and lasts at a moment. */
export const countOverrides = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  now: Instant,
): Promise<Readonly<Record<string, number>>> => {
  const rows = await client.$queryRawUnsafe<{ tier: string; members: bigint }[]>(
    `SELECT tier_id AS tier, count(*) AS members FROM (
       SELECT DISTINCT ON (member_id) tier_id FROM tier_override WHERE program_id = $1::text::uuid
         AND from_at <= $2::text::timestamptz AND coalesce(until_at > $2::text::timestamptz, true)
       ORDER BY member_id, from_at DESC, id DESC) newest
     WHERE tier_id IS NOT NULL GROUP BY tier_id`,
    programId,
    sqlInstant(now),
  );
  return Object.fromEntries(rows.map(({ tier, members }) => [tier, Number(members)]));
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
