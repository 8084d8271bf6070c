import type { Entitlement } from '~/core/earning/entitlement';
import { contextAt } from '~/core/orders/context';
import { orderOwner } from '~/core/orders/owner';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { keepSnapshot, type KeptSnapshots } from '~/core/orders/winner';
import { orderWorth } from '~/core/orders/worth';
import type { ProgramDocument } from '~/core/program/document';
import type { MemberId } from '~/core/values/ids';
import { invariant } from '~/core/values/result';
import type { Tx } from '~/db/inTransaction';
import { customerIdentity, emailIdentity, identityKey, type Identity } from '~/db/members';
import type { OrderKey, OrderRecord } from '~/db/orders';
import type { StoreSettings } from '~/db/programs';
import type { Deps } from '../deps';

/** All messages of one batch about one order. */
export type Bundle = OrderKey & { readonly snapshots: readonly OrderSnapshot[]; readonly backfillVersion: number | null };

/** The identity by which the order's member is looked up; null when it is nobody's. */
export const identityOf = ({ programId, storeId }: OrderKey, order: OrderSnapshot): Identity | null => {
  const owner = orderOwner(order);
  if (owner === null) return null;
  return owner.kind === 'customer' ? customerIdentity(programId, storeId, owner.customerId) : emailIdentity(programId, owner.emailHash);
};

/** An order in its newest state, and what it is worth in it. */
export type Evaluated = OrderKey & {
  readonly record: OrderRecord | null;
  readonly kept: KeptSnapshots;
  readonly context: OrderRecord['context'];
  readonly document: ProgramDocument | null;
  readonly zone: string;
  readonly worth: Entitlement;
  /** Whose order it is now. */
  readonly memberId: MemberId | null;
};

// Whose the order is was found when its newest snapshot came; an older one that comes again says nothing about it.
const ownerOf = (bundle: Bundle, newest: OrderSnapshot, record: OrderRecord | null, owners: ReadonlyMap<string, MemberId>): MemberId | null => {
  if (record !== null && newest === record.newest) return record.memberId;
  const identity = identityOf(bundle, newest);
  return identity === null ? null : (owners.get(identityKey(identity)) ?? null);
};

/** What an order is worth now; null when nothing about it is new. */
export const evaluate = async (
  deps: Pick<Deps, 'programs'>,
  tx: Tx,
  bundle: Bundle,
  record: OrderRecord | null,
  settings: ReadonlyMap<string, StoreSettings>,
  owners: ReadonlyMap<string, MemberId>,
): Promise<Evaluated | null> => {
  const place = settings.get(bundle.storeId);
  invariant(place !== undefined, `the store ${bundle.storeId} does not exist`);
  const kept = bundle.snapshots.reduce<KeptSnapshots | null>(keepSnapshot, record === null ? null : record);
  invariant(kept !== null, 'an order without a snapshot');
  const context = contextAt(record?.context ?? null, kept.newest.instant, place.versions, bundle.backfillVersion);
  const memberId = ownerOf(bundle, kept.newest, record, owners);
  const same = record !== null && kept.newest === record.newest && kept.settled === record.settled;
  if (same && context === record.context && memberId === record.memberId) return null;
  const document = context === null ? null : await deps.programs.documentOf(bundle.programId, context.programVersion, tx);
  const { programId, storeId, orderId } = bundle;
  const worth = orderWorth(kept.newest, kept.settled, context, document);
  return { programId, storeId, orderId, record, kept, context, document, zone: place.zone, worth, memberId };
};
