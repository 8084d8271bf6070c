import type { Instant } from '~/core/values/instant';
import type { EffectKind } from '~/usecases/effects/effect';
import type { PrivacyDeps } from '~/usecases/privacy/runRequest';

/** What a job works with. Use cases never ask the time: the clock is read when a job begins, and handed on. */
export type JobContext = {
  readonly deps: PrivacyDeps;
  readonly clock: () => Instant;
  /** false: another process has taken the job up since, so that this one may stop. Left out: nobody can. */
  readonly isMine?: () => boolean;
};

/**
 * How one kind of effects is done: a value, one file each (`jobs/kinds/`, a wing's `module.ts`). Its members are
 * methods, so that one list holds jobs of different data.
 */
export type Job<Data extends object = object> = {
  readonly effect: EffectKind<Data>;
  /** The name of its queue, in the database of every shop: it never changes. */
  readonly queue: string;
  /**
   * At most one job waits for each key, so that a hundred changes of a member publish once. Without it every one
   * counts.
   */
  key?(data: Data): string;
  /**
   * Of those that were asked for with one key, the one that waits carries the greatest value of this field (a number).
   */
  readonly raises?: string;
  /** How long it waits before it is done the first time; without it, not at all. */
  delaySeconds?(data: Data): number;
  /**
   * It may take hours: it is given to another process when its own is not heard of any more. A job of which nothing is
   * said here is taken for dead, and given to another, after a minute.
   */
  readonly isLong?: boolean;
  /** A replay does it, too: it decides about points, or whose they are. What only tells others is left out there. */
  readonly inReplay: boolean;
  readonly work: OneByOne<Data> | InBatches<Data>;
};

/** Jobs that are done each for itself, some of them side by side. One that throws is tried again later. */
export type OneByOne<Data extends object = object> = {
  readonly kind: 'one_by_one';
  readonly atOnce: number;
  run(context: JobContext, data: Data): Promise<void>;
};

/** Jobs that are done together. A batch that throws is halved until the one that makes it fail stands alone. */
export type InBatches<Data extends object = object> = {
  readonly kind: 'in_batches';
  /** Answers those that cannot be done yet (the same objects); they are tried again later. */
  run(context: JobContext, all: readonly Data[]): Promise<readonly Data[]>;
  /** Why those wait, in the words of the job's row. */
  readonly waitsFor: string;
  /** What the log says of one that fails: ids, nothing personal. */
  namesOf(data: Data): Readonly<Record<string, unknown>>;
};

/**
 * What the clock brings about: looked for again and again. Several processes may do it at once: every step locks what
 * it changes.
 */
export type Sweep = {
  readonly name: string;
  /** How long to wait after the last look; 0: at every tick of the clock (5 s). */
  readonly everyMs: number;
  /** A step that finds as many is followed by another one; null: one step finds everything. */
  readonly atOnce: number | null;
  readonly inReplay: boolean;
  /** Does what is due and answers how many it found. */
  step(context: JobContext): Promise<number>;
};
