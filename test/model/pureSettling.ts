import type { OrderFacts } from '~/core/evaluation/facts';
import type { Checkpoint } from '~/core/evaluation/past';
import { customerIdentity, identityKey, type Identity } from '~/core/orders/owner';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { standsOn } from '~/core/orders/winner';
import type { ProgramVersion } from '~/core/program/versions';
import type { Redemption } from '~/core/redemptions/states';
import { bundlesOf, concernedBy, type Bundle } from '~/core/settlement/bundles';
import { evaluate } from '~/core/settlement/evaluate';
import type { Grounds } from '~/core/settlement/grounds';
import { ledgersNeeded, type LedgersNeeded } from '~/core/settlement/ledgers';
import type {
  HistoryAsked,
  LoadedLedger,
  LockedMember,
  MemberHistory,
  OrderRecord,
  SpentRedemption,
} from '~/core/settlement/records';
import { see } from '~/core/settlement/see';
import { settle, type Settlement } from '~/core/settlement/settle';
import {
  asId,
  type EntryId,
  type MemberId,
  type PlatformId,
  type ProgramId,
  type RedemptionId,
  type StoreId,
} from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { pureTables } from './pureTables';

export const programId = asId<ProgramId>('00000000-0000-7000-8000-000000000002');
export const storeId = asId<StoreId>('00000000-0000-7000-8000-000000000001');
export const zone = 'Europe/Rome';

/** By what the shop's customer is known. */
export const identityOfCustomer = (customer: number): Identity =>
  customerIdentity(programId, storeId, asId<PlatformId>(String(customer)));

/** What a database would hold around the ledgers. */
export type Shelves = {
  readonly tables: ReturnType<typeof pureTables>;
  readonly orders: Map<string, OrderRecord & { readonly facts: OrderFacts | null }>;
  readonly checkpoints: Map<MemberId, Checkpoint>;
  readonly redemptions: Map<RedemptionId, Redemption & { readonly code: string }>;
  /** Members by `identityKey`. */
  readonly owners: Map<string, MemberId>;
  /** The member of an identity; made when there is none yet. */
  readonly memberOf: (identity: Identity) => MemberId;
};

/** What one program without labels and questions about products is settled by. */
export const groundsOf = (versions: readonly ProgramVersion[]): Grounds => ({
  settings: new Map([[storeId, { programId, zone, versions }]]),
  versions: new Map([[programId, versions]]),
  products: new Map(),
  labels: new Map(),
});

/**
 * What `usecases/settleOrders` does with a database: the same three steps of the core, read from and written to maps.
 */
export const settleOnShelves = (
  shelves: Shelves,
  grounds: Grounds,
  given: { readonly snapshots: readonly OrderSnapshot[]; readonly members: readonly MemberId[] },
  now: Instant,
  newId: () => EntryId,
): void => {
  const batch = bundlesOf(
    given.snapshots.map((snapshot) => ({ store: { programId, storeId }, snapshot })),
    now,
  );
  const asked = given.members.map((memberId): HistoryAsked => ({ programId, memberId, since: null }));
  const records = batch.flatMap(({ orderId }) => shelves.orders.get(orderId) ?? []);
  const members = membersOf(shelves, batch, asked);
  // Checkpoints come sooner than in life, so that the model's few orders meet them.
  const sight = {
    ...see({ batch, asked, labelled: [] }, { members, records, labels: [] }, grounds, now),
    limits: { most: 2, left: 1 },
  };
  const evaluation = evaluate(
    sight,
    sight.histories.map((history) => historyOf(shelves, history)),
    newId,
  );
  const redemptions = evaluation.codes.flatMap(({ code }) => spentOf(shelves, code));
  const ledgers = ledgersOf(shelves, ledgersNeeded(sight, evaluation, redemptions));
  write(shelves, settle(sight, evaluation, { redemptions, ledgers, expiredOfAwards: new Map() }, newId));
};

// Who has no member yet gets one; owners of known orders and of codes on the orders are concerned, too.
const membersOf = (
  { tables, orders, redemptions, owners, memberOf }: Shelves,
  batch: readonly Bundle[],
  asked: readonly HistoryAsked[],
): readonly LockedMember[] => {
  const { identities, codes } = concernedBy(batch);
  const concerned = new Set([
    ...identities.map(memberOf),
    ...batch.flatMap(({ orderId }) => orders.get(orderId)?.memberId ?? []),
    ...[...redemptions.values()]
      .filter((one) => codes.some(({ code }) => code === one.code))
      .map((one) => one.memberId),
    ...asked.map(({ memberId }) => memberId),
  ]);
  return [...concerned].map((memberId) => ({
    programId,
    memberId,
    cached: tables.cachedOf(memberId),
    tier: null,
    mergedInto: null,
    identityKeys: identities.map(identityKey).filter((key) => owners.get(key) === memberId),
  }));
};

// The model's programs have no tiers: nobody has overrides or entry awards.
const historyOf = ({ orders, checkpoints }: Shelves, { memberId, since }: HistoryAsked): MemberHistory => {
  const kept = checkpoints.get(memberId);
  const holding = kept !== undefined && since !== null && kept.until < since ? kept : null;
  const mine = [...orders.values()].filter(
    (order) => order.memberId === memberId && (holding === null || standsOn(order).instant > holding.until),
  );
  const isInFull = (order: (typeof mine)[number]): boolean =>
    since === null || order.facts === null || standsOn(order).instant >= since;
  return {
    programId,
    memberId,
    orders: mine.filter(isInFull).map((order) => ({ ...order, isRemembered: order.facts !== null })),
    remembered: mine.flatMap((order) => (isInFull(order) ? [] : (order.facts ?? []))),
    checkpoint: kept === undefined ? null : { holding },
    overrides: [],
    awards: [],
  };
};

const spentOf = ({ tables, redemptions }: Shelves, code: string): readonly SpentRedemption[] =>
  [...redemptions.values()]
    .filter((redemption) => redemption.code === code)
    .map((redemption) => ({ redemption: { ...redemption, programId }, ...tables.spentOn(redemption.id) }));

// In the programs that the core's model runs, points do not lapse by inactivity: nothing is renewed.
const ledgersOf = ({ tables }: Shelves, { members, orders }: LedgersNeeded): readonly LoadedLedger[] =>
  members.map(({ memberId }) => ({
    programId,
    memberId,
    open: tables.openOf(memberId),
    expired: orders
      .filter((order) => order.memberId === memberId)
      .map(({ orderId }) => ({ storeId, orderId, points: tables.expiredOf(orderId) })),
    activities: [],
    lapsed: [],
  }));

const write = (
  { tables, orders, checkpoints, redemptions }: Shelves,
  { outcomes, checkpoints: fresh, book }: Settlement,
): void => {
  for (const { memberId, checkpoint } of fresh)
    if (checkpoint === null) checkpoints.delete(memberId);
    else checkpoints.set(memberId, checkpoint);
  tables.close(book);
  for (const { order, uses } of outcomes) {
    orders.set(order.orderId, { ...order, erased: false });
    for (const { id, state, usedOrderId, returned } of uses) {
      const redemption = redemptions.get(id);
      if (redemption === undefined) throw new Error(`a redemption that does not exist was used: ${id}`);
      redemptions.set(id, { ...redemption, state, usedOrderId, returned });
    }
  }
};
