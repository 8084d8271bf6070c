import { instant, type Instant } from '~/core/values/instant';
import {
  findReconciliation,
  insertReconciliation,
  reconciliationsOf,
  storesToReconcile,
  updateReconciliation,
  type Reconciliation,
} from '~/db/reconciliations';
import { storeById } from '~/db/stores';
import type { PlatformFailure } from '~/platforms/platform';
import { reconcileStoreLater } from './effects/reconcileStore';
import { compareLabels } from './reconciling/compareLabels';
import { compareMarks } from './reconciling/compareMarks';
import { compareOrders } from './reconciling/compareOrders';
import { refOf, type Deps, type StoreRef } from './deps';

// Windows overlap, because an update may become visible a little after its own time.
const overlapMs = 3_600_000;
// So many are named; all are counted and settled.
const findingsMax = 100;

/**
 * Begins a comparison of a store's orders with ours: from where the last one that ended left off. A running one goes
 * on.
 */
export const startReconciliation = async (
  deps: Pick<Deps, 'database'>,
  store: StoreRef,
  id: string,
  now: Instant,
): Promise<string> => {
  const { prisma } = deps.database;
  const runs = await reconciliationsOf(prisma, store.programId, store.storeId, 50);
  const running = runs.find(({ state }) => state === 'running');
  if (running !== undefined) return running.id;
  const last = runs.find(({ state }) => state === 'done');
  const from = last === undefined ? await installedAt(deps, store) : instant(last.to - overlapMs);
  await insertReconciliation(prisma, {
    programId: store.programId,
    storeId: store.storeId,
    id,
    from,
    to: now,
    startedAt: now,
  });
  return id;
};

// What was ordered before is what an import of past orders is for.
const installedAt = async (
  { database }: Pick<Deps, 'database'>,
  { programId, storeId }: StoreRef,
): Promise<Instant | null> => {
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
  await deps.enqueue([reconcileStoreLater.of({ store: refOf(store), reconciliationId })]);
};

/**
 * Compares what the platform shows with what we know, page by page: first orders, of which missing and stale ones are
 * read and settled, then the labels of customers, then who carries the marks of tiers. The cursor is written after
 * every page, so that a crash resumes there. Run again, it finds nothing. Throws when the platform cannot be asked.
 */
export const reconcileStore = async (
  deps: Deps,
  store: StoreRef,
  id: string,
  now: Instant,
): Promise<Reconciliation | null> => {
  const { prisma } = deps.database;
  let run = await findReconciliation(prisma, store.programId, id);
  while (run?.state === 'running') {
    await updateReconciliation(prisma, run, await steps[run.subject](deps, store, run, now));
    run = await findReconciliation(prisma, store.programId, id);
  }
  return run;
};

type Step = Parameters<typeof updateReconciliation>[2];

const orderStep = async (deps: Deps, store: StoreRef, run: Reconciliation, now: Instant): Promise<Step> => {
  const page = await deps.platformOf(store).listOrders({ from: run.from, to: run.to }, run.cursor);
  if (!page.ok) return failed(page.error, 'The orders', now);
  const found = await compareOrders(deps, store, page.value.orders, now);
  const { next } = page.value;
  return {
    ...(next === null ? { subject: 'labels', cursor: null } : { cursor: next }),
    seen: run.seen + page.value.orders.length,
    missing: run.missing + found.missing,
    stale: run.stale + found.stale,
    drift: run.drift + found.findings.reduce((sum, { before, after }) => sum + Math.abs(after - before), 0),
    findings: [...run.findings, ...found.findings].slice(0, findingsMax),
  };
};

const labelStep = async (deps: Deps, store: StoreRef, run: Reconciliation, now: Instant): Promise<Step> => {
  const page = await compareLabels(deps, store, run, now);
  if (!page.ok) return failed(page.error, 'The customers', now);
  const { mended, next } = page.value;
  return { cursor: next, labels: run.labels + mended, ...(next === null ? { subject: 'marks' } : {}) };
};

// The cursor is the tier whose turn it is.
const markStep = async (deps: Deps, store: StoreRef, run: Reconciliation, now: Instant): Promise<Step> => {
  const compared = await compareMarks(deps, store, run.cursor);
  if (!compared.ok) return failed(compared.error, 'The customers of a tier', now);
  const { mended, next } = compared.value;
  return { cursor: next, marks: run.marks + mended, ...(next === null ? { state: 'done', finishedAt: now } : {}) };
};

const steps = { orders: orderStep, labels: labelStep, marks: markStep } as const;

const failed = (failure: PlatformFailure, what: string, now: Instant): Step => {
  if (failure.kind === 'unavailable') throw new Error(`${what} could not be listed: ${failure.reason}`);
  return { state: 'failed', failure: failure.reasons.join(' '), finishedAt: now };
};
