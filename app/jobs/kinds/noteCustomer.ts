import { noteCustomerLater, type NoteCustomer } from '~/usecases/effects/noteCustomer';
import { noteCustomer } from '~/usecases/noteCustomer';
import type { Job } from '../job';

export const noteCustomerJob: Job<NoteCustomer> = {
  effect: noteCustomerLater,
  queue: 'note-customer',
  inReplay: true,
  work: {
    kind: 'one_by_one',
    atOnce: 2,
    run: ({ deps, clock }, { store, ...message }) => noteCustomer(deps, store, message, clock()),
  },
};
