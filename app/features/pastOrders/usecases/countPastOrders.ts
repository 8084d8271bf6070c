import { deriveHistory } from '~/core/evaluation/history';
import { customerIdentity, identityKey, identityOf } from '~/core/orders/owner';
import { bundlesOf } from '~/core/settlement/bundles';
import { inHistory } from '~/core/settlement/derive';
import { evaluateAlone } from '~/core/settlement/evaluate';
import { hasHistory, labelsKey, type Grounds } from '~/core/settlement/grounds';
import { seeOrder, type Seen } from '~/core/settlement/see';
import { startPast } from '~/core/evaluation/past';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { orderKeyText } from '~/core/values/keys';
import { ok, type Result } from '~/core/values/result';
import { labelledCustomers } from '~/db/customers';
import { readOrders } from '~/db/orders';
import { updateBackfill, type Backfill } from '~/features/pastOrders/db/backfills';
import type { Deps, StoreRef } from '~/usecases/deps';
import { readGrounds } from '~/usecases/readGrounds';
import type { OrderMessage } from '~/usecases/settleOrders';
import { readPastOrders, type NotShown } from './readPastOrders';

const batchSize = 50;

/** What past orders would bring: how many of them bring points, and how many points. */
export type PastOrdersCount = { readonly countedOrders: number; readonly countedPoints: number };

/**
 * Counts what past orders would bring, by the same evaluation that awards them, and writes nothing but how far it came.
 * Orders that are known already count for what is missing. Where orders depend on each other (tiers, caps, order
 * numbers), each member's past orders are derived together. Throws when the platform cannot be asked: the job tries
 * again.
 */
export const countPastOrders = async (
  deps: Deps,
  store: StoreRef,
  backfill: Backfill,
  clock: () => Instant,
): Promise<Result<PastOrdersCount, NotShown>> => {
  const count = { countedOrders: 0, countedPoints: 0 };
  const add = (points: number, { record }: Seen): void => {
    const missing = points - (record?.posted ?? 0);
    if (missing === 0) return;
    count.countedOrders += 1;
    count.countedPoints += missing;
  };
  const histories = new Map<string, Seen[]>();
  let grounds: Grounds | null = null;
  let read = 0;
  let batch: OrderMessage[] = [];
  const look = async (): Promise<void> => {
    grounds = await groundsOf(deps, store, batch, clock());
    for (const seen of await see(deps, store, batch, grounds, clock())) {
      const owner = identityOf(seen, seen.kept.owned);
      if (owner === null) continue;
      if (!hasHistory(grounds, store.programId)) add(evaluateAlone(seen, grounds).worth.points, seen);
      else histories.set(identityKey(owner), [...(histories.get(identityKey(owner)) ?? []), seen]);
    }
    batch = [];
    await updateBackfill(deps.database.prisma, backfill, { state: 'counting', ordersRead: read });
    await new Promise((resume) => setImmediate(resume)); // the pages of this process come first
  };
  const walked = await readPastOrders(deps, store, backfill, async (shown) => {
    read += 1;
    if (shown.kind === 'order') batch.push({ store, snapshot: shown.order, backfillVersion: backfill.version });
    if (batch.length >= batchSize) await look();
  });
  if (!walked.ok) return walked;
  await look();
  for (const orders of histories.values())
    for (const { order, worth } of derive(orders, grounds, store, clock())) add(worth.points, order.seenAs);
  return ok(count);
};

const groundsOf = async (
  deps: Deps,
  { programId }: StoreRef,
  batch: readonly OrderMessage[],
  now: Instant,
): Promise<Grounds> => {
  const { grounds, waiting } = await readGrounds(deps, [programId], batch, now);
  if (waiting.size > 0)
    throw new Error('Past orders could not be counted: the shop does not answer about their products.');
  return grounds;
};

// Members need not exist yet: whose an order is says its own identity.
const see = async (
  deps: Deps,
  store: StoreRef,
  batch: readonly OrderMessage[],
  grounds: Grounds,
  now: Instant,
): Promise<readonly Seen[]> => {
  const bundles = bundlesOf(batch, now);
  const labels = await labelsOf(deps, store, batch);
  const records = new Map(
    (await readOrders(deps.database.prisma, bundles)).map((record) => [orderKeyText(record), record]),
  );
  return bundles.map((bundle) => {
    const identities = bundle.snapshots.flatMap((snapshot) => identityOf(bundle, snapshot) ?? []);
    const owners = new Map(
      identities.map((identity) => [identityKey(identity), asId<MemberId>(identityKey(identity))]),
    );
    return seeOrder(bundle, records.get(orderKeyText(bundle)) ?? null, { ...grounds, labels }, owners);
  });
};

// By the identities that stand for members here.
const labelsOf = async (
  deps: Deps,
  { programId, storeId }: StoreRef,
  batch: readonly OrderMessage[],
): Promise<Grounds['labels']> => {
  const customerIds = batch.flatMap(({ snapshot: { customerId } }) => (customerId === null ? [] : [customerId]));
  const known = await labelledCustomers(deps.database.prisma, { programId, storeId }, customerIds);
  const memberOf = (customerId: PlatformId): MemberId =>
    asId<MemberId>(identityKey(customerIdentity(programId, storeId, customerId)));
  return new Map(
    [...known].map(([customerId, facts]) => [labelsKey(memberOf(customerId), storeId), [{ facts, until: null }]]),
  );
};

const derive = (orders: readonly Seen[], grounds: Grounds | null, { programId }: StoreRef, now: Instant) => {
  const versions = grounds?.versions.get(programId) ?? [];
  const history = orders.map((seen) => inHistory(seen, false));
  return deriveHistory(history, versions, startPast(versions, []), now);
};
