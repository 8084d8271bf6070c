import type { ProductFacts } from '~/core/earning/conditions/condition';
import type { CustomerLabels } from '~/core/evaluation/labels';
import { asksOfLines, asksOfProducts, freezeLines } from '~/core/earning/frozenLines';
import type { Entitlement } from '~/core/earning/entitlement';
import type { OrderContext } from '~/core/earning/context';
import { contextAt } from '~/core/evaluation/context';
import {
  askedLabels,
  dependsOnHistory,
  dependsOnLabels,
  standingContext,
  type RulesDocument,
} from '~/core/evaluation/history';
import type { OrderFacts } from '~/core/evaluation/facts';
import { orderOwner } from '~/core/orders/owner';
import { redactSnapshot } from '~/core/orders/redact';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { keepSnapshot, standsOn, type KeptSnapshots } from '~/core/orders/winner';
import { nobodysWorth, orderWorth } from '~/core/evaluation/worth';
import { canonicalJson } from '~/core/values/canonicalJson';
import { isFinal } from '~/core/ledger/policies';
import type { MemberId, ProgramId, StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { invariant } from '~/core/values/result';
import type { Version } from '~/core/values/version';
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
  readonly versions: ReadonlyMap<ProgramId, readonly Version<RulesDocument>[]>;
  readonly products: ReadonlyMap<string, ProductFacts | null>;
  /** The labels of locked members by `labelsKey`; without an entry nothing is known of them. */
  readonly labels: ReadonlyMap<string, readonly CustomerLabels[]>;
};

export const labelsKey = (memberId: MemberId, storeId: StoreId): string => `${memberId}|${storeId}`;

/** The identity by which the order's member is looked up; null when it is nobody's. */
export const identityOf = ({ programId, storeId }: OrderKey, order: OrderSnapshot): Identity | null => {
  const owner = orderOwner(order);
  if (owner === null) return null;
  return owner.kind === 'customer'
    ? customerIdentity(programId, storeId, owner.customerId)
    : emailIdentity(programId, owner.emailHash);
};

/** An order in its newest state, before it is said what it is worth. */
export type Seen = OrderKey & {
  readonly record: OrderRecord | null;
  readonly kept: KeptSnapshots;
  /** The version that applies, and what is frozen of its context. */
  readonly base: OrderContext | null;
  readonly zone: string;
  /** The member's labels in the store; null where they are not known. */
  readonly labels: readonly CustomerLabels[] | null;
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
  readonly document: RulesDocument | null;
  readonly worth: Entitlement;
  /** What later orders of the member ask of it; null where no rule of the program asks. */
  readonly facts: OrderFacts | null;
};

// Whose the order is was found when the state that says so came; it is not asked again, who it names may have been
// merged since. Another state of the same guest says nothing new either: an account may have claimed the order, and the
// address may be another's by now. Whose customer was erased stays with its member.
const ownerOf = (
  bundle: Bundle,
  owned: OrderSnapshot,
  record: OrderRecord | null,
  owners: ReadonlyMap<string, MemberId>,
): MemberId | null => {
  if (record !== null && (owned === record.owned || record.erased)) return record.memberId;
  if (record !== null && owned.customerId === null && record.owned.emailHash === owned.emailHash)
    return record.memberId;
  const identity = identityOf(bundle, owned);
  return identity === null ? null : (owners.get(identityKey(identity)) ?? null);
};

// Whose customer was erased keeps of a further message what the ledger needs, and of its codes those that are known as
// ours.
const withoutErased = ({ snapshots }: Bundle, record: OrderRecord | null): readonly OrderSnapshot[] => {
  if (record?.erased !== true) return snapshots;
  const codes = new Set(record.newest.discountCodes.map((code) => code.toUpperCase()));
  return snapshots.map((snapshot) =>
    redactSnapshot(snapshot, record.memberId !== null, (code) => codes.has(code.toUpperCase())),
  );
};

/** Puts what messages brought together with what was known of an order. */
export const seeOrder = (
  bundle: Bundle,
  record: OrderRecord | null,
  grounds: Grounds,
  owners: ReadonlyMap<string, MemberId>,
): Seen => {
  const { programId, storeId, orderId, at } = bundle;
  const place = grounds.settings.get(storeId);
  invariant(place !== undefined, `the store ${storeId} does not exist`);
  const kept = withoutErased(bundle, record).reduce<KeptSnapshots | null>(
    keepSnapshot,
    record === null ? null : record,
  );
  invariant(kept !== null, 'an order without a snapshot');
  const { instant: moment } = standsOn(kept);
  const context = bundle.withdrawn === true && record?.context?.via === 'backfill' ? null : (record?.context ?? null);
  const known = standingContext(context, moment, grounds.versions.get(programId) ?? [], at);
  const version = contextAt(known, moment, place.versions, bundle.backfillVersion);
  const lines = record?.context?.lines;
  const frozen = version === null || known !== null || lines === undefined ? version : { ...version, lines };
  const states = [
    kept.newest,
    standsOn(kept),
    ...(record === null ? [] : [record.newest, standsOn(record)]),
    ...bundle.snapshots,
  ];
  const base = withLines(frozen, states, storeId, grounds, programId);
  const memberId = ownerOf(bundle, kept.owned, record, owners);
  const same =
    record !== null && kept.newest === record.newest && kept.settled === record.settled && kept.owned === record.owned;
  const isNew = !same || base !== record.context || memberId !== record.memberId;
  const labels = labelsOf(grounds, memberId, storeId);
  return { programId, storeId, orderId, record, kept, base, zone: place.zone, labels, memberId, at, isNew };
};

// A member who is nobody's customer in the store has no labels there.
const labelsOf = (grounds: Grounds, memberId: MemberId | null, storeId: StoreId): readonly CustomerLabels[] | null =>
  memberId === null ? [] : (grounds.labels.get(labelsKey(memberId, storeId)) ?? null);

/**
 * By when each member is judged: the moment at which the newest message about one of the member's orders came, else
 * now.
 */
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
  const labels = labelsOf(grounds, memberId, storeId);
  return { programId, storeId, orderId, record, kept: record, base: context, zone, labels, memberId, at, isNew: false };
};

// What rules ask of lines is frozen when a line is first seen; lines that an edit adds later bring theirs then.
const withLines = (
  context: OrderContext | null,
  states: readonly OrderSnapshot[],
  storeId: OrderKey['storeId'],
  grounds: Grounds,
  programId: ProgramId,
): OrderContext | null => {
  // Whatever version asks: an order may turn out to be of another one, when its product is not there any more.
  const documents = (grounds.versions.get(programId) ?? []).map(({ document }) => document);
  if (context === null || !documents.some(asksOfLines)) return context;
  const lines = freezeLines(context.lines, states, documents.some(asksOfProducts), (productId) =>
    grounds.products.get(productKeyText({ storeId, productId })),
  );
  const missing = states[0]?.lines.find(({ lineId }) => !(lineId in lines));
  invariant(missing === undefined, `the facts of the product ${missing?.productId ?? ''} were not read`);
  return lines === context.lines ? context : { ...context, lines };
};

/** What an order is worth that depends on no other one. */
export const evaluateAlone = (seen: Seen, grounds: Grounds): Evaluated => {
  const document = documentOf(seen, grounds);
  const asOfNow = withLabels(seen, document);
  const isKept =
    seen.record !== null &&
    seen.record.memberId === seen.memberId &&
    seen.base !== null &&
    seen.record.context?.programVersion === seen.base.programVersion;
  const final = isKept && document !== null && isFinal(standsOn(seen.kept).instant, document, seen.at);
  const context = final ? seen.base : asOfNow;
  const finding = final && canonicalJson(asOfNow) !== canonicalJson(seen.base) ? asOfNow : null;
  const worth = orderWorth(seen.kept.newest, seen.kept.settled, context, document, {
    storeId: seen.storeId,
    zone: seen.zone,
  });
  return {
    ...seen,
    context,
    finding,
    document,
    worth: seen.memberId === null ? nobodysWorth(worth, standsOn(seen.kept)) : worth,
    facts: null,
  };
};

const withLabels = ({ base, kept, labels: known }: Seen, document: RulesDocument | null): OrderContext | null => {
  const labels =
    base === null || document === null ? undefined : askedLabels(known, base, document, standsOn(kept).instant);
  return base === null || labels === undefined ? base : { ...base, labels };
};

const documentOf = ({ base, programId }: Seen, grounds: Grounds): RulesDocument | null => {
  if (base === null) return null;
  const document = grounds.versions.get(programId)?.find(({ version }) => version === base.programVersion)?.document;
  invariant(document !== undefined, `the program has no version ${base.programVersion}`);
  return document;
};

/** Whether any version of a program asks for labels of members. */
export const hasLabels = (versions: Grounds['versions'], programId: ProgramId): boolean =>
  versions.get(programId)?.some(({ document }) => dependsOnLabels(document)) ?? false;

/** Whether any version of a program makes an order depend on the member's earlier ones. */
export const hasHistory = (grounds: Grounds, programId: ProgramId): boolean =>
  grounds.versions.get(programId)?.some(({ document }) => dependsOnHistory(document)) ?? false;
