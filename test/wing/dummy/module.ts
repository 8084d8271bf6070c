import type { Wing } from '~/features/wing';
import type { Job } from '~/jobs/job';
import { greetLater, type Greet } from './usecases/effects/greet';
import type { Follower } from '~/usecases/events/followEvents';
import { greet } from './usecases/greet';
import { thank } from './usecases/thank';

const greetJob: Job<Greet> = {
  effect: greetLater,
  queue: 'greet',
  inReplay: false,
  work: {
    kind: 'one_by_one',
    atOnce: 1,
    run: ({ deps, clock }, { programId, name }) => greet(deps, programId, name, clock()),
  },
};

const thanks: Follower = { name: 'dummy', names: ['points_moved'], handle: thank };

/**
 * A wing that is good for nothing: greetings that are written down by a job and shown on a page, and a point of thanks
 * for whoever earned some.
 */
export const dummy: Wing = {
  name: 'dummy',
  jobs: [greetJob],
  follows: [thanks],
  sweeps: [{ name: 'look for greetings', everyMs: 0, atOnce: null, inReplay: false, step: () => Promise.resolve(0) }],
  tables: [
    {
      name: 'greeting',
      erasure: { customer: { nothing: 'invented names' }, keeps: ['name'], store: 'program' },
      exportedBy: [['id', 'uuid']],
    },
  ],
};
