import { isStale, type OrderSign } from '~/core/orders/sign';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { canonicalJson } from '~/core/values/canonicalJson';
import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { knownSigns, postedOf } from '~/db/orderLists';
import type { Drift } from '~/db/reconciliations';
import type { Deps, StoreRef } from '../deps';
import { settleOrderLater } from '../effects/settleOrder';
import { keepUnreadableOrder } from '../keepUnreadable';
import { settleOrders } from '../settleOrders';

const settledAtOnce = 50;

/** How many orders were not known, of how many an older state was, and what settling them changed. */
export type FoundOrders = { readonly missing: number; readonly stale: number; readonly findings: readonly Drift[] };

/**
 * Reads and settles the orders of one page that we do not know, or of which we know another state. Throws when the
 * platform cannot be asked.
 */
export const compareOrders = async (
  deps: Deps,
  store: StoreRef,
  signs: readonly OrderSign[],
  now: Instant,
): Promise<FoundOrders> => {
  const known = await knownSigns(deps.database.prisma, store, idsOf(signs));
  const wanted = signs.filter((sign) => {
    const ours = known.get(sign.orderId);
    return ours === undefined || isStale(ours, sign);
  });
  const findings: Drift[] = [];
  for (let from = 0; from < wanted.length; from += settledAtOnce) {
    findings.push(...(await repair(deps, store, idsOf(wanted.slice(from, from + settledAtOnce)), known, now)));
  }
  const missing = findings.filter(({ cause }) => cause === 'missing').length;
  return { missing, stale: findings.length - missing, findings };
};

const idsOf = (signs: readonly OrderSign[]): readonly PlatformId[] => signs.map(({ orderId }) => orderId);

// What was read and turned out to be nothing newer than what we have is no finding: else the same order would be found
// every night.
const repair = async (
  deps: Deps,
  store: StoreRef,
  orderIds: readonly PlatformId[],
  known: ReadonlyMap<PlatformId, OrderSign>,
  now: Instant,
): Promise<readonly Drift[]> => {
  const snapshots = await readOrders(deps, store, orderIds, now);
  const before = await postedOf(deps.database.prisma, store, orderIds);
  const { waiting } = await settleOrders(
    deps,
    snapshots.map((snapshot) => ({ store, snapshot })),
    now,
  );
  await deps.enqueue(waiting.map(settleOrderLater.of));
  const after = await postedOf(deps.database.prisma, store, orderIds);
  const signs = await knownSigns(deps.database.prisma, store, orderIds);
  const nameOf = new Map(snapshots.map(({ orderId, name }) => [orderId, name]));
  return orderIds.flatMap((orderId): Drift[] => {
    const was = known.get(orderId);
    const points = { before: before.get(orderId) ?? 0, after: after.get(orderId) ?? 0 };
    const isSame =
      was !== undefined &&
      points.before === points.after &&
      canonicalJson(was) === canonicalJson(signs.get(orderId) ?? null);
    return isSame
      ? []
      : [{ order: nameOf.get(orderId) ?? orderId, cause: was === undefined ? 'missing' : 'stale', ...points }];
  });
};

const readOrders = async (
  deps: Deps,
  store: StoreRef,
  orderIds: readonly PlatformId[],
  now: Instant,
): Promise<readonly OrderSnapshot[]> => {
  const platform = deps.platformOf(store);
  const snapshots: OrderSnapshot[] = [];
  for (const orderId of orderIds) {
    const order = await platform.readOrder(orderId);
    if (!order.ok && order.error.kind === 'unavailable')
      throw new Error(`The order could not be read: ${order.error.reason}`);
    if (!order.ok && order.error.kind === 'unreadable')
      await keepUnreadableOrder(deps, store, orderId, order.error.sentence, now);
    if (order.ok && order.value !== null) snapshots.push(order.value);
  }
  return snapshots;
};
