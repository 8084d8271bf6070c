import type { EventOfMember } from '~/core/events/memberEvent';
import { fingerprintInput } from '~/core/ledger/entry';
import type { LedgerPlan } from '~/core/ledger/types';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { sha256 } from '~/process/secrets';
import { eventRows, insertEventsSql } from './events';
import { rowsJson, sqlInstant, sqlInstantOrNull } from './json';
import type { Tx } from './inTransaction';

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
  award_key: entry.marks?.awardKey ?? null,
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
  award_key: slice.awardKey ?? null,
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
         redemption_id, lot_id, part, slice, batch_id, batch_line, award_key, why, actor, occurred_at, recorded_at)
       SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS e(program_id uuid, id uuid, member_id uuid, kind text,
         points bigint, forgiven bigint, key text, fingerprint text, store_id uuid, order_id text, redemption_id uuid,
         lot_id uuid, part text, slice int, batch_id uuid, batch_line int, award_key text, why jsonb, actor jsonb,
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
       available_at, expires_at, key, batch_id, award_key, since)
     SELECT * FROM jsonb_to_recordset($2::text::jsonb) AS o(program_id uuid, id uuid, slice int, member_id uuid,
       size bigint,
       remaining bigint, origin_store_id uuid, origin_order_id text, opened_at timestamptz, available_at timestamptz,
       expires_at timestamptz, key text, batch_id uuid, award_key text, since timestamptz)`,
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
