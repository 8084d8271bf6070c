/**
 * What becomes of every table's rows when a customer is erased, and when a store is. One list, so that a new table
 * cannot be forgotten: a test reads the database's catalogue and fails for a table of a tenant that is not here, or
 * that names people and keeps them.
 */
export type Erasure = {
  /**
   * Of a customer: `nothing` (with the reason why there is nothing personal in it), rows that are deleted, or columns
   * that are blanked; `by` is the condition on the table `t`. `own`: columns that a function of their own sees to,
   * because one statement cannot say it.
   */
  readonly customer:
    | { readonly nothing: string }
    | { readonly delete: string }
    | { readonly set: string; readonly by: string }
    | { readonly own: readonly string[] };
  /** Columns of text, JSON or bytes that stay when a customer is erased: nobody writes about a person into them. */
  readonly keeps?: readonly string[];
  /** Of a store: by its `store_id`, by another condition on `t`, or only with the last store of its program. */
  readonly store: 'store' | 'program' | { readonly by: string };
};

const ofMembers = 't.member_id = ANY (ARRAY(SELECT m::uuid FROM a, jsonb_array_elements_text(a.members) m))';
const ofStore = 't.store_id = a.store_id';
const batchOfStore =
  'EXISTS (SELECT FROM import_batch b WHERE (b.program_id, b.id) = (t.program_id, t.batch_id) AND b.store_id = a.store_id)';
// Somebody of a file: by what the file said, or by the member it became.
const lineOf = `${batchOfStore} AND (t.kind = 'customer' AND a.customers ? t.value OR t.kind = 'email'
  AND a.hashes ? t.value OR ${ofMembers})`;
const numbers = 'points and moments under the member’s own id, which leads to nobody any more';

/**
 * Children before parents: in this order rows can be deleted. `a` is what is asked: program_id, store_id, and as JSON
 * lists the members, customer ids and e-mail hashes of the person.
 */
export const erasures = {
  draw: { customer: { nothing: numbers }, store: 'program' },
  // The words in its reason, by a function of the owner: the application may not change entries.
  entry: {
    customer: { own: ['why'] },
    keeps: ['kind', 'key', 'fingerprint', 'order_id', 'actor', 'part', 'reward_key'],
    store: 'program',
  },
  // Whoever follows need not hear any more of somebody who is erased.
  event: { customer: { delete: ofMembers }, store: 'program' },
  lot: { customer: { nothing: numbers }, keeps: ['origin_order_id', 'key', 'reward_key'], store: 'program' },
  debt: { customer: { nothing: numbers }, store: 'program' },
  redemption: {
    customer: {
      set: `customer_id = '', refusal = NULL`,
      by: `${ofStore} AND (${ofMembers} OR a.customers ? t.customer_id) AND t.customer_id <> ''`,
    },
    keeps: ['state', 'reward_id', 'grant', 'title', 'currency', 'code', 'reference', 'fingerprint', 'used_order_id'],
    store: 'store',
  },
  tier_change: { customer: { nothing: numbers }, keeps: ['tier_id', 'cause'], store: 'program' },
  tier_override: {
    customer: { set: `reason = ''`, by: `${ofMembers} AND t.reason <> ''` },
    keeps: ['tier_id', 'by'],
    store: 'program',
  },
  tier_reward: { customer: { nothing: numbers }, keeps: ['tier_id', 'period', 'key'], store: 'program' },
  expiry_warning: { customer: { nothing: numbers }, store: 'program' },
  member_profile: { customer: { delete: ofMembers }, store: 'program' },
  // A person's customers in other stores of the program asked for nothing, and an e-mail that is an account's there is
  // known from there.
  member_identity: {
    customer: {
      delete: `(${ofMembers} AND t.kind <> 'customer' OR t.kind = 'customer' AND t.scope = a.store_id::text
        AND (${ofMembers} OR a.customers ? t.value) OR t.kind = 'email' AND a.hashes ? t.value)
        AND NOT (t.kind = 'email' AND EXISTS (SELECT FROM account_email o
          WHERE (o.program_id, o.email_hash) = (t.program_id, t.value) AND o.store_id <> a.store_id))`,
    },
    store: { by: `t.kind = 'customer' AND t.scope = a.store_id::text` },
  },
  account_email: {
    customer: { delete: `${ofStore} AND (a.customers ? t.customer_id OR a.hashes ? t.email_hash)` },
    store: 'store',
  },
  customer: { customer: { delete: `${ofStore} AND a.customers ? t.customer_id` }, store: 'store' },
  // Its snapshots are rewritten by the core's `redactSnapshot`; it stays with its member.
  order: {
    customer: { own: ['snapshot', 'standing', 'owned'] },
    keeps: ['order_id', 'name', 'context', 'currency', 'standing_kind', 'finding', 'facts'],
    store: 'store',
  },
  product_facts: { customer: { nothing: 'what is sold, not to whom' }, keeps: ['product_id', 'facts'], store: 'store' },
  backfill: { customer: { nothing: 'counts of a run' }, keeps: ['state', 'export_id', 'failure'], store: 'store' },
  reconciliation: {
    customer: { nothing: 'numbers of orders and points' },
    keeps: ['state', 'subject', 'cursor', 'failure', 'findings'],
    store: 'store',
  },
  // Its body is encrypted: it is read to see whom it is about, and goes as a whole.
  unreadable_delivery: { customer: { own: ['topic', 'webhook_id', 'reason', 'body'] }, store: 'store' },
  import_line: {
    customer: {
      set: `kind = NULL, value = NULL, contact = NULL, note = NULL, found = NULL, problem = CASE WHEN t.entry_id IS NULL THEN coalesce(t.problem, 'no_person') ELSE t.problem END`,
      by: `${lineOf} AND (t.value IS NOT NULL OR t.note IS NOT NULL OR t.contact IS NOT NULL OR t.found IS NOT NULL)`,
    },
    keeps: ['problem'],
    store: { by: batchOfStore },
  },
  // The first lines of a file that waits for a decision name people in short; whom, nobody can tell, so all of them go.
  import_batch: {
    customer: {
      set: `reading = jsonb_set(t.reading, '{sample}', '[]')`,
      by: `${ofStore} AND t.reading->'sample' <> '[]'`,
    },
    keeps: ['state', 'format', 'file_name', 'content_hash', 'failure', 'by', 'mode', 'reading'],
    store: 'store',
  },
  audit: {
    customer: { nothing: 'which sums were wrong, by member and entry' },
    keeps: ['violations'],
    store: 'program',
  },
  api_key: {
    customer: { nothing: 'a key of the merchant’s' },
    keeps: ['name', 'hash', 'hint', 'by'],
    store: 'program',
  },
  program_version: { customer: { nothing: 'the program’s rules' }, keeps: ['document', 'by'], store: 'program' },
  member: {
    customer: {
      set: 'published_summary = NULL',
      by: 't.published_summary IS NOT NULL AND t.id = ANY (ARRAY(SELECT m::uuid FROM a, jsonb_array_elements_text(a.members) m))',
    },
    keeps: ['tier'],
    store: 'program',
  },
  store: {
    customer: { nothing: 'the shop' },
    keeps: ['platform', 'domain', 'name', 'currency', 'time_zone', 'published_summary'],
    store: { by: 't.id = a.store_id' },
  },
} as const satisfies Readonly<Record<string, Erasure>>;

export type ErasedTable = keyof typeof erasures;
export const erasedTables = Object.keys(erasures) as readonly ErasedTable[];
