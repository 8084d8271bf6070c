import { isStale, type OrderSign } from '~/core/orders/sign';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { knownSigns, postedOf } from '~/db/orders';
import {
  findReconciliation,
  insertReconciliation,
  reconciliationsOf,
  storesToReconcile,
  updateReconciliation,
  type Drift,
  type Reconciliation,
} from '~/db/reconciliations';
import { storeById } from '~/db/stores';
import type { Deps, StoreRef } from './deps';
import { keepUnreadableOrder } from './keepUnreadable';
import { settleOrders } from './settleOrders';

// Windows overlap, because an update may become visible a little after its own time.
const overlapMs = 3_600_000;
const settledAtOnce = 50;
// So many are named; all are counted and settled.
const findingsMax = 100;

/** Begins a comparison of a store's orders with ours: from where the last one that ended left off. A running one goes on. */
export const startReconciliation = async (deps: Pick<Deps, 'database'>, store: StoreRef, id: string, now: Instant): Promise<string> => {
  const { prisma } = deps.database;
  const runs = await reconciliationsOf(prisma, store.programId, store.storeId, 50);
  const running = runs.find(({ state }) => state === 'running');
  if (running !== undefined) return running.id;
  const last = runs.find(({ state }) => state === 'done');
  const from = last === undefined ? await installedAt(deps, store) : instant(last.to - overlapMs);
  await insertReconciliation(prisma, { programId: store.programId, storeId: store.storeId, id, from, to: now, startedAt: now });
  return id;
};

// What was ordered before is what an import of past orders is for.
const installedAt = async ({ database }: Pick<Deps, 'database'>, { programId, storeId }: StoreRef): Promise<Instant | null> => {
  const store = await storeById(database.prisma, programId, storeId);
  return store === null || store.installedAt <= 0 ? null : instant(store.installedAt - overlapMs);
};

const dayMs = 86_400_000;

/** Has every store's orders compared once a day. Answers how many comparisons it began. */
export const reconcileDaily = async (deps: Deps, newRunId: () => string, now: Instant): Promise<number> => {
  const due = await storesToReconcile(deps.database.prisma, instant(now - dayMs), 20);
  for (const store of due) await askForReconciliation(deps, store, newRunId(), now);
  return due.length;
};

/** Begins a comparison, or takes up the one that runs; a job does it. */
export const askForReconciliation = async (deps: Deps, store: StoreRef, id: string, now: Instant): Promise<void> => {
  const reconciliationId = await startReconciliation(deps, store, id, now);
  const ref: StoreRef = { programId: store.programId, storeId: store.storeId, domain: store.domain };
  await deps.enqueue([{ kind: 'reconcile_store', store: ref, reconciliationId }]);
};

/**
 * Compares the platform's orders with ours, page by page; orders that are missing or stale are read and settled. The
 * cursor is written after every page, so that a crash resumes there. Throws when the platform cannot be asked.
 */
export const reconcileStore = async (deps: Deps, store: StoreRef, id: string, now: Instant): Promise<Reconciliation | null> => {
  const { prisma } = deps.database;
  const started = await findReconciliation(prisma, store.programId, id);
  if (started === null || started.state !== 'running') return started;
  let run: Reconciliation = started;
  const platform = deps.platformOf(store);
  for (;;) {
    const page = await platform.listOrders({ from: run.from, to: run.to }, run.cursor);
    if (!page.ok) {
      if (page.error.kind === 'unavailable') throw new Error(`The orders could not be listed: ${page.error.reason}`);
      await updateReconciliation(prisma, run, { state: 'failed', failure: page.error.reasons.join(' '), finishedAt: now });
      return findReconciliation(prisma, store.programId, id);
    }
    const found = await repairPage(deps, store, page.value.orders, now);
    run = {
      ...run,
      cursor: page.value.next,
      seen: run.seen + page.value.orders.length,
      missing: run.missing + found.missing,
      stale: run.stale + found.stale,
      drift: run.drift + found.findings.reduce((sum, { before, after }) => sum + Math.abs(after - before), 0),
      findings: [...run.findings, ...found.findings].slice(0, findingsMax),
    };
    const { cursor, seen, missing, stale, drift, findings } = run;
    const ended = cursor === null;
    await updateReconciliation(prisma, run, { cursor, seen, missing, stale, drift, findings, ...(ended ? { state: 'done' as const, finishedAt: now } : {}) });
    if (ended) return findReconciliation(prisma, store.programId, id);
  }
};

const repairPage = async (
  deps: Deps,
  store: StoreRef,
  signs: readonly OrderSign[],
  now: Instant,
): Promise<{ readonly missing: number; readonly stale: number; readonly findings: readonly Drift[] }> => {
  const known = await knownSigns(
    deps.database.prisma,
    store,
    signs.map(({ orderId }) => orderId),
  );
  const missing = signs.filter(({ orderId }) => !known.has(orderId)).map(({ orderId }) => orderId);
  const stale = signs
    .filter((sign) => {
      const ours = known.get(sign.orderId);
      return ours !== undefined && isStale(ours, sign);
    })
    .map(({ orderId }) => orderId);
  const findings: Drift[] = [];
  const wanted = [...missing, ...stale];
  for (let from = 0; from < wanted.length; from += settledAtOnce) {
    findings.push(...(await repair(deps, store, wanted.slice(from, from + settledAtOnce), new Set(missing), now)));
  }
  return { missing: missing.length, stale: stale.length, findings };
};

const repair = async (
  deps: Deps,
  store: StoreRef,
  orderIds: readonly PlatformId[],
  missing: ReadonlySet<PlatformId>,
  now: Instant,
): Promise<readonly Drift[]> => {
  const platform = deps.platformOf(store);
  const snapshots: OrderSnapshot[] = [];
  for (const orderId of orderIds) {
    const order = await platform.readOrder(orderId);
    if (!order.ok && order.error.kind === 'unavailable') throw new Error(`The order could not be read: ${order.error.reason}`);
    if (!order.ok && order.error.kind === 'unreadable') await keepUnreadableOrder(deps, store, orderId, order.error.sentence, now);
    if (order.ok && order.value !== null) snapshots.push(order.value);
  }
  const before = await postedOf(deps.database.prisma, store, orderIds);
  const { waiting } = await settleOrders(
    deps,
    snapshots.map((snapshot) => ({ store, snapshot })),
    now,
  );
  await deps.enqueue(waiting.map((message) => ({ kind: 'settle_order' as const, ...message })));
  const after = await postedOf(deps.database.prisma, store, orderIds);
  const nameOf = new Map(snapshots.map(({ orderId, name }) => [orderId, name]));
  return orderIds.map((orderId) => ({
    order: nameOf.get(orderId) ?? orderId,
    cause: missing.has(orderId) ? 'missing' : 'stale',
    before: before.get(orderId) ?? 0,
    after: after.get(orderId) ?? 0,
  }));
};
