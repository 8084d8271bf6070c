import type { LapsedSlice } from '~/core/ledger/renew';
import type { OpenLedger } from '~/core/ledger/types';
import type { MemberId, PlatformId, ProgramId, StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { LoadedLedger } from '~/core/settlement/records';
import type { MemberKey } from '~/core/values/keys';
import { isActivitySql, isLapseSql } from './entryKinds';
import { epochMs, rowsJson } from './json';
import type { Tx } from './inTransaction';

/** SQL of one slice of a lot as the core knows it. */
export const sliceJson = (lot: string): string =>
  `json_build_object('lotId', ${lot}.id, 'slice', ${lot}.slice, 'size', ${lot}.size, 'remaining', ${lot}.remaining,
     'originOrder', CASE WHEN ${lot}.origin_order_id IS NULL THEN NULL
       ELSE json_build_object('storeId', ${lot}.origin_store_id, 'orderId', ${lot}.origin_order_id) END,
     'openedAt', ${epochMs(`${lot}.opened_at`)}, 'availableAt', ${epochMs(`${lot}.available_at`)},
     'expiresAt', ${epochMs(`${lot}.expires_at`)}, 'key', ${lot}.key, 'since', ${epochMs(`${lot}.since`)},
     'batchId', ${lot}.batch_id, 'awardKey', ${lot}.award_key,
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

const ledgersSql = `SELECT m.program_id::text, m.member_id::text,
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
       with_spent boolean)`;

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
    ledgersSql,
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
