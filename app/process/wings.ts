import type { Sweep, Wing } from '~/features/wing';
import * as modules from '~/modules';
import type { Follower } from '~/usecases/events/followEvents';

/** Every wing, whatever it brings. */
const wings: readonly Wing[] = Object.values(modules);

/** What the clock brings about in wings. */
export const sweeps: readonly Sweep[] = wings.flatMap((wing) => wing.sweeps ?? []);

/** Everybody who is told what happens to members. */
export const followers: readonly Follower[] = wings.flatMap((wing) => wing.follows ?? []);
