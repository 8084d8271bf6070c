import type { QueuePlace } from '~/db/database';
import type { StoreRef } from '~/usecases/deps';
import type { Effect } from '~/usecases/effects/effect';
import type { Job } from './job';

const shortSeconds = 60;
// Who does a long job is asked for nothing but a sign of life; this is for one that never ends.
const longSeconds = 12 * 3600;
/** After so long without a sign of life a long job is taken for dead. The queue looks every minute. */
export const silenceSeconds = 45;

/** After how many seconds a job is taken for dead, whatever is heard of it. */
export const expiryOf = ({ isLong = false }: Job): number => (isLong ? longSeconds : shortSeconds);

/** A number that an effect carries, by the name of its field. */
export const numberIn = (effect: Effect, field: string): number =>
  Number((effect as Readonly<Record<string, unknown>>)[field]);

/** What is put on the queue when effects of one kind are asked for. */
export const rowsOf = (job: Job, effects: readonly Effect[], place: QueuePlace['kind']) =>
  greatestFirst(effects, job.raises).map((effect) => rowOf(job, effect, place));

// Of jobs with one key the first stays.
const greatestFirst = (effects: readonly Effect[], field: string | undefined): readonly Effect[] =>
  field === undefined ? effects : [...effects].sort((a, b) => numberIn(b, field) - numberIn(a, field));

const rowOf = (job: Job, effect: Effect, place: QueuePlace['kind']) => {
  const singletonKey = job.key?.(effect);
  const startAfter = job.delaySeconds?.(effect);
  return {
    data: effect,
    // Said of each job, because a queue that is there keeps what it was made with.
    expireInSeconds: expiryOf(job),
    // The embedded database has one process: what that one left behind is taken back when it starts.
    ...(job.isLong === true && place === 'server' ? { heartbeatSeconds: silenceSeconds } : {}),
    ...(singletonKey === undefined ? {} : { singletonKey }),
    ...(startAfter === undefined ? {} : { startAfter }),
    // Batches are filled round-robin by store.
    ...('store' in effect ? { group: { id: (effect.store as StoreRef).storeId } } : {}),
  };
};
