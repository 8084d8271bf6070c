import { cutText } from '~/core/values/untrusted';
import { isDatabaseAway } from '~/db/inTransaction';
import { hold } from './heartbeat';
import type { InBatches, Job, JobContext, OneByOne } from './job';
import type { OnError } from './loop';
import type { Queue, Waiting } from './queue';

/** Where jobs are done. `batchSize`: how many of those that are done together at once. */
export type Workplace = {
  readonly queue: Queue;
  readonly batchSize: number;
  readonly onError: OnError;
  /** How often a long job gives a sign of life. */
  readonly signMs?: number;
};

const usualSignMs = 10_000;

/** Takes the next jobs of a kind and does them. Answers how many it took. */
export const doNext = async (job: Job, context: JobContext, place: Workplace): Promise<number> => {
  const { work } = job;
  const { queue, batchSize } = place;
  const waiting = await queue.fetch(job.effect, work.kind === 'in_batches' ? batchSize : work.atOnce);
  if (work.kind === 'in_batches') await doBatch({ ...job, work }, context, place, waiting);
  else await doEach({ ...job, work }, context, place, waiting);
  return waiting.length;
};

/** Does some jobs side by side; one that fails is tried again later. */
const doEach = async (
  { effect, work, isLong = false }: Job & { readonly work: OneByOne },
  context: JobContext,
  { queue, onError, signMs = usualSignMs }: Workplace,
  waiting: readonly Waiting[],
): Promise<void> => {
  const done: Waiting[] = [];
  await Promise.all(
    waiting.map(async (one) => {
      const held = isLong ? hold(queue, effect, one, { everyMs: signMs, onError }) : null;
      try {
        await work.run(held === null ? context : { ...context, isMine: held.isMine }, one.data);
        done.push(one);
      } catch (error) {
        onError(error, { queue: effect.kind, job: one.id });
        await queue.retryLater(effect, [one], reasonOf(error));
      } finally {
        held?.letGo();
      }
    }),
  );
  await queue.complete(effect, done);
};

/** A batch that fails is halved until the job that makes it fail stands alone; that one is buried. */
const doBatch = async (
  job: Job & { readonly work: InBatches },
  context: JobContext,
  place: Workplace,
  batch: readonly Waiting[],
): Promise<void> => {
  const { queue, onError } = place;
  const { work, effect } = job;
  if (batch.length === 0) return;
  try {
    const waits = new Set(
      await work.run(
        context,
        batch.map(({ data }) => data),
      ),
    );
    await queue.complete(
      effect,
      batch.filter(({ data }) => !waits.has(data)),
    );
    await queue.retryLater(
      effect,
      batch.filter(({ data }) => waits.has(data)),
      work.waitsFor,
    );
  } catch (error) {
    const [only] = batch;
    if (isDatabaseAway(error)) {
      await queue.retryLater(effect, batch, 'the database was away');
    } else if (batch.length === 1 && only !== undefined) {
      onError(error, work.namesOf(only.data));
      await queue.bury(effect, only, reasonOf(error));
    } else {
      const half = Math.ceil(batch.length / 2);
      await doBatch(job, context, place, batch.slice(0, half));
      await doBatch(job, context, place, batch.slice(half));
    }
  }
};

/** Why a job failed, as its row on the queue says it. */
const reasonOf = (error: unknown): string => (error instanceof Error ? cutText(error.message, 500) : 'unknown');
