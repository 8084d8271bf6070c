import { identityKey, identityOf, type Identity } from '../orders/owner';
import type { OrderSnapshot } from '../orders/snapshot';
import { keepSnapshot, type KeptSnapshots } from '../orders/winner';
import type { ProgramId } from '../values/ids';
import { instant, type Instant } from '../values/instant';
import { orderKeyText, type OrderKey } from '../values/keys';

/** One state of an order, as some message or read-back brought it. */
export type ToldOrder = {
  readonly store: Pick<OrderKey, 'programId' | 'storeId'>;
  readonly snapshot: OrderSnapshot;
  /** An import of past orders names the version by which orders older than the program earn. */
  readonly backfillVersion?: number;
  /** The import of past orders is taken back. */
  readonly withdrawn?: boolean;
  /** When it came, if that was not just now: what is taken back or returned is dated by it. */
  readonly receivedAt?: Instant;
};

/** All messages of one batch about one order. */
export type Bundle = OrderKey & {
  readonly snapshots: readonly OrderSnapshot[];
  readonly backfillVersion: number | null;
  /** The import of past orders is taken back: the order is one from before the program again. */
  readonly withdrawn?: boolean;
  /** When the newest of them came. */
  readonly at: Instant;
};

/** A batch's messages by the orders that they are about, in the order in which those came first. */
export const bundlesOf = (messages: readonly ToldOrder[], now: Instant): readonly Bundle[] => {
  const bundles = new Map<string, Bundle>();
  for (const { store, snapshot, backfillVersion, withdrawn, receivedAt } of messages) {
    const key = { programId: store.programId, storeId: store.storeId, orderId: snapshot.orderId };
    const before = bundles.get(orderKeyText(key));
    bundles.set(orderKeyText(key), {
      programId: key.programId,
      storeId: key.storeId,
      orderId: key.orderId,
      snapshots: [...(before?.snapshots ?? []), snapshot],
      backfillVersion: before?.backfillVersion ?? backfillVersion ?? null,
      withdrawn: withdrawn ?? false,
      at: instant(Math.max(before?.at ?? -Infinity, receivedAt ?? now)),
    });
  }
  return [...bundles.values()];
};

/** A reward code of a program, in upper case. */
export type ProgramCode = { readonly programId: ProgramId; readonly code: string };

/** Who has to be locked before anything about a batch is read. */
export type Concerned = {
  /** Everybody whom the orders name, and the orders that do. */
  readonly identities: readonly (Identity & { readonly orders: readonly OrderKey[] })[];
  /** Codes on the orders: whoever redeemed them is concerned, too. */
  readonly codes: readonly ProgramCode[];
};

export const concernedBy = (batch: readonly Bundle[]): Concerned => {
  const identities = new Map<string, Concerned['identities'][number]>();
  for (const bundle of batch) {
    // The state that says most about whose the order is; only what is known already may say more.
    const kept = bundle.snapshots.reduce<KeptSnapshots | null>(keepSnapshot, null);
    const identity = kept === null ? null : identityOf(bundle, kept.owned);
    if (identity === null) continue;
    const orders = identities.get(identityKey(identity))?.orders ?? [];
    identities.set(identityKey(identity), { ...identity, orders: [...orders, bundle] });
  }
  const codes = batch.flatMap(({ programId, snapshots }) =>
    snapshots.flatMap((snapshot) => snapshot.discountCodes.map((code) => ({ programId, code: code.toUpperCase() }))),
  );
  return { identities: [...identities.values()], codes };
};
