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
  type BackfillChange,
  type BackfillState,
} from '~/features/pastOrders/db/backfills';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { currentProgram, lockProgram } from '~/db/programs';
import { countPastOrders, type PastOrdersCount } from './countPastOrders';
import { readPastOrders, type NotShown } from './readPastOrders';
import { refOf, type Deps, type StoreRef } from '~/usecases/deps';
import { runBackfillLater } from './effects/runBackfill';
import { settleOrderLater } from '~/usecases/effects/settleOrder';
import { settleOrders, type OrderMessage } from '~/usecases/settleOrders';
import { undoPastOrders } from './undoPastOrders';

const batchSize = 50;

export type BackfillRefusal = { readonly kind: 'no_program' } | { readonly kind: 'already_running' };

/**
 * Asks what a store's past orders would bring by the program's current version, from a moment on (null: all that the
 * platform shows). Nothing is awarded before the merchant agrees. One at a time.
 */
export const askForPastOrders = async (
  deps: Deps,
  store: StoreRef,
  { id, since }: { readonly id: string; readonly since: Instant | null },
  now: Instant,
): Promise<Result<{ readonly backfillId: string }, BackfillRefusal>> =>
  inTransaction(deps.database, async (tx): Promise<Result<{ readonly backfillId: string }, BackfillRefusal>> => {
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

const goOn = (deps: Deps, tx: Tx, store: StoreRef, backfillId: string): Promise<void> =>
  deps.enqueue([runBackfillLater.of({ store: refOf(store), backfillId })], tx);

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
 * The merchant decides about what was counted, or takes back what was settled. The same decision again changes
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
 * Brings a backfill on: walks through them and counts what they would bring; once the merchant agreed,
 * walks through the same ones and settles them in batches; or takes all of it back. How far it came is written after
 * each batch, so a crash resumes there; settling a batch again changes nothing. Throws when the platform cannot be
 * asked: the job tries again.
 */
export const runBackfill = async (
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
  const isAgreed = backfill.state === 'agreed' || backfill.state === 'importing';
  await updateBackfill(prisma, backfill, { state: isAgreed ? 'importing' : 'preparing' });
  const done = isAgreed
    ? await settlePastOrders(deps, store, backfill, clock)
    : await countPastOrders(deps, store, backfill, clock);
  return updateBackfill(
    prisma,
    backfill,
    done.ok ? finished(done.value, clock()) : { state: 'failed', failure: done.error.reason, finishedAt: clock() },
  );
};

// What was counted waits for the merchant; what was settled is done.
const finished = (counted: PastOrdersCount | null, now: Instant): BackfillChange =>
  counted === null ? { state: 'done', finishedAt: now } : { state: 'counted', ...counted };

const settlePastOrders = async (
  deps: Deps,
  store: StoreRef,
  backfill: Backfill,
  clock: () => Instant,
): Promise<Result<null, NotShown>> => {
  let { ordersRead, ordersFailed, resume } = backfill;
  let batch: OrderMessage[] = [];
  const settle = async (): Promise<void> => {
    const { waiting } = await settleOrders(deps, batch, clock());
    await deps.enqueue(waiting.map(settleOrderLater.of));
    batch = [];
    await updateBackfill(deps.database.prisma, backfill, { ordersRead, ordersFailed, resume });
    await new Promise((free) => setImmediate(free)); // the pages of this process come first
  };
  const read = await readPastOrders(deps, store, backfill, async (shown) => {
    ordersRead += 1;
    resume = shown.resume;
    if (shown.kind === 'order') batch.push({ store, snapshot: shown.order, backfillVersion: backfill.version });
    else ordersFailed += 1;
    if (batch.length >= batchSize) await settle();
  });
  if (read.ok) await settle();
  return read;
};
