/**
 * What becomes of a table's rows when a customer is erased, and when a store is. The spine's tables are in one list
 * here, a wing's in its `module.ts`; none can be forgotten: a test reads the database's catalogue and fails for a table
 * of a tenant that is in no list, or that names people and keeps them.
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

/** A table of a tenant, and what becomes of its rows. */
export type ErasedTable = {
  readonly name: string;
  readonly erasure: Erasure;
  /** Of a wing: what is held in it about a person, as a section of the file that answers a request for data. */
  readonly personal?: {
    readonly section: string;
    readonly select: string;
    /** A field of its rows that is kept encrypted (base64, null once it is erased): the person reads it as it is. */
    readonly sealed?: string;
  };
};

/** The condition that a row of `t` belongs to a redemption (`redemption_id`) of the person in the store. */
export const ofRedemption = `EXISTS (SELECT FROM redemption r
  WHERE (r.program_id, r.id) = (t.program_id, t.redemption_id)
  AND r.store_id = a.store_id AND (r.member_id = ANY (ARRAY(SELECT m::uuid FROM jsonb_array_elements_text(a.members) m))
    OR a.customers ? r.customer_id))`;

/** The condition that a row of `t` is of one of the person's members. */
export const ofMembers = 't.member_id = ANY (ARRAY(SELECT m::uuid FROM a, jsonb_array_elements_text(a.members) m))';
/** … that it is of the store. */
export const ofStore = 't.store_id = a.store_id';
const numbers = 'points and moments under the member’s own id, which leads to nobody any more';

/**
 * Children before parents: in this order rows can be deleted. `a` is what is asked: program_id, store_id, and as JSON
 * lists the members, customer ids and e-mail hashes of the person.
 */
const erasures = {
  draw: { customer: { nothing: numbers }, store: 'program' },
  // The words in its reason, by a function of the owner: the application may not change entries.
  entry: {
    customer: { own: ['why'] },
    keeps: ['kind', 'key', 'fingerprint', 'order_id', 'actor', 'part', 'award_key'],
    store: 'program',
  },
  transfer: {
    customer: {
      set: `customer_id = NULL, refusal = NULL`,
      by: `${ofStore} AND (${ofMembers} OR a.customers ? t.customer_id) AND t.customer_id IS NOT NULL`,
    },
    keeps: ['currency', 'state', 'reference'],
    store: 'store',
  },
  // Whoever follows need not hear any more of somebody who is erased.
  event: { customer: { delete: ofMembers }, store: 'program' },
  lot: { customer: { nothing: numbers }, keeps: ['origin_order_id', 'key', 'award_key'], store: 'program' },
  debt: { customer: { nothing: numbers }, store: 'program' },
  redemption: {
    customer: {
      set: `customer_id = NULL, refusal = NULL`,
      by: `${ofStore} AND (${ofMembers} OR a.customers ? t.customer_id) AND t.customer_id IS NOT NULL`,
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
  entry_award: { customer: { nothing: numbers }, keeps: ['tier_id', 'period', 'key'], store: 'program' },
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
    customer: { own: ['snapshot', 'settled', 'owned'] },
    keeps: ['order_id', 'name', 'context', 'currency', 'status', 'finding', 'facts'],
    store: 'store',
  },
  // It counts orders that are deleted with a store, whoever's they are.
  checkpoint: { customer: { nothing: numbers }, keeps: ['state'], store: { by: 'true' } },
  product_facts: { customer: { nothing: 'what is sold, not to whom' }, keeps: ['product_id', 'facts'], store: 'store' },
  reconciliation: {
    customer: { nothing: 'numbers of orders and points' },
    keeps: ['state', 'subject', 'cursor', 'failure', 'findings'],
    store: 'store',
  },
  // Its body is encrypted: it is read to see whom it is about, and goes as a whole.
  unreadable_delivery: { customer: { own: ['topic', 'webhook_id', 'reason', 'body'] }, store: 'store' },
  program_draft: {
    customer: { nothing: 'the program’s rules' },
    keeps: ['document', 'by', 'scheduled_by', 'failure'],
    store: 'program',
  },
  replaced_draft: { customer: { nothing: 'the program’s rules' }, keeps: ['document', 'by'], store: 'program' },
  program_version: { customer: { nothing: 'the program’s rules' }, keeps: ['document', 'by'], store: 'program' },
  member: {
    customer: {
      set: 'published_summary = NULL',
      by: `t.published_summary IS NOT NULL
        AND t.id = ANY (ARRAY(SELECT m::uuid FROM a, jsonb_array_elements_text(a.members) m))`,
    },
    keeps: ['tier'],
    store: 'program',
  },
  store: {
    customer: { nothing: 'the shop' },
    keeps: ['platform', 'domain', 'name', 'currency', 'time_zone', 'published_summary'],
    store: { by: 't.id = a.store_id' },
  },
} satisfies Readonly<Record<string, Erasure>>;

/** The spine's tables, children before parents. */
export const spineTables: readonly ErasedTable[] = Object.entries(erasures).map(([name, erasure]) => ({
  name,
  erasure,
}));
