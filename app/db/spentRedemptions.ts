import type { Spent } from '~/core/ledger/putBack';
import type { Debt } from '~/core/ledger/types';
import type { SpentRedemption } from '~/core/settlement/records';
import type { RedemptionState } from '~/core/redemptions/states';
import type { RewardGrant } from '~/core/rewards/grants';
import {
  asId,
  type MemberId,
  type PlatformId,
  type ProgramId,
  type RedemptionId,
  type StoreId,
} from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { debtJson, sliceJson } from './ledger';
import { epochMs, rowsJson } from './json';
import type { Tx } from './inTransaction';
import type { RedemptionRecord } from './redemptions';

/** As it is read here, with everything that is kept of the redemption. */
export type LockedRedemption = SpentRedemption<RedemptionRecord>;

const spentSelect = `
  (SELECT jsonb_agg(jsonb_build_object('entryId', w.entry_id, 'n', w.n, 'lotId', w.lot_id, 'slice', w.slice, 'points',
    w.points,
     'at', ${epochMs('w.at')}) ORDER BY e.recorded_at, e.id, w.n)
   FROM entry e JOIN draw w ON (w.program_id, w.entry_id) = (e.program_id, e.id)
   WHERE e.program_id = r.program_id AND e.redemption_id = r.id) AS draws,
  (SELECT json_agg(${sliceJson('l')}) FROM lot l WHERE l.program_id = r.program_id AND l.id IN (
     SELECT w.lot_id FROM entry e JOIN draw w ON (w.program_id, w.entry_id) = (e.program_id, e.id)
     WHERE e.program_id = r.program_id AND e.redemption_id = r.id)) AS slices,
  (SELECT jsonb_agg(${debtJson('d')}) FROM debt d JOIN entry e ON (e.program_id, e.id) = (d.program_id, d.entry_id)
   WHERE e.program_id = r.program_id AND e.redemption_id = r.id AND d.open > 0) AS unpaid`;

type SpentRow = {
  id: string;
  program_id: string;
  draws: Spent['draws'] | null;
  slices: Spent['slices'] | null;
  unpaid: Debt[] | null;
  row: RawRow;
};
// Column names as they are in the table, instants as epoch milliseconds.
type RawRow = Readonly<Record<string, string | number | null>> & { readonly grant: RewardGrant };

const rawRow = `to_jsonb(r) || jsonb_build_object('held_at', ${epochMs('r.held_at')}, 'issued_at',
  ${epochMs('r.issued_at')},
  'ends_at', ${epochMs('r.ends_at')}, 'ended_at', ${epochMs('r.ended_at')})`;

const fromRaw = (row: RawRow): RedemptionRecord => {
  const text = (name: string): string => String(row[name]);
  const textOrNull = (name: string): string | null => (row[name] === null ? null : String(row[name]));
  const momentOrNull = (name: string): Instant | null => (row[name] === null ? null : instant(Number(row[name])));
  const usedOrderId = textOrNull('used_order_id');
  const customerId = textOrNull('customer_id');
  return {
    programId: asId<ProgramId>(text('program_id')),
    id: asId<RedemptionId>(text('id')),
    memberId: asId<MemberId>(text('member_id')),
    storeId: asId<StoreId>(text('store_id')),
    customerId: customerId === null ? null : asId<PlatformId>(customerId),
    state: text('state') as RedemptionState,
    rewardId: text('reward_id'),
    points: Number(row.points),
    amountMinor: row.amount_minor == null ? null : Number(row.amount_minor),
    currency: textOrNull('currency'),
    code: textOrNull('code'),
    programVersion: Number(row.program_version),
    heldAt: instant(Number(row.held_at)),
    issuedAt: momentOrNull('issued_at'),
    endsAt: instant(Number(row.ends_at)),
    endedAt: momentOrNull('ended_at'),
    usedOrderId: usedOrderId === null ? null : asId<PlatformId>(usedOrderId),
    returned: Number(row.returned),
    grant: row.grant,
    title: text('title'),
    reference: textOrNull('reference'),
    fingerprint: text('fingerprint'),
    refusal: textOrNull('refusal'),
    attempts: Number(row.attempts),
  };
};

/** Locks the redemptions of the given codes (upper case) and reads what was drawn for them. One statement. */
export const lockRedemptionsByCode = async (
  tx: Tx,
  codes: readonly { readonly programId: ProgramId; readonly code: string }[],
): Promise<readonly LockedRedemption[]> => {
  if (codes.length === 0) return [];
  const rows = await tx.$queryRawUnsafe<SpentRow[]>(
    `SELECT r.id::text, r.program_id::text, ${rawRow} AS row, ${spentSelect}
     FROM jsonb_to_recordset($1::text::jsonb) AS a(program_id uuid, code text)
     JOIN redemption r ON (r.program_id, r.code) = (a.program_id, a.code)
     ORDER BY r.program_id, r.id FOR UPDATE OF r`,
    rowsJson(codes.map(({ programId, code }) => ({ program_id: programId, code }))),
  );
  return rows.map(toSpent);
};

/** Locks one redemption and reads what was drawn for it; null when there is none. The member's row is locked before. */
export const lockRedemption = async (
  tx: Tx,
  programId: ProgramId,
  id: RedemptionId,
): Promise<LockedRedemption | null> => {
  const rows = await tx.$queryRawUnsafe<SpentRow[]>(
    `SELECT r.id::text, r.program_id::text, ${rawRow} AS row, ${spentSelect}
     FROM redemption r WHERE r.program_id = $1::text::uuid AND r.id = $2::text::uuid FOR UPDATE OF r`,
    programId,
    id,
  );
  const row = rows[0];
  return row === undefined ? null : toSpent(row);
};

const toSpent = (row: SpentRow): LockedRedemption => ({
  redemption: fromRaw(row.row),
  spent: { draws: row.draws ?? [], slices: row.slices ?? [] },
  unpaid: row.unpaid ?? [],
});
