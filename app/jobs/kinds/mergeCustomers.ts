import { mergeCustomersLater, type MergeCustomers } from '~/usecases/effects/mergeCustomers';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import type { Job } from '../job';

export const mergeCustomersJob: Job<MergeCustomers> = {
  effect: mergeCustomersLater,
  queue: 'merge-customers',
  inReplay: true,
  work: {
    kind: 'one_by_one',
    atOnce: 1,
    run: ({ deps, clock }, { store, gone, kept, at }) => mergeCustomers(deps, store, { gone, kept, at }, clock()),
  },
};
