import type { Person } from './eraseCustomer';
import type { ErasedTable } from './erasures';
import type { Tx } from './inTransaction';

type Row = Readonly<Record<string, unknown>>;

/**
 * Everything that is held about a person, in sections, each row under names that a person can read. Moments as ISO
 * texts in UTC.
 */
export type PersonalData = Readonly<Record<keyof typeof sections, readonly Row[]>> &
  Readonly<Record<string, readonly Row[]>>;

const mine = `t.program_id = a.program_id
    AND t.member_id = ANY (ARRAY(SELECT m::uuid FROM jsonb_array_elements_text(a.members) m))`;
const ofStore = 't.program_id = a.program_id AND t.store_id = a.store_id';

// One statement a section: `row` and by what the rows are ordered. The wings' tables bring their own, of the same form.
const sections = {
  balances: `SELECT jsonb_build_object('member', t.id, 'memberSince', t.created_at, 'available', t.available, 'pending',
    t.pending, 'owed', t.debt, 'tier', t.tier, 'mergedInto', t.merged_into) AS row
    FROM member t, a WHERE t.program_id = a.program_id
      AND t.id = ANY (ARRAY(SELECT m::uuid FROM jsonb_array_elements_text(a.members) m)) ORDER BY t.created_at`,
  recognisedBy: `SELECT jsonb_build_object('kind', CASE t.kind WHEN 'email' THEN 'keyed hash of the e-mail address'
    ELSE t.kind END, 'store', nullif(t.scope, ''), 'value', t.value, 'since', t.created_at) AS row
    FROM member_identity t, a WHERE ${mine} ORDER BY t.created_at, t.value`,
  verifiedEmails: `SELECT jsonb_build_object('customer', t.customer_id, 'keyedHashOfEmail', t.email_hash, 'since',
    t.verified_at) AS row
    FROM account_email t, a WHERE ${ofStore} AND a.customers ? t.customer_id ORDER BY t.verified_at`,
  labels: `SELECT jsonb_build_object('customer', t.customer_id, 'toldAt', t.told_at, 'deleted', t.deleted, 'labels',
    t.labels, 'until', t.labels_until) AS row
    FROM customer t, a WHERE ${ofStore} AND a.customers ? t.customer_id ORDER BY t.customer_id`,
  profiles: `SELECT jsonb_build_object('language', t.locale, 'personal', encode(t.personal, 'base64'), 'updatedAt',
    t.updated_at) AS row FROM member_profile t, a WHERE ${mine} ORDER BY t.updated_at`,
  entries: `SELECT jsonb_build_object('at', t.occurred_at, 'recordedAt', t.recorded_at, 'kind', t.kind, 'points',
    t.points, 'forgiven', t.forgiven, 'order', t.order_id, 'redemption', t.redemption_id, 'why', t.why) AS row
    FROM entry t, a WHERE ${mine} ORDER BY t.id`,
  pointsLeft: `SELECT jsonb_build_object('points', t.remaining, 'since', t.opened_at, 'usableFrom', t.available_at,
    'usableUntil', t.expires_at) AS row FROM lot t, a WHERE ${mine} AND t.remaining > 0 ORDER BY t.opened_at, t.id`,
  orders: `SELECT jsonb_build_object('order', t.order_id, 'name', t.name, 'at', t.instant, 'pointsWorth', t.entitlement,
    'paidMinor', t.paid_minor, 'currency', t.currency, 'state', t.status, 'asKept', t.snapshot) AS row
    FROM "order" t, a WHERE ${ofStore} AND (t.member_id = ANY (ARRAY(SELECT m::uuid
      FROM jsonb_array_elements_text(a.members) m)) OR a.customers ? (t.snapshot ->> 'customerId')
      OR a.customers ? (t.owned ->> 'customerId')) ORDER BY t.instant, t.order_id`,
  redemptions: `SELECT jsonb_build_object('reward', t.title, 'points', t.points, 'amountMinor', t.amount_minor,
    'currency', t.currency, 'code', t.code, 'state', t.state, 'at', t.held_at, 'usableUntil', t.ends_at, 'usedOnOrder',
    t.used_order_id, 'refusal', t.refusal) AS row
    FROM redemption t, a WHERE ${mine} ORDER BY t.held_at, t.id`,
  storeCredits: `SELECT jsonb_build_object('amountMinor', t.amount_minor, 'currency', t.currency, 'at', t.created_at,
    'usableUntil', t.expires_at, 'state', t.state, 'refusal', t.refusal) AS row
    FROM transfer t, a WHERE ${mine} ORDER BY t.created_at, t.id`,
  tiers: `SELECT jsonb_build_object('tier', t.tier_id, 'from', t.at, 'cause', t.cause) AS row FROM tier_change t, a
    WHERE ${mine} ORDER BY t.at, t.n`,
  tiersGivenByStaff: `SELECT jsonb_build_object('tier', t.tier_id, 'from', t.from_at, 'until', t.until_at, 'reason',
    t.reason) AS row FROM tier_override t, a WHERE ${mine} ORDER BY t.from_at`,
  entryAwards: `SELECT jsonb_build_object('tier', t.tier_id, 'period', t.period, 'points', t.points, 'reachedAt',
    t.reached_at) AS row FROM entry_award t, a WHERE ${mine} ORDER BY t.reached_at`,
  warnings: `SELECT jsonb_build_object('points', t.points, 'lapseAt', t.lapses_at, 'daysBefore', t.days_before,
    'recordedAt', t.recorded_at) AS row FROM expiry_warning t, a WHERE ${mine} ORDER BY t.recorded_at`,
} as const;

/** What is held about a person, in the spine's tables and in the wings'. */
export const personalDataOf = async (
  tx: Pick<Tx, '$queryRawUnsafe'>,
  tables: readonly ErasedTable[],
  { programId, storeId, members, customers, hashes }: Person,
): Promise<PersonalData> => {
  const found: Record<string, readonly Row[]> = {};
  const ofTables = tables.flatMap(({ personal }) => (personal === undefined ? [] : [personal]));
  const all = [...Object.entries(sections), ...ofTables.map(({ section, select }) => [section, select] as const)];
  for (const [name, select] of all) {
    const rows = await tx.$queryRawUnsafe<{ row: Row }[]>(
      `WITH a AS (SELECT $1::text::uuid AS program_id, $2::text::uuid AS store_id, $3::text::jsonb AS members,
        $4::text::jsonb AS customers, $5::text::jsonb AS hashes) ${select}`,
      programId,
      storeId,
      JSON.stringify(members),
      JSON.stringify(customers),
      JSON.stringify(hashes),
    );
    found[name] = rows.map(({ row }) => row);
  }
  return found as PersonalData;
};
