import type { Instant } from '~/core/values/instant';
import type { Deps } from '~/usecases/deps';
import type { Follower } from '~/usecases/events/followEvents';

/** What the clock brings about: a step that answers how much it found; with `atOnce` again while it finds as much. */
export type Sweep = {
  readonly name: string;
  readonly everyMs: number;
  readonly atOnce: number | null;
  readonly inReplay: boolean;
  readonly step: (context: { readonly deps: Deps; readonly clock: () => Instant }) => Promise<number>;
};

/**
 * A wing: what stands around the spine. A folder `features/<name>` with the same rooms inside, of which `module.ts`
 * tells the house. Wings do not know each other, and the spine knows none of them.
 */
export type Wing = {
  /** The name of its folder. */
  readonly name: string;
  /** What the clock brings about in it. */
  readonly sweeps?: readonly Sweep[];
  /** Who in it is told what happens to members. */
  readonly follows?: readonly Follower[];
};
