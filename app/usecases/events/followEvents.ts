import type { NumberedEvent } from '~/core/events/memberEvent';
import { instant, type Instant } from '~/core/values/instant';
import { cutText } from '~/core/values/untrusted';
import { eventsAfter, numberEvents } from '~/db/events';
import { failFollower, moveFollower, takeFollower } from '~/db/followers';
import { inTransaction } from '~/db/inTransaction';
import type { Deps } from '../deps';

/**
 * Somebody who is told what happens to members: a value of a wing's module. Each event of `names` reaches it at least
 * once, and the events of one member in the order in which they happened. After a crash or a failure the same batch
 * comes again: what a follower does, it can do twice. It is told what moved, and reads itself how things stand.
 */
export type Follower = {
  /** Its name for good: where it has read to is kept under it. */
  readonly name: string;
  /** The events it asks for, see `eventName`. */
  readonly names: readonly string[];
  readonly handle: (deps: Deps, events: readonly NumberedEvent[], now: Instant) => Promise<void>;
};

export const numberedAtOnce = 5000;
const followedAtOnce = 500;
// Longer than any batch should take. A follower that takes longer may be told the batch again by another process.
const leaseMs = 120_000;

/** Numbers the events that are committed; answers how many. Any process may call it at any time. */
export const numberNextEvents = (deps: Pick<Deps, 'database'>): Promise<number> =>
  inTransaction(deps.database, (tx) => numberEvents(tx, numberedAtOnce));

/**
 * Tells a follower the next events; answers how many were looked at. `process` is the id of this process: of several
 * only one reads for a follower at a time. Throws what the follower threw, after its reason and the time of the next
 * attempt were written down.
 */
export const followNext = async (
  deps: Deps,
  follower: Follower,
  process: string,
  clock: () => Instant,
): Promise<number> => {
  const { prisma } = deps.database;
  const { name, names } = follower;
  const now = clock();
  const lease = { by: process, until: instant(now + leaseMs) };
  const cursor = await takeFollower(prisma, name, lease, now);
  if (cursor === null) return 0;
  try {
    const page = await eventsAfter(prisma, cursor, names, followedAtOnce);
    if (page.events.length > 0) await follower.handle(deps, page.events, now);
    await moveFollower(prisma, name, lease, page.upTo);
    return page.read;
  } catch (error) {
    const reason = error instanceof Error ? cutText(error.message, 500) : 'unknown';
    await failFollower(prisma, name, lease, reason, clock());
    throw error;
  }
};
