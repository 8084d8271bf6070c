import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { EntryId, MemberId, PlatformId, ProgramId, StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Secrets } from '~/process/secrets';
import type { Database } from '~/db/database';
import type { ProgramReader } from '~/db/programs';
import type { Tx } from '~/db/inTransaction';
import type { Platform } from '~/platforms/platform';

/** A message about a customer's labels (tags): some were added or removed at a moment of the platform's. */
export type LabelChange = {
  readonly customerId: PlatformId;
  readonly kind: 'added' | 'removed';
  readonly labels: readonly string[];
  readonly at: Instant;
};

/** One store of one program: what nearly every question is about. */
export type StoreRef = {
  readonly programId: ProgramId;
  readonly storeId: StoreId;
  /** The shop's permanent address, such as `bottega.myshopify.com`. */
  readonly domain: string;
};

/**
 * Work that follows from a write and is done later, by a job. Enqueued in the same transaction as the
 * write, so that it happens exactly when the write did. A job reads the newest state; it carries ids only.
 */
export type Effect =
  | {
      readonly kind: 'settle_order';
      readonly store: StoreRef;
      readonly snapshot: OrderSnapshot;
      readonly backfillVersion?: number;
      readonly receivedAt?: Instant;
    }
  /** One read-back per order, however many messages ask for it. */
  | {
      readonly kind: 'read_order';
      readonly store: StoreRef;
      readonly orderId: PlatformId;
      /** Dropped when a snapshot at least as new has come by then. */
      readonly newerThan: Instant;
      readonly delaySeconds: number;
    }
  | { readonly kind: 'publish_member'; readonly programId: ProgramId; readonly memberId: MemberId }
  /** Derives a member's orders anew: more depend on a change than one transaction settles. */
  | { readonly kind: 'settle_member'; readonly programId: ProgramId; readonly memberId: MemberId }
  /** Checks the invariants over the whole ledger. */
  | { readonly kind: 'audit_program'; readonly programId: ProgramId; readonly auditId: string }
  | { readonly kind: 'reconcile_store'; readonly store: StoreRef; readonly reconciliationId: string }
  /** A message about a customer came: which verified e-mail it has now (null: none), and whether it was deleted. */
  | {
      readonly kind: 'note_customer';
      readonly store: StoreRef;
      readonly customerId: PlatformId;
      readonly emailHash: string | null;
      /** `updated_at` of the message; null: it does not say. */
      readonly toldAt: Instant | null;
      readonly isDeleted: boolean;
    }
  /** Guests who have an account's verified e-mail are claimed for it. */
  | {
      readonly kind: 'claim_guest';
      readonly store: StoreRef;
      readonly customerId: PlatformId;
      readonly emailHash: string;
    }
  /** A customer's labels changed. */
  | { readonly kind: 'note_labels'; readonly store: StoreRef; readonly change: LabelChange }
  | {
      readonly kind: 'merge_customers';
      readonly store: StoreRef;
      readonly gone: PlatformId;
      readonly kept: PlatformId;
      readonly at?: Instant;
    }
  | { readonly kind: 'forget_product'; readonly store: StoreRef; readonly productId: PlatformId }
  | { readonly kind: 'publish_program'; readonly store: StoreRef }
  /** A file of points goes its next way: it is checked, posted or undone. */
  | { readonly kind: 'run_import'; readonly store: StoreRef; readonly batchId: string }
  | { readonly kind: 'import_past_orders'; readonly store: StoreRef; readonly backfillId: string }
  /** Carries out what the platform asked in the name of the law. */
  | { readonly kind: 'run_privacy'; readonly requestId: string; readonly delaySeconds: number };

export type EffectKind = Effect['kind'];

/** Puts effects on the queue; with a transaction, they exist when it commits. */
export type Enqueue = (effects: readonly Effect[], tx?: Tx) => Promise<void>;

/** What every use case gets from the shell. Time and ids made by clients are arguments of the call instead. */
export type Deps = {
  readonly database: Database;
  readonly programs: ProgramReader;
  readonly secrets: Secrets;
  readonly platformOf: (store: Pick<StoreRef, 'domain'>) => Platform;
  readonly enqueue: Enqueue;
  /** A new UUID version 7. */
  readonly newId: <Kind extends ProgramId | StoreId | MemberId | EntryId>() => Kind;
};
