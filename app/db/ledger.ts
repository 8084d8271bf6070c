import type { EventOfMember } from '~/core/events/memberEvent';
import { fingerprintInput } from '~/core/ledger/entry';
import type { LapsedSlice } from '~/core/ledger/renew';
import type { LedgerPlan, OpenLedger } from '~/core/ledger/types';
import type { MemberId, PlatformId, ProgramId, StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { LoadedLedger } from '~/core/settlement/records';
import type { MemberKey } from '~/core/values/keys';
import { sha256 } from '~/process/secrets';
import { isActivitySql, isLapseSql } from './entryKinds';
import { eventRows, insertEventsSql } from './events';
import { epochMs, rowsJson, sqlInstant, sqlInstantOrNull } from './json';
import type { Tx } from './inTransaction';

/** SQL of one slice of a lot as the core knows it. */
export const sliceJson = (lot: string): string =>
  `json_build_object('lotId', ${lot}.id, 'slice', ${lot}.slice, 'size', ${lot}.size, 'remaining', ${lot}.remaining,
     'originOrder', CASE WHEN ${lot}.origin_order_id IS NULL THEN NULL
       ELSE json_build_object('storeId', ${lot}.origin_store_id, 'orderId', ${lot}.origin_order_id) END,
     'openedAt', ${epochMs(`${lot}.opened_at`)}, 'availableAt', ${epochMs(`${lot}.available_at`)},
     'expiresAt', ${epochMs(`${lot}.expires_at`)}, 'key', ${lot}.key, 'since', ${epochMs(`${lot}.since`)},
     'batchId', ${lot}.batch_id, 'rewardKey', ${lot}.reward_key,
     'lotEnd', CASE WHEN ${lot}.slice > 0 THEN
       (SELECT ${epochMs('z.expires_at')} FROM lot z
         WHERE (z.program_id, z.id, z.slice) = (${lot}.program_id, ${lot}.id, 0)) END)`;

export const debtJson = (debt: string): string =>
  `jsonb_build_object('entryId', ${debt}.entry_id, 'open', ${debt}.open, 'openedAt', ${epochMs(`${debt}.opened_at`)},
     'drawsSoFar', (SELECT count(*) FROM draw w
       WHERE (w.program_id, w.entry_id) = (${debt}.program_id, ${debt}.entry_id)))`;

// The member and those who were merged into it: entries keep whose they were.
const ownIds = `SELECT m.member_id AS id UNION ALL SELECT g.id FROM member g WHERE g.program_id = m.program_id
  AND g.merged_into = m.member_id`;

/**
 * Reads open lots and debts of locked members; with `withSpent` also the empty lots that redemptions drew from, whose
 * points may come back. One statement, however many members.
 */
export const loadLedgers = async (
  tx: Pick<Tx, '$queryRawUnsafe'>,
  members: readonly (MemberKey & { readonly withActivities?: boolean; readonly withSpent?: boolean })[],
  ownOrders: readonly (MemberKey & { readonly storeId: StoreId; readonly orderId: PlatformId })[] = [],
): Promise<readonly LoadedLedger[]> => {
  if (members.length === 0) return [];
  const rows = await tx.$queryRawUnsafe<
    {
      program_id: ProgramId;
      member_id: MemberId;
      slices: OpenLedger['slices'] | null;
      debts: OpenLedger['debts'] | null;
      expired: LoadedLedger['expired'] | null;
      activities: Instant[] | null;
      lapsed: LapsedSlice[] | null;
    }[]
  >(
    `SELECT m.program_id::text, m.member_id::text,
       (SELECT json_agg(s.slice) FROM (
          SELECT ${sliceJson('l')} AS slice FROM lot l WHERE l.program_id = m.program_id AND l.member_id = m.member_id
            AND l.remaining > 0
          UNION ALL SELECT ${sliceJson('l')} FROM lot l
          WHERE m.with_spent AND l.program_id = m.program_id AND l.member_id = m.member_id AND l.remaining = 0
            AND EXISTS (
            SELECT FROM draw w JOIN entry e ON (e.program_id, e.id) = (w.program_id, w.entry_id)
            WHERE (w.program_id, w.lot_id, w.slice) = (l.program_id, l.id, l.slice)
              AND e.redemption_id IS NOT NULL)) s) AS slices,
       (SELECT jsonb_agg(${debtJson('d')}) FROM debt d
        WHERE d.program_id = m.program_id AND d.member_id = m.member_id AND d.open > 0) AS debts,
       (SELECT jsonb_agg(x) FROM (
          SELECT o.store_id AS "storeId", o.order_id AS "orderId", sum(w.points) AS points
          FROM jsonb_to_recordset($2::text::jsonb) AS o(program_id uuid, member_id uuid, store_id uuid, order_id text)
          JOIN lot l ON (l.program_id, l.origin_store_id, l.origin_order_id) = (o.program_id, o.store_id, o.order_id)
          JOIN draw w ON (w.program_id, w.lot_id, w.slice) = (l.program_id, l.id, l.slice)
          JOIN entry e ON (e.program_id, e.id) = (w.program_id, w.entry_id)
            AND ${isLapseSql('e')}
          WHERE (o.program_id, o.member_id) = (m.program_id, m.member_id)
          GROUP BY o.store_id, o.order_id) x) AS expired,
       CASE WHEN m.with_activities THEN (SELECT jsonb_agg(DISTINCT ${epochMs('e.occurred_at')})
         FROM (${ownIds}) own JOIN entry e ON e.program_id = m.program_id AND e.member_id = own.id
           AND ${isActivitySql('e')}) END AS activities,
       CASE WHEN m.with_activities THEN (SELECT json_agg(json_build_object(
           'slice', ${sliceJson('l')}, 'furthest', (SELECT max(f.slice) FROM lot f
             WHERE (f.program_id, f.id) = (l.program_id, l.id)),
           'expired', x.points, 'forgiven', coalesce((SELECT o.forgiven_lapsed FROM "order" o
             WHERE (o.program_id, o.store_id, o.order_id) = (l.program_id, l.origin_store_id, l.origin_order_id)), 0))
               ORDER BY l.opened_at, l.id, l.slice)
         FROM (SELECT w.lot_id, w.slice, sum(w.points) AS points
           FROM (${ownIds}) own JOIN entry e ON e.program_id = m.program_id AND e.member_id = own.id
             AND e.kind = 'expire'
           JOIN draw w ON (w.program_id, w.entry_id) = (e.program_id, e.id) GROUP BY 1, 2) x
         JOIN lot l ON (l.program_id, l.id, l.slice) = (m.program_id, x.lot_id, x.slice)
         WHERE l.member_id = m.member_id AND l.expires_at IS NOT NULL AND x.points > 0
           AND NOT EXISTS (SELECT FROM entry r
             WHERE (r.program_id, r.lot_id, r.slice) = (l.program_id, l.id, l.slice)
               AND r.part = 'revive')) END AS lapsed
     FROM jsonb_to_recordset($1::text::jsonb) AS m(program_id uuid, member_id uuid, with_activities boolean,
       with_spent boolean)`,
    rowsJson(
      members.map((member) => ({
        ...memberRow(member),
        with_activities: member.withActivities ?? false,
        with_spent: member.withSpent ?? false,
      })),
    ),
    rowsJson(ownOrders.map((own) => ({ ...memberRow(own), store_id: own.storeId, order_id: own.orderId }))),
  );
  return rows.map((row) => ({
    programId: row.program_id,
    memberId: row.member_id,
    open: { memberId: row.member_id, slices: row.slices ?? [], debts: row.debts ?? [] },
    expired: row.expired ?? [],
    activities: row.activities ?? [],
    lapsed: row.lapsed ?? [],
  }));
};

const memberRow = ({ programId, memberId }: MemberKey) => ({ program_id: programId, member_id: memberId });

/** Plans of one or more programs, to be written together. */
export type ProgramPlan = { readonly programId: ProgramId; readonly plan: LedgerPlan };

/**
 * Writes what the core decided: entries, lots and what is told of them (`events`) in one statement, draws and debts in
 * another; none when there is nothing. A business key that exists already fails with 23505: the caller starts again and
 * reads the winner.
 */
export const writePlans = async (
  tx: Tx,
  plans: readonly ProgramPlan[],
  events: readonly EventOfMember[],
  now: Instant,
): Promise<void> => {
  const rows = <Part, Row>(part: (plan: LedgerPlan) => readonly Part[], toRow: (item: Part) => Row) =>
    plans.flatMap(({ programId, plan }) => part(plan).map((item) => ({ program_id: programId, ...toRow(item) })));
  const entries = rows((plan) => plan.entries, entryRow);
  const opened = rows((plan) => plan.opened, openedRow);
  const remaining = rows(
    (plan) => plan.remaining,
    ({ lotId, slice, remaining: left, expiresAt }) => ({
      id: lotId,
      slice,
      remaining: left,
      expires: expiresAt !== undefined,
      expires_at: expiresAt == null ? null : sqlInstant(expiresAt),
    }),
  );
  if (entries.length + opened.length + remaining.length + events.length > 0)
    await writeEntriesAndLots(tx, { entries, opened, remaining }, eventRows(events, now));
  const draws = rows(
    (plan) => plan.draws,
    (draw) => ({
      entry_id: draw.entryId,
      n: draw.n,
      lot_id: draw.lotId,
      slice: draw.slice,
      points: draw.points,
      at: sqlInstant(draw.at),
    }),
  );
  const owner = new Map(plans.flatMap(({ plan }) => plan.entries.map((entry) => [entry.id, entry.memberId])));
  const debts = rows(
    (plan) => plan.debts,
    (debt) => ({
      entry_id: debt.entryId,
      member_id: owner.get(debt.entryId) ?? null,
      open: debt.open,
      opened_at: sqlInstant(debt.openedAt),
    }),
  );
  if (draws.length + debts.length > 0) await writeDrawsAndDebts(tx, draws, debts);
};

const entryRow = (entry: LedgerPlan['entries'][number]) => ({
  id: entry.id,
  member_id: entry.memberId,
  kind: entry.kind,
  points: entry.points,
  forgiven: entry.forgiven,
  key: entry.key,
  fingerprint: sha256(fingerprintInput(entry)),
  store_id: entry.concerns.storeId ?? null,
  order_id: entry.concerns.orderId ?? null,
  redemption_id: entry.concerns.redemptionId ?? null,
  lot_id: entry.concerns.lotId ?? null,
  part: entry.marks?.part ?? null,
  slice: entry.marks?.slice ?? null,
  batch_id: entry.marks?.batchId ?? null,
  batch_line: entry.marks?.batchLine ?? null,
  reward_key: entry.marks?.rewardKey ?? null,
  why: entry.why,
  actor: entry.actor,
  occurred_at: sqlInstant(entry.occurredAt),
  recorded_at: sqlInstant(entry.recordedAt),
});

const openedRow = (slice: LedgerPlan['opened'][number]) => ({
  id: slice.lotId,
  slice: slice.slice,
  member_id: slice.memberId,
  size: slice.size,
  remaining: slice.remaining,
  origin_store_id: slice.originOrder?.storeId ?? null,
  origin_order_id: slice.originOrder?.orderId ?? null,
  opened_at: sqlInstant(slice.openedAt),
  available_at: sqlInstant(slice.availableAt),
  expires_at: sqlInstantOrNull(slice.expiresAt),
  key: slice.key,
  batch_id: slice.batchId ?? null,
  reward_key: slice.rewardKey ?? null,
  since: sqlInstantOrNull(slice.since ?? null),
});

type Rows = Parameters<typeof rowsJson>[0];

const writeEntriesAndLots = async (
  tx: Tx,
  { entries, opened, remaining }: { readonly entries: Rows; readonly opened: Rows; readonly remaining: Rows },
  events: string,
): Promise<void> => {
  await tx.$executeRawUnsafe(
    `WITH written AS (
       INSERT INTO entry (program_id, id, member_id, kind, points, forgiven, key, fingerprint, store_id, order_id,
         redemption_id, lot_id, part, slice, batch_id, batch_line, reward_key, why, actor, occurred_at, recorded_at)
       SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS e(program_id uuid, id uuid, member_id uuid, kind text,
         points bigint, forgiven bigint, key text, fingerprint text, store_id uuid, order_id text, redemption_id uuid,
         lot_id uuid, part text, slice int, batch_id uuid, batch_line int, reward_key text, why jsonb, actor jsonb,
           occurred_at timestamptz, recorded_at timestamptz)
     ), changed AS (
       UPDATE lot l SET remaining = r.remaining, expires_at = CASE WHEN r.expires THEN r.expires_at
         ELSE l.expires_at END
       FROM jsonb_to_recordset($3::text::jsonb) AS r(program_id uuid, id uuid, slice int, remaining bigint,
         expires boolean, expires_at timestamptz)
       WHERE (l.program_id, l.id, l.slice) = (r.program_id, r.id, r.slice)
     ), told AS (
       ${insertEventsSql('$4')}
     )
     INSERT INTO lot (program_id, id, slice, member_id, size, remaining, origin_store_id, origin_order_id, opened_at,
       available_at, expires_at, key, batch_id, reward_key, since)
     SELECT * FROM jsonb_to_recordset($2::text::jsonb) AS o(program_id uuid, id uuid, slice int, member_id uuid,
       size bigint,
       remaining bigint, origin_store_id uuid, origin_order_id text, opened_at timestamptz, available_at timestamptz,
       expires_at timestamptz, key text, batch_id uuid, reward_key text, since timestamptz)`,
    rowsJson(entries),
    rowsJson(opened),
    rowsJson(remaining),
    events,
  );
};

// A debt that is new names its member; one that is repaid is there already and keeps it.
const writeDrawsAndDebts = async (tx: Tx, draws: Rows, debts: Rows): Promise<void> => {
  await tx.$executeRawUnsafe(
    `WITH drawn AS (
       INSERT INTO draw (program_id, entry_id, n, lot_id, slice, points, at)
       SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS d(program_id uuid, entry_id uuid, n int, lot_id uuid,
         slice int,
         points bigint, at timestamptz)
     ), asked AS (
       SELECT * FROM jsonb_to_recordset($2::text::jsonb)
         AS a(program_id uuid, entry_id uuid, member_id uuid, open bigint, opened_at timestamptz)
     ), repaid AS (
       UPDATE debt d SET open = a.open FROM asked a
       WHERE a.member_id IS NULL AND (d.program_id, d.entry_id) = (a.program_id, a.entry_id)
     )
     INSERT INTO debt (program_id, entry_id, member_id, open, opened_at)
     SELECT program_id, entry_id, member_id, open, opened_at FROM asked WHERE member_id IS NOT NULL`,
    rowsJson(draws),
    rowsJson(debts),
  );
};
