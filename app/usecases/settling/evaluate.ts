import type { ProductFacts } from '~/core/earning/conditions/condition';
import type { Entitlement } from '~/core/earning/entitlement';
import { contextAt, type OrderContext } from '~/core/orders/context';
import { dependsOnHistory, standingContext, type Regime } from '~/core/orders/history';
import type { OrderFacts } from '~/core/orders/facts';
import { orderOwner } from '~/core/orders/owner';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { keepSnapshot, type KeptSnapshots } from '~/core/orders/winner';
import { orderWorth } from '~/core/orders/worth';
import { readyEarning } from '~/core/earning/compile';
import type { ProgramDocument } from '~/core/program/document';
import type { MemberId, ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { invariant } from '~/core/values/result';
import { memberKeyText, type MemberKey } from '~/db/ledger';
import { customerIdentity, emailIdentity, identityKey, type Identity } from '~/db/identities';
import type { OrderKey, OrderRecord } from '~/db/orders';
import { productKeyText } from '~/db/productFacts';
import type { StoreSettings } from '~/db/programs';

/** All messages of one batch about one order. */
export type Bundle = OrderKey & {
  readonly snapshots: readonly OrderSnapshot[];
  readonly backfillVersion: number | null;
  /** The import of past orders is taken back: the order is one from before the program again. */
  readonly withdrawn?: boolean;
  /** When the newest of them came. */
  readonly at: Instant;
};

/** What a batch is settled by, read before it is locked. */
export type Grounds = {
  readonly settings: ReadonlyMap<string, StoreSettings>;
  readonly regimes: ReadonlyMap<ProgramId, readonly Regime[]>;
  readonly products: ReadonlyMap<string, ProductFacts | null>;
};

/** The identity by which the order's member is looked up; null when it is nobody's. */
export const identityOf = ({ programId, storeId }: OrderKey, order: OrderSnapshot): Identity | null => {
  const owner = orderOwner(order);
  if (owner === null) return null;
  return owner.kind === 'customer' ? customerIdentity(programId, storeId, owner.customerId) : emailIdentity(programId, owner.emailHash);
};

/** An order in its newest state, before it is said what it is worth. */
export type Seen = OrderKey & {
  readonly record: OrderRecord | null;
  readonly kept: KeptSnapshots;
  /** The version that applies, and what is frozen of its context. */
  readonly base: OrderContext | null;
  readonly zone: string;
  /** Whose order it is now. */
  readonly memberId: MemberId | null;
  readonly at: Instant;
  /** Whether anything about it is new. */
  readonly isNew: boolean;
};

/** An order in its newest state, and what it is worth in it. */
export type Evaluated = Seen & {
  readonly context: OrderContext | null;
  /** What the context would be now, when it is final and differs. */
  readonly finding: OrderContext | null;
  readonly document: ProgramDocument | null;
  readonly worth: Entitlement;
  /** What later orders of the member ask of it; null where no rule of the program asks. */
  readonly facts: OrderFacts | null;
};

// Whose the order is was found when its newest snapshot came; an older one that comes again says nothing about it.
const ownerOf = (bundle: Bundle, newest: OrderSnapshot, record: OrderRecord | null, owners: ReadonlyMap<string, MemberId>): MemberId | null => {
  if (record !== null && newest === record.newest) return record.memberId;
  const identity = identityOf(bundle, newest);
  return identity === null ? null : (owners.get(identityKey(identity)) ?? null);
};

/** Puts what messages brought together with what was known of an order. */
export const seeOrder = (bundle: Bundle, record: OrderRecord | null, grounds: Grounds, owners: ReadonlyMap<string, MemberId>): Seen => {
  const { programId, storeId, orderId, at } = bundle;
  const place = grounds.settings.get(storeId);
  invariant(place !== undefined, `the store ${storeId} does not exist`);
  const kept = bundle.snapshots.reduce<KeptSnapshots | null>(keepSnapshot, record === null ? null : record);
  invariant(kept !== null, 'an order without a snapshot');
  const context = bundle.withdrawn === true && record?.context?.via === 'backfill' ? null : (record?.context ?? null);
  const known = standingContext(context, kept.newest.instant, grounds.regimes.get(programId) ?? [], at);
  const version = contextAt(known, kept.newest.instant, place.versions, bundle.backfillVersion);
  const frozen = version === null || known !== null || record?.context?.products === undefined ? version : { ...version, products: record.context.products };
  const base = withProducts(frozen, kept, storeId, grounds, programId);
  const memberId = ownerOf(bundle, kept.newest, record, owners);
  const same = record !== null && kept.newest === record.newest && kept.settled === record.settled;
  const isNew = !same || base !== record.context || memberId !== record.memberId;
  return { programId, storeId, orderId, record, kept, base, zone: place.zone, memberId, at, isNew };
};

/** By when each member is judged: the moment at which the newest message about one of the member's orders came, else now. */
export const momentsOf = (seen: readonly Seen[], now: Instant): ((member: MemberKey) => Instant) => {
  const moments = new Map<string, Instant>();
  for (const { programId, memberId, record, at } of seen) {
    for (const id of [memberId, record?.memberId ?? null]) {
      if (id === null) continue;
      const key = memberKeyText({ programId, memberId: id });
      moments.set(key, instant(Math.max(at, moments.get(key) ?? -Infinity)));
    }
  }
  return (member) => moments.get(memberKeyText(member)) ?? now;
};

/** The order as it is known, for a member whose orders are derived anew. */
export const knownOrder = (record: OrderRecord, grounds: Grounds, at: Instant): Seen => {
  const { programId, storeId, orderId, memberId, context } = record;
  const zone = grounds.settings.get(storeId)?.zone;
  invariant(zone !== undefined, `the store ${storeId} does not exist`);
  return { programId, storeId, orderId, record, kept: record, base: context, zone, memberId, at, isNew: false };
};

// Product facts are frozen when an order first needs them; lines that an edit adds later bring theirs then.
const withProducts = (
  context: OrderContext | null,
  { newest }: KeptSnapshots,
  storeId: OrderKey['storeId'],
  grounds: Grounds,
  programId: ProgramId,
): OrderContext | null => {
  const document = context === null ? undefined : grounds.regimes.get(programId)?.find(({ version }) => version === context.programVersion)?.document;
  if (context === null || document === undefined || !readyEarning(document).needs.has('products')) return context;
  const frozen = context.products ?? {};
  const added = newest.lines.flatMap(({ productId }) => (productId === null || productId in frozen ? [] : [productId]));
  if (added.length === 0 && context.products !== undefined) return context;
  const facts = added.map((productId): [string, ProductFacts | null] => {
    const known = grounds.products.get(productKeyText({ storeId, productId }));
    invariant(known !== undefined, `the facts of the product ${productId} were not read`);
    return [productId, known];
  });
  return { ...context, products: { ...frozen, ...Object.fromEntries(facts) } };
};

/** What an order is worth that depends on no other one. */
export const evaluateAlone = (seen: Seen, grounds: Grounds): Evaluated => {
  const document = documentOf(seen, grounds);
  const worth = orderWorth(seen.kept.newest, seen.kept.settled, seen.base, document, { storeId: seen.storeId, zone: seen.zone });
  return { ...seen, context: seen.base, finding: null, document, worth, facts: null };
};

const documentOf = ({ base, programId }: Seen, grounds: Grounds): ProgramDocument | null => {
  if (base === null) return null;
  const document = grounds.regimes.get(programId)?.find(({ version }) => version === base.programVersion)?.document;
  invariant(document !== undefined, `the program has no version ${base.programVersion}`);
  return document;
};

/** Whether any version of a program makes an order depend on the member's earlier ones. */
export const hasHistory = (grounds: Grounds, programId: ProgramId): boolean =>
  grounds.regimes.get(programId)?.some(({ document }) => dependsOnHistory(document)) ?? false;
