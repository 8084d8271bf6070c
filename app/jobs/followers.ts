import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '~/core/values/instant';
import { registerFollowers } from '~/db/followers';
import type { Deps } from '~/usecases/deps';
import { followNext, numberNextEvents, type Follower } from '~/usecases/events/followEvents';
import { forgetEvents, forgottenAtOnce } from '~/usecases/events/forgetEvents';
import type { Loop, OnError } from './loop';

const idleMs = 1000;
const forgetEveryMs = 600_000;

type Options = {
  /** The id of this process: of several only one reads for a follower at a time. */
  readonly process: string;
  readonly clock: () => Instant;
  readonly onError: OnError;
};

/**
 * Numbers the events and tells the followers, each in a loop of its own: one that is slow, or fails and waits for its
 * next attempt, holds nobody up. Several processes may do it at once.
 */
export const startFollowers = (
  deps: Deps,
  followers: readonly Follower[],
  { process, clock, onError }: Options,
): Loop => {
  const loops: Repeated[] = [];
  const numbering = repeat(
    async () => {
      const numbered = await numberNextEvents(deps);
      if (numbered > 0) for (const loop of loops) loop.wake();
      return numbered;
    },
    onErrorOf(onError, 'number events'),
  );
  const known = once(() =>
    registerFollowers(
      deps.database.prisma,
      followers.map(({ name }) => name),
    ),
  );
  for (const follower of followers) {
    const step = async (): Promise<number> => {
      await known();
      return followNext(deps, follower, process, clock);
    };
    loops.push(repeat(step, onErrorOf(onError, `follower ${follower.name}`)));
  }
  const forgetting = repeat(
    async () => ((await forgetEvents(deps, followers, clock())) < forgottenAtOnce ? 0 : 1),
    onErrorOf(onError, 'forget events'),
    forgetEveryMs,
  );
  return { stop: async () => void (await Promise.all([numbering, forgetting, ...loops].map((loop) => loop.stop()))) };
};

const onErrorOf =
  (onError: OnError, job: string) =>
  (error: unknown): void =>
    onError(error, { job });

/** Work that is done once; again only when it failed. */
const once = (work: () => Promise<void>): (() => Promise<void>) => {
  let done: Promise<void> | null = null;
  return () =>
    (done ??= work().catch((error: unknown) => {
      done = null;
      throw error;
    }));
};

type Repeated = Loop & { readonly wake: () => void };

/** Does a step again and again: at once while it finds work, else when it is woken, at the latest after a while. */
const repeat = (step: () => Promise<number>, onError: (error: unknown) => void, pauseMs = idleMs): Repeated => {
  const ended = new AbortController();
  let wake: () => void = () => undefined;
  const run = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const done = await step().catch((error: unknown) => {
        onError(error);
        return 0;
      });
      await new Promise((resume) => setImmediate(resume)); // pages served by this process come first
      if (done > 0 || ended.signal.aborted) continue;
      const rest = new AbortController();
      const resting = sleep(pauseMs, undefined, { signal: rest.signal }).catch(() => undefined);
      await Promise.race([resting, woken]);
      rest.abort();
    }
  };
  const running = run();
  return {
    wake: () => wake(),
    stop: async () => {
      ended.abort();
      wake();
      await running;
    },
  };
};
