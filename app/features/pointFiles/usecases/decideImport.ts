import { canReset, linesLeftOut, linesWanted, type Agreement, type Reading } from '~/features/pointFiles/core/reading';
import { ok, refuse, type Result } from '~/core/values/result';
import { lockBatch, updateBatch, type BatchKey, type ImportState } from '~/features/pointFiles/db/imports';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { refOf, type Deps, type StoreRef } from '~/usecases/deps';
import { runImportLater } from './effects/runImport';

export type DecideRefusal =
  | { readonly kind: 'unknown_import' }
  | { readonly kind: 'wrong_state'; readonly state: ImportState }
  /** The file has lines that cannot be imported, and nobody agreed to leave them out. */
  | { readonly kind: 'bad_lines'; readonly count: number }
  /** Members were to be set to what the file says, but it says more than plain balances. */
  | { readonly kind: 'no_balances' }
  | { readonly kind: 'nothing_to_import' };

export type { Agreement };

/**
 * The merchant agrees: the good lines of a file are posted by a job. What is said again, because the answer got lost,
 * is done once; so it is with the other decisions.
 */
export const agreeToImport = (
  deps: Deps,
  store: StoreRef,
  id: string,
  agreement: Agreement,
): Promise<Result<null, DecideRefusal>> => {
  const { leaveOut, withGuests, withDebts = false, mode = 'add' } = agreement;
  const isSame = (batch: Locked): boolean =>
    batch.mode === mode && batch.withGuests === withGuests && batch.withDebts === withDebts;
  return decide(deps, store, id, { from: ['ready'], to: ['posting', 'done'], isSame }, async (tx, batch) => {
    const count = linesLeftOut(batch, agreement);
    if (count > 0 && !leaveOut) return refuse({ kind: 'bad_lines', count });
    if (mode === 'reset' && !canReset(batch)) return refuse({ kind: 'no_balances' });
    if (linesWanted(batch, agreement) <= 0) return refuse({ kind: 'nothing_to_import' });
    await updateBatch(tx, batch, { state: 'posting', withGuests, withDebts, mode, ...withoutSample(batch.reading) });
    await runLater(deps, tx, store, id);
    return ok(null);
  });
};

// The first lines are there to be looked at; they name people.
const withoutSample = (reading: Reading | null): { readonly reading?: Reading } =>
  reading === null ? {} : { reading: { ...reading, sample: [] } };

/** The merchant does not want the file after all: nothing was posted, nothing is. */
export const discardImport = (deps: Deps, store: StoreRef, id: string): Promise<Result<null, DecideRefusal>> =>
  decide(deps, store, id, { from: ['checking', 'ready'], to: ['discarded'] }, async (tx, batch) => {
    await tx.importLine.deleteMany({ where: { programId: batch.programId, batchId: batch.id } });
    await updateBatch(tx, batch, { state: 'discarded', ...withoutSample(batch.reading) });
    return ok(null);
  });

/** Takes a whole file back: a job does it. Doing it again changes nothing. */
export const undoImport = (deps: Deps, store: StoreRef, id: string): Promise<Result<null, DecideRefusal>> =>
  decide(deps, store, id, { from: ['done'], to: ['undoing', 'undone'] }, async (tx, batch) => {
    await updateBatch(tx, batch, { state: 'undoing' });
    await runLater(deps, tx, store, id);
    return ok(null);
  });

type Locked = NonNullable<Awaited<ReturnType<typeof lockBatch>>>;

/** In which states something may be decided, and in which it was decided already, if it was the same. */
type Step = {
  readonly from: readonly ImportState[];
  readonly to: readonly ImportState[];
  readonly isSame?: (batch: Locked) => boolean;
};

const runLater = (deps: Deps, tx: Tx, store: StoreRef, id: string): Promise<void> =>
  deps.enqueue([runImportLater.of({ store: refOf(store), batchId: id })], tx);

const decide = (
  deps: Deps,
  store: StoreRef,
  id: string,
  { from, to, isSame = () => true }: Step,
  act: (tx: Tx, batch: Locked) => Promise<Result<null, DecideRefusal>>,
): Promise<Result<null, DecideRefusal>> =>
  inTransaction(deps.database, async (tx): Promise<Result<null, DecideRefusal>> => {
    const key: BatchKey = { programId: store.programId, id };
    const batch = await lockBatch(tx, key);
    if (batch === null) return refuse({ kind: 'unknown_import' });
    if (to.includes(batch.state) && isSame(batch)) return ok(null);
    if (!from.includes(batch.state)) return refuse({ kind: 'wrong_state', state: batch.state });
    return act(tx, batch);
  });
