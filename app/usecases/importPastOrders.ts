import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { findBackfill, insertBackfill, latestBackfill, updateBackfill, type Backfill } from '~/db/backfills';
import { inTransaction } from '~/db/inTransaction';
import { currentProgram, lockProgram } from '~/db/programs';
import type { PlatformFailure } from '~/platforms/platform';
import type { Deps, StoreRef } from './deps';
import { settleOrders, type OrderMessage } from './settleOrders';

const batchSize = 50;
const pollMs = 1000;
const pollsMax = 3000;

export type ImportRefusal = { readonly kind: 'no_program' } | { readonly kind: 'already_running' };

/** Asks for the import of a store's past orders, which earn by the program's current version. One at a time. */
export const askForPastOrders = async (
  deps: Deps,
  store: StoreRef,
  backfillId: string,
  now: Instant,
): Promise<Result<{ readonly backfillId: string }, ImportRefusal>> =>
  inTransaction(deps.database, async (tx): Promise<Result<{ readonly backfillId: string }, ImportRefusal>> => {
    await lockProgram(tx, store.programId);
    const program = await currentProgram(tx, store.programId);
    if (program === null) return refuse({ kind: 'no_program' });
    const latest = await latestBackfill(tx, store.programId, store.storeId);
    if (latest !== null && latest.state !== 'done' && latest.state !== 'failed') return refuse({ kind: 'already_running' });
    await insertBackfill(tx, { programId: store.programId, storeId: store.storeId, id: backfillId, version: program.version }, now);
    const ref: StoreRef = { programId: store.programId, storeId: store.storeId, domain: store.domain };
    await deps.enqueue([{ kind: 'import_past_orders', store: ref, backfillId }], tx);
    return ok({ backfillId });
  });

/**
 * Imports a store's past orders: has the platform prepare a file, streams it, settles it in batches. How
 * far it came is written after each batch, so a crash resumes there; settling a batch again changes
 * nothing. Throws when the platform cannot be asked: the job tries again.
 */
export const importPastOrders = async (deps: Deps, store: StoreRef, backfillId: string, clock: () => Instant): Promise<void> => {
  const { prisma } = deps.database;
  const backfill = await findBackfill(prisma, store.programId, backfillId);
  if (backfill === null || backfill.state === 'done' || backfill.state === 'failed') return;
  const ready = await prepareFile(deps, store, backfill);
  if (!ready.ok) {
    if (ready.error.kind === 'unavailable') throw new Error(`Past orders could not be read: ${ready.error.reason}`);
    return updateBackfill(prisma, backfill, { state: 'failed', failure: ready.error.reasons.join(' '), finishedAt: clock() });
  }
  if (ready.value.url !== null) await importFile(deps, store, backfill, ready.value.url, clock);
  await updateBackfill(prisma, backfill, { state: 'done', finishedAt: clock() });
};

const prepareFile = async (deps: Deps, store: StoreRef, backfill: Backfill): Promise<Result<{ readonly url: string | null }, PlatformFailure>> => {
  const { prisma } = deps.database;
  const platform = deps.platformOf(store);
  const started = backfill.exportId === null ? await platform.startOrderExport(null) : ok(backfill.exportId);
  if (!started.ok) return started;
  await updateBackfill(prisma, backfill, { state: 'preparing', exportId: started.value });
  for (let poll = 0; poll < pollsMax; poll += 1) {
    const state = await platform.readOrderExport(started.value);
    if (!state.ok) return state;
    if (state.value.kind === 'failed') return refuse({ kind: 'refused', reasons: [state.value.reason] });
    if (state.value.kind === 'ready') {
      await updateBackfill(prisma, backfill, { state: 'importing', ordersFound: state.value.objects });
      return ok({ url: state.value.url });
    }
    await updateBackfill(prisma, backfill, { ordersFound: state.value.objects });
    await sleep(pollMs);
  }
  return refuse({ kind: 'unavailable', reason: 'the file is not ready after 50 minutes' });
};

const importFile = async (deps: Deps, store: StoreRef, backfill: Backfill, url: string, clock: () => Instant): Promise<void> => {
  let { ordersRead, ordersFailed } = backfill;
  let batch: OrderMessage[] = [];
  const settle = async (): Promise<void> => {
    const { waiting } = await settleOrders(deps, batch, clock());
    await deps.enqueue(waiting.map((message) => ({ kind: 'settle_order' as const, ...message })));
    batch = [];
    await updateBackfill(deps.database.prisma, backfill, { ordersRead, ordersFailed });
    await new Promise((resume) => setImmediate(resume)); // the pages of this process come first
  };
  for await (const order of deps.platformOf(store).streamOrderExport(url, ordersRead)) {
    ordersRead += 1;
    if (order.ok) batch.push({ store, snapshot: order.value, backfillVersion: backfill.version });
    else ordersFailed += 1;
    if (batch.length >= batchSize) await settle();
  }
  await settle();
};
