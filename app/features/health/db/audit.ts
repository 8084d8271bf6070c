import { asId, type MemberId, type ProgramId } from '~/core/values/ids';
import { sqlInstant } from '~/db/json';
import type { Instant } from '~/core/values/instant';
import { sqlKinds } from '~/db/entryKinds';
import type { Tx } from '~/db/inTransaction';

/** An invariant of the ledger that does not hold: which, whose, what was found, and the entries concerned. */
export type Violation = {
  readonly rule: 'member_sum' | 'member_cache' | 'lot' | 'debit' | 'order';
  readonly memberId: MemberId | null;
  readonly found: string;
  readonly entries: readonly string[];
};

// Each reads the whole ledger of a program once; what it finds should be nothing.
const rules: Readonly<Record<Violation['rule'], string>> = {
  member_sum: `
    SELECT m.id::text AS member_id, format('entries %s, lots %s, debt %s', coalesce(e.points, 0),
      coalesce(l.remaining, 0), coalesce(d.open, 0)) AS found,
      (SELECT jsonb_agg(x.key ORDER BY x.id)
        FROM (SELECT key, id FROM entry WHERE (program_id, member_id) = (m.program_id, m.id) ORDER BY id DESC
        LIMIT 20) x) AS entries
    FROM member m
    LEFT JOIN (SELECT member_id, sum(points) AS points FROM entry WHERE program_id = $1::text::uuid GROUP BY 1) e
      ON e.member_id = m.id
    LEFT JOIN (SELECT member_id, sum(remaining) AS remaining FROM lot WHERE program_id = $1::text::uuid
      AND remaining > 0 GROUP BY 1) l ON l.member_id = m.id
    LEFT JOIN (SELECT member_id, sum(open) AS open FROM debt WHERE program_id = $1::text::uuid AND open > 0
      GROUP BY 1) d ON d.member_id = m.id
    WHERE m.program_id = $1::text::uuid AND coalesce(e.points, 0) <> coalesce(l.remaining, 0) - coalesce(d.open, 0)`,
  member_cache: `
    SELECT m.id::text AS member_id, format('cached %s + %s, lots %s, debt %s', m.available, m.pending,
      coalesce(l.remaining, 0), coalesce(d.open, 0)) AS found, NULL::jsonb AS entries
    FROM member m
    LEFT JOIN (SELECT member_id, sum(remaining) AS remaining FROM lot WHERE program_id = $1::text::uuid
      AND remaining > 0 GROUP BY 1) l ON l.member_id = m.id
    LEFT JOIN (SELECT member_id, sum(open) AS open FROM debt WHERE program_id = $1::text::uuid AND open > 0
      GROUP BY 1) d ON d.member_id = m.id
    WHERE m.program_id = $1::text::uuid AND (m.next_change_at IS NULL OR m.next_change_at > $2::text::timestamptz)
      AND (m.available + m.pending <> coalesce(l.remaining, 0) - coalesce(d.open, 0) OR m.debt <> coalesce(d.open, 0))`,
  lot: `
    SELECT l.member_id, format('lot %s: size %s, drawn %s, left %s', l.id, l.size, coalesce(w.drawn, 0),
      l.remaining) AS found, jsonb_build_array(l.key) AS entries
    FROM (SELECT id, min(member_id::text) AS member_id, sum(size) AS size, sum(remaining) AS remaining, min(key) AS key
      FROM lot WHERE program_id = $1::text::uuid GROUP BY id) l
    LEFT JOIN (SELECT lot_id, sum(points) AS drawn FROM draw WHERE program_id = $1::text::uuid GROUP BY 1) w
      ON w.lot_id = l.id
    WHERE l.remaining <> l.size - coalesce(w.drawn, 0) OR l.remaining < 0 OR l.remaining > l.size`,
  // A return cancels the debt of a late use before it puts points back: what it did not put back.
  debit: `
    SELECT e.member_id::text, format('%s points, drawn %s, debt %s', e.points, coalesce(w.drawn, 0),
      coalesce(d.open, 0)) AS found, jsonb_build_array(e.key) AS entries
    FROM entry e
    LEFT JOIN (SELECT entry_id, sum(points) AS drawn FROM draw WHERE program_id = $1::text::uuid GROUP BY 1) w
      ON w.entry_id = e.id
    LEFT JOIN debt d ON (d.program_id, d.entry_id) = (e.program_id, e.id)
    LEFT JOIN (SELECT r.redemption_id, sum(r.points + coalesce(b.drawn, 0)) AS cancelled FROM entry r
      LEFT JOIN (SELECT entry_id, sum(points) AS drawn FROM draw WHERE program_id = $1::text::uuid GROUP BY 1) b
        ON b.entry_id = r.id
      WHERE r.program_id = $1::text::uuid AND r.kind = 'return' GROUP BY 1) c ON c.redemption_id = e.redemption_id
        AND e.part = 'late'
    WHERE e.program_id = $1::text::uuid AND e.points < 0 AND e.kind IN (${sqlKinds(({ draws }) => draws)})
      AND coalesce(w.drawn, 0) + coalesce(d.open, 0) + coalesce(c.cancelled, 0) <> -e.points`,
  order: `
    SELECT o.member_id::text, format('order %s: posted %s, entries %s', o.name, o.posted,
      coalesce(e.points, 0)) AS found, e.keys AS entries
    FROM "order" o
    LEFT JOIN (SELECT store_id, order_id, sum(points - forgiven) AS points, jsonb_agg(key) AS keys FROM entry
      WHERE program_id = $1::text::uuid AND kind IN (${sqlKinds(({ settlesOrder }) => settlesOrder)}) GROUP BY 1, 2) e
        ON (e.store_id, e.order_id) = (o.store_id, o.order_id)
    WHERE o.program_id = $1::text::uuid AND o.posted <> coalesce(e.points, 0)`,
};

/**
 * Checks the invariants of a program's whole ledger. Each rule is one statement; at most 50 findings of each are named.
 */
export const auditLedger = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  now: Instant,
): Promise<readonly Violation[]> => {
  const found: Violation[] = [];
  for (const [rule, sql] of Object.entries(rules) as [Violation['rule'], string][]) {
    const values = rule === 'member_cache' ? [programId, sqlInstant(now)] : [programId];
    const rows = await client.$queryRawUnsafe<{ member_id: string | null; found: string; entries: string[] | null }[]>(
      `${sql} LIMIT 50`,
      ...values,
    );
    found.push(
      ...rows.map((row) => ({
        rule,
        memberId: row.member_id === null ? null : asId<MemberId>(row.member_id),
        found: row.found,
        entries: row.entries ?? [],
      })),
    );
  }
  return found;
};
