import { claimGuestLater, type ClaimGuest } from '~/usecases/effects/claimGuest';
import { claimGuest } from '~/usecases/claimGuest';
import type { Job } from '../job';

export const claimGuestJob: Job<ClaimGuest> = {
  effect: claimGuestLater,
  queue: 'claim-guest',
  inReplay: true,
  work: {
    kind: 'one_by_one',
    atOnce: 2,
    run: ({ deps, clock }, { store, customerId, emailHash }) => claimGuest(deps, store, customerId, emailHash, clock()),
  },
};
