import type { EntryId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { auditDaily, auditProgram } from '~/usecases/auditProgram';
import { claimGuest } from '~/usecases/claimGuest';
import { forgetProduct } from '~/usecases/forgetProduct';
import { importPastOrders } from '~/usecases/importPastOrders';
import { runImport } from '~/usecases/imports/runImport';
import { forgetUnreadable } from '~/usecases/keepUnreadable';
import { matureMembers, maturedAtOnce } from '~/usecases/matureMembers';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import { noteCustomer } from '~/usecases/noteCustomer';
import { noteLabels } from '~/usecases/noteLabels';
import { runOpenRequests, runPrivacyRequest, type PrivacyDeps } from '~/usecases/privacy/runRequest';
import { publishMember } from '~/usecases/publishMember';
import { publishProgramSummary } from '~/usecases/publishProgram';
import { readBackOrder } from '~/usecases/readBackOrder';
import { reconcileDaily, reconcileStore } from '~/usecases/reconcileStore';
import { requalifiedAtOnce, requalifyMembers } from '~/usecases/requalifyMembers';
import { settleMembers } from '~/usecases/settleOrders';
import { settledAtOnce, settleRedemptions } from '~/usecases/settleRedemption';
import type { Sweep } from '~/features/wing';
import type { Follower } from '~/usecases/events/followEvents';
import { uuidv7 } from '~/process/uuid';
import type { Deps, Effect, EffectKind } from '~/usecases/deps';
import { startFollowers } from './followers';
import { doJobs, runLoop, type Loop, type OnError } from './loop';
import type { Queue } from './queue';
import { settleNext } from './settleLoop';

const clock = (): Instant => instant(Date.now());
const tickMs = 5000;
const turnsMax = 50;
const seldomMs = 600_000;

/** Starts every job of this process. The clock is read here and handed on: use cases never ask the time. */
export const startWorker = (
  deps: Deps,
  queue: Queue,
  options: {
    readonly batchSize: number;
    readonly onError: OnError;
    readonly sweeps: readonly Sweep[];
    readonly followers: readonly Follower[];
  },
): Loop => {
  const { onError } = options;
  const privacy: PrivacyDeps = { ...deps, forgetJobs: queue.forgetJobs };
  let seldomAgainAt = 0;
  const sweptAt = new Map<Sweep, number>();
  const effect = <Kind extends EffectKind>(
    kind: Kind,
    atOnce: number,
    handler: (effect: Extract<Effect, { kind: Kind }>) => Promise<void>,
  ): Loop => runLoop(queue, kind, () => doJobs(queue, kind, atOnce, handler, onError), onError);
  const loops: readonly Loop[] = [
    runLoop(queue, 'settle_order', () => settleNext(deps, queue, { ...options, clock }), onError),
    effect('read_order', 4, ({ store, orderId, newerThan }) => readBackOrder(deps, store, orderId, newerThan, clock())),
    effect('settle_member', 2, (member) => settleMembers(deps, [{ ...member, since: null }], clock())),
    effect('note_customer', 2, ({ store, ...message }) => noteCustomer(deps, store, message, clock())),
    effect('note_labels', 4, ({ store, change }) => noteLabels(deps, store, change, clock())),
    effect('claim_guest', 2, ({ store, customerId, emailHash }) =>
      claimGuest(deps, store, customerId, emailHash, clock()),
    ),
    effect('merge_customers', 1, ({ store, gone, kept, at }) => mergeCustomers(deps, store, gone, kept, clock(), at)),
    effect('forget_product', 4, ({ store, productId }) => forgetProduct(deps, store, productId)),
    effect('publish_member', 8, ({ programId, memberId }) => publishMember(deps, programId, memberId, clock())),
    effect('publish_program', 1, ({ store }) => publishProgramSummary(deps, store)),
    effect('audit_program', 1, ({ programId, auditId }) => auditProgram(deps, programId, auditId, clock())),
    effect(
      'reconcile_store',
      1,
      async ({ store, reconciliationId }) => void (await reconcileStore(deps, store, reconciliationId, clock())),
    ),
    effect('run_import', 1, ({ store, batchId }) => runImport(deps, store, batchId, clock)),
    effect('import_past_orders', 1, ({ store, backfillId }) => importPastOrders(deps, store, backfillId, clock)),
    effect('run_privacy', 1, async ({ requestId }) => void (await runPrivacyRequest(privacy, requestId, clock()))),
    startFollowers(deps, options.followers, { process: uuidv7(), clock, onError }),
    everyTick(async () => {
      await untilFewer(settledAtOnce, () => settleRedemptions(deps, clock()));
      await untilFewer(maturedAtOnce, () => matureMembers(deps, clock()));
      await untilFewer(requalifiedAtOnce, () => requalifyMembers(deps, clock()));
      for (const sweep of options.sweeps) {
        if (clock() < (sweptAt.get(sweep) ?? 0)) continue;
        sweptAt.set(sweep, clock() + sweep.everyMs);
        await untilFewer(sweep.atOnce ?? Infinity, () => sweep.step({ deps, clock }));
      }
      if (clock() >= seldomAgainAt) {
        seldomAgainAt = clock() + seldomMs;
        await forgetUnreadable(deps, clock());
        await runOpenRequests(privacy, clock());
      }
      await auditDaily(deps, () => deps.newId<EntryId>(), clock());
      await reconcileDaily(deps, () => deps.newId<EntryId>(), clock());
    }, onError),
  ];
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) };
};

/** Goes on while every step finds as much as it can take, but lets the next tick have its turn, too. */
const untilFewer = async (most: number, step: () => Promise<number>): Promise<void> => {
  for (let turn = 0; turn < turnsMax && (await step()) >= most; turn += 1)
    await new Promise((resume) => setImmediate(resume));
};

/** What the clock brings about. Several processes may do it at once: every step locks what it changes. */
const everyTick = (work: () => Promise<void>, onError: OnError): Loop => {
  let busy: Promise<void> | null = null;
  const timer = setInterval(() => {
    busy ??= work()
      .catch((error: unknown) => onError(error, { job: 'clock' }))
      .finally(() => (busy = null));
  }, tickMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await busy;
    },
  };
};
