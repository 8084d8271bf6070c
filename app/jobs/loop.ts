import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from './queue';

const idleMs = 1000;

export type Loop = { readonly stop: () => Promise<void> };

export type OnError = (error: unknown, context: Readonly<Record<string, unknown>>) => void;

/**
 * Calls `step` again and again until it is stopped: at once while it finds work, else when this process
 * enqueues some, at the latest after a second. An error is reported and never ends the loop.
 */
export const runLoop = (queue: Queue, kind: string, step: () => Promise<number>, onError: OnError): Loop => {
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
