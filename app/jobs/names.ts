import type { Effect, EffectKind } from '~/usecases/deps';

/**
 * The queues: one per kind of effect. `short` with a singleton key keeps at most one waiting job per key, so that a
 * hundred changes of a member publish once.
 */
export type QueueSettings = {
  readonly name: string;
  readonly policy: 'standard' | 'short';
  readonly retryLimit: number;
  readonly retryDelaySeconds: number;
  readonly expireInSeconds: number;
  readonly deadLetter: string | null;
};

const daySeconds = 86_400;
export const completedKeptSeconds = daySeconds;
export const deadLetterKeptSeconds = 7 * daySeconds;

export const deadLetters = 'dead-letters';

const queue = (name: string, policy: QueueSettings['policy'], expireInSeconds = 60): QueueSettings => ({
  name,
  policy,
  retryLimit: 12,
  retryDelaySeconds: 2,
  expireInSeconds,
  deadLetter: deadLetters,
});

export const queueOf = {
  settle_order: queue('settle-orders', 'standard'),
  read_order: queue('read-order', 'short'),
  settle_member: queue('settle-member', 'short'),
  note_customer: queue('note-customer', 'standard'),
  claim_guest: queue('claim-guest', 'standard'),
  note_labels: queue('note-labels', 'standard'),
  merge_customers: queue('merge-customers', 'standard'),
  forget_product: queue('forget-product', 'short'),
  publish_member: queue('publish-member', 'short'),
  publish_program: queue('publish-program', 'short'),
  audit_program: queue('audit-program', 'short', 3600),
  reconcile_store: queue('reconcile-store', 'short', 3600),
  run_import: queue('run-import', 'short', 3600),
  import_past_orders: queue('import-past-orders', 'short', 3600),
  run_privacy: queue('run-privacy', 'standard', 3600),
} as const satisfies Record<EffectKind, QueueSettings>;

/** At most one waiting job per key; null where every job counts. */
export const singletonKeyOf = (effect: Effect): string | null => {
  switch (effect.kind) {
    case 'settle_order':
    case 'note_customer':
    case 'claim_guest':
    case 'note_labels':
    case 'merge_customers':
    case 'run_privacy':
      return null;
    case 'forget_product':
      return `${effect.store.storeId}:${effect.productId}`;
    case 'read_order':
      return `${effect.store.storeId}:${effect.orderId}`;
    case 'settle_member':
    case 'publish_member':
      return `${effect.programId}:${effect.memberId}`;
    case 'audit_program':
      return effect.programId;
    case 'publish_program':
      return effect.store.storeId;
    case 'run_import':
      return effect.batchId;
    case 'reconcile_store':
    case 'import_past_orders':
      return effect.store.storeId;
  }
};
