import { instant, type Instant } from '~/core/values/instant';
import type { Deps } from '~/usecases/deps';
import type { Follower } from '~/usecases/events/followEvents';
import { uuidv7 } from '~/process/uuid';
import { doNext } from './doNext';
import { startFollowers } from './followers';
import type { JobContext, Sweep } from './job';
import { runLoop, type Loop, type OnError } from './loop';
import type { Queue } from './queue';

const clock = (): Instant => instant(Date.now());
const tickMs = 5000;
const turnsMax = 50;

type Work = {
  readonly batchSize: number;
  readonly sweeps: readonly Sweep[];
  readonly followers: readonly Follower[];
  readonly onError: OnError;
};

/**
 * Starts every job of this process: a loop for each of the queue's jobs and for each follower, and the clock's sweeps.
 */
export const startWorker = (deps: Deps, queue: Queue, { batchSize, sweeps, followers, onError }: Work): Loop => {
  const context: JobContext = { deps: { ...deps, forgetJobs: queue.forgetJobs }, clock };
  const loops: readonly Loop[] = [
    ...queue.jobs.map((job) =>
      runLoop(queue, job.effect.kind, () => doNext(job, context, { queue, batchSize, onError }), onError),
    ),
    startFollowers(deps, followers, { process: uuidv7(), clock, onError }),
    everyTick(sweeps, context, onError),
  ];
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) };
};

/** Goes on while every step finds as much as it can take, but lets the next tick have its turn, too. */
const sweepOnce = async ({ step, atOnce }: Sweep, context: JobContext): Promise<void> => {
  for (let turn = 0; turn < turnsMax; turn += 1) {
    const found = await step(context);
    if (atOnce === null || found < atOnce) return;
    await new Promise((resume) => setImmediate(resume));
  }
};

/** Does the sweeps that are due, one after the other. One that fails is reported, and the others have their turn. */
const everyTick = (sweeps: readonly Sweep[], context: JobContext, onError: OnError): Loop => {
  const dueAt = new Map<Sweep, number>();
  const tick = async (): Promise<void> => {
    for (const sweep of sweeps) {
      if (context.clock() < (dueAt.get(sweep) ?? 0)) continue;
      dueAt.set(sweep, context.clock() + sweep.everyMs);
      await sweepOnce(sweep, context).catch((error: unknown) => onError(error, { job: 'clock', sweep: sweep.name }));
    }
  };
  let busy: Promise<void> | null = null;
  const timer = setInterval(() => {
    busy ??= tick().finally(() => (busy = null));
  }, tickMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await busy;
    },
  };
};
