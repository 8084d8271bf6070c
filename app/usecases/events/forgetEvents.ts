import { instant, type Instant } from '~/core/values/instant';
import { deleteEvents } from '~/db/events';
import { followerStates, noteDropped } from '~/db/followers';
import { inTransaction, type Tx } from '~/db/inTransaction';
import type { Deps } from '../deps';
import type { Follower } from './followEvents';

export const forgottenAtOnce = 5000;
const keptMs = 35 * 86_400_000;

/**
 * Deletes some of the events that are older than 35 days; answers how many. What a follower had not been told by then,
 * because it failed all the time, is lost to it: how much that was is written down for Health.
 */
export const forgetEvents = (
  deps: Pick<Deps, 'database'>,
  followers: readonly Follower[],
  now: Instant,
): Promise<number> =>
  inTransaction(deps.database, async (tx) => {
    const forgotten = await deleteEvents(tx, instant(now - keptMs), forgottenAtOnce);
    if (forgotten.rows > 0) await noteDropped(tx, await missedBy(tx, followers, forgotten.numbers), now);
    return forgotten.rows;
  });

const missedBy = async (tx: Tx, followers: readonly Follower[], numbers: ReadonlyMap<string, readonly number[]>) => {
  const states = new Map((await followerStates(tx)).map((state) => [state.name, state]));
  return followers.flatMap(({ name, names }) => {
    const cursor = states.get(name)?.cursor ?? Infinity;
    const missed = names.flatMap((event) => (numbers.get(event) ?? []).filter((seq) => seq > cursor));
    return missed.length === 0 ? [] : [{ name, events: missed.length }];
  });
};
