import { setTimeout as sleep } from 'node:timers/promises';
import { cutText } from '~/core/values/untrusted';
import type { EffectKind } from '~/usecases/deps';
import type { Job, Queue } from './queue';

const idleMs = 1000;

export type Loop = { readonly stop: () => Promise<void> };

export type OnError = (error: unknown, context: Readonly<Record<string, unknown>>) => void;

/**
 * Calls `step` again and again until it is stopped: at once while it finds work, else when this process
 * enqueues some, at the latest after a second. An error is reported and never ends the loop.
 */
export const runLoop = (queue: Queue, kind: EffectKind, step: () => Promise<number>, onError: OnError): Loop => {
  let running = true;
  let wake: () => void = () => undefined;
  queue.onEnqueued((enqueued) => {
    if (enqueued === kind) wake();
  });
  const loop = async (): Promise<void> => {
    while (running) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const done = await step().catch((error: unknown) => {
        onError(error, { queue: kind });
        return 0;
      });
      await new Promise((resume) => setImmediate(resume)); // pages served by this process come first
      if (done === 0 && running) await Promise.race([sleep(idleMs), woken]);
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      running = false;
      wake();
      await ended;
    },
  };
};

/**
 * Takes some jobs of a kind and does them side by side; one that fails is tried again later. Answers how many there
 * were.
 */
export const doJobs = async <Data>(
  queue: Queue,
  kind: EffectKind,
  atOnce: number,
  handler: (data: Data) => Promise<void>,
  onError: OnError,
): Promise<number> => {
  const jobs: readonly Job<Data>[] = await queue.fetch<Data>(kind, atOnce);
  const done: Job<Data>[] = [];
  await Promise.all(
    jobs.map(async (job) => {
      try {
        await handler(job.data);
        done.push(job);
      } catch (error) {
        onError(error, { queue: kind, job: job.id });
        await queue.retryLater(kind, [job], error instanceof Error ? cutText(error.message, 500) : 'unknown');
      }
    }),
  );
  await queue.complete(kind, done);
  return jobs.length;
};
