import type { EffectKind } from '~/usecases/effects/effect';
import type { OnError } from './loop';
import type { Queue, Waiting } from './queue';

/** A job that is held while it is done; `isMine`: nobody else has taken it up since. */
export type Held = { readonly isMine: () => boolean; readonly letGo: () => void };

/**
 * Says again and again that a job is being done, until it is let go: a job of which that is not heard any more is taken
 * up by another process. Where the queue cannot be asked nothing is known, so that the job goes on.
 */
export const hold = (
  queue: Pick<Queue, 'touch'>,
  effect: EffectKind,
  job: Waiting,
  { everyMs, onError }: { readonly everyMs: number; readonly onError: OnError },
): Held => {
  let isMine = true;
  const timer = setInterval(() => {
    void queue.touch(effect, job).then(
      (held) => void (isMine &&= held),
      (error: unknown) => onError(error, { queue: effect.kind, job: job.id }),
    );
  }, everyMs);
  return { isMine: () => isMine, letGo: () => clearInterval(timer) };
};
