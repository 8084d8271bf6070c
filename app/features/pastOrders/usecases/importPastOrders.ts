import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import {
  findBackfill,
  insertBackfill,
  isOver,
  latestBackfill,
  moveBackfill,
  updateBackfill,
  type Backfill,
  type BackfillState,
} from '~/features/pastOrders/db/backfills';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { currentProgram, lockProgram } from '~/db/programs';
import type { PlatformFailure } from '~/platforms/platform';
import { countPastOrders } from './countPastOrders';
import type { Deps, StoreRef } from '~/usecases/deps';
import { importPastOrdersLater } from './effects/importPastOrders';
import { settleOrderLater } from '~/usecases/effects/settleOrder';
import { settleOrders, type OrderMessage } from '~/usecases/settleOrders';
import { undoPastOrders } from './undoPastOrders';

const batchSize = 50;
const pollMs = 1000;
const pollsMax = 3000;

export type ImportRefusal = { readonly kind: 'no_program' } | { readonly kind: 'already_running' };

/**
 * Asks what a store's past orders would bring by the program's current version, from a moment on (null: all that the
 * platform shows). Nothing is awarded before the merchant agrees. One at a time.
 */
export const askForPastOrders = async (
  deps: Deps,
  store: StoreRef,
  { id, since }: { readonly id: string; readonly since: Instant | null },
  now: Instant,
): Promise<Result<{ readonly backfillId: string }, ImportRefusal>> =>
  inTransaction(deps.database, async (tx): Promise<Result<{ readonly backfillId: string }, ImportRefusal>> => {
    await lockProgram(tx, store.programId);
    const program = await currentProgram(tx, store.programId);
    if (program === null) return refuse({ kind: 'no_program' });
    const latest = await latestBackfill(tx, store.programId, store.storeId);
    if (latest?.id === id) return ok({ backfillId: id });
    if (latest !== null && !isOver(latest)) return refuse({ kind: 'already_running' });
    await insertBackfill(
      tx,
      { programId: store.programId, storeId: store.storeId, id, version: program.version, since },
      now,
    );
    await goOn(deps, tx, store, id);
    return ok({ backfillId: id });
  });

const goOn = (deps: Deps, tx: Tx, { programId, storeId, domain }: StoreRef, backfillId: string): Promise<void> =>
  deps.enqueue([importPastOrdersLater.of({ store: { programId, storeId, domain }, backfillId })], tx);

export type PastOrdersDecision = 'agree' | 'discard' | 'undo';

// From which state a decision leads to which others, one after the other.
const moves: Readonly<
  Record<
    PastOrdersDecision,
    { readonly from: BackfillState; readonly to: readonly [BackfillState, ...BackfillState[]] }
  >
> = {
  agree: { from: 'counted', to: ['agreed', 'importing', 'done'] },
  discard: { from: 'counted', to: ['discarded'] },
  undo: { from: 'done', to: ['undoing', 'undone'] },
};

/**
 * The merchant decides about what was counted, or takes back what was imported. The same decision again changes
 * nothing. Refused when the import has gone on meanwhile.
 */
export const decidePastOrders = async (
  deps: Deps,
  store: StoreRef,
  id: string,
  decision: PastOrdersDecision,
): Promise<Result<null, { readonly kind: 'wrong_state' }>> =>
  inTransaction(deps.database, async (tx): Promise<Result<null, { readonly kind: 'wrong_state' }>> => {
    const backfill = await findBackfill(tx, store.programId, id);
    const { from, to } = moves[decision];
    if (backfill !== null && to.includes(backfill.state)) return ok(null);
    if (backfill === null || !(await moveBackfill(tx, backfill, from, to[0]))) return refuse({ kind: 'wrong_state' });
    if (decision !== 'discard') await goOn(deps, tx, store, id);
    return ok(null);
  });

/**
 * Brings an import of past orders on: has the platform prepare a file and counts what it would bring; once the merchant
 * agreed, settles the same file in batches; or takes all of it back. How far it came is written after each batch, so a
 * crash resumes there; settling a batch again changes nothing. Throws when the platform cannot be asked: the job tries
 * again.
 */
export const importPastOrders = async (
  deps: Deps,
  store: StoreRef,
  backfillId: string,
  clock: () => Instant,
): Promise<void> => {
  const { prisma } = deps.database;
  const backfill = await findBackfill(prisma, store.programId, backfillId);
  if (backfill === null || isOver(backfill) || backfill.state === 'counted') return;
  if (backfill.state === 'undoing') {
    await undoPastOrders(deps, store, clock);
    return updateBackfill(prisma, backfill, { state: 'undone', finishedAt: clock() });
  }
  const ready = await prepareFile(deps, store, backfill);
  if (!ready.ok) {
    if (ready.error.kind === 'unavailable') throw new Error(`Past orders could not be read: ${ready.error.reason}`);
    return updateBackfill(prisma, backfill, {
      state: 'failed',
      failure: ready.error.reasons.join(' '),
      finishedAt: clock(),
    });
  }
  const { url } = ready.value;
  if (backfill.state !== 'agreed' && backfill.state !== 'importing') {
    const counted = await countPastOrders(deps, store, backfill, url, clock);
    return updateBackfill(prisma, backfill, { state: 'counted', ...counted });
  }
  await updateBackfill(prisma, backfill, { state: 'importing' });
  if (url !== null) await importFile(deps, store, backfill, url, clock);
  await updateBackfill(prisma, backfill, { state: 'done', finishedAt: clock() });
};

const prepareFile = async (
  deps: Deps,
  store: StoreRef,
  backfill: Backfill,
): Promise<Result<{ readonly url: string | null }, PlatformFailure>> => {
  const { prisma } = deps.database;
  const platform = deps.platformOf(store);
  const started = backfill.exportId === null ? await platform.startOrderExport(backfill.since) : ok(backfill.exportId);
  if (!started.ok) return started;
  const isAgreed = backfill.state === 'agreed' || backfill.state === 'importing';
  await updateBackfill(prisma, backfill, {
    exportId: started.value,
    ...(isAgreed ? {} : { state: 'preparing' as const }),
  });
  for (let poll = 0; poll < pollsMax; poll += 1) {
    const state = await platform.readOrderExport(started.value);
    if (!state.ok) return state;
    if (state.value.kind === 'failed') return refuse({ kind: 'refused', reasons: [state.value.reason] });
    if (state.value.kind === 'ready') {
      await updateBackfill(prisma, backfill, { ordersFound: state.value.objects });
      return ok({ url: state.value.url });
    }
    await updateBackfill(prisma, backfill, { ordersFound: state.value.objects });
    await sleep(pollMs);
  }
  return refuse({ kind: 'unavailable', reason: 'the file is not ready after 50 minutes' });
};

const importFile = async (
  deps: Deps,
  store: StoreRef,
  backfill: Backfill,
  url: string,
  clock: () => Instant,
): Promise<void> => {
  let { ordersRead, ordersFailed } = backfill;
  let batch: OrderMessage[] = [];
  const settle = async (): Promise<void> => {
    const { waiting } = await settleOrders(deps, batch, clock());
    await deps.enqueue(waiting.map(settleOrderLater.of));
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
