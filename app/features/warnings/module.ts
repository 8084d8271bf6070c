import type { Follower } from '~/usecases/events/followEvents';
import type { Wing } from '../wing';
import { warnMembers, warnMoved } from './usecases/warnMembers';

const follower: Follower = {
  name: 'warnings',
  names: ['points_moved'],
  handle: warnMoved,
};

/**
 * Warns members before their points lapse: each time a warning becomes due it is recorded, and told as
 * `warnings.points_expire_soon`.
 */
export const warnings: Wing = {
  name: 'warnings',
  follows: [follower],
  tables: [
    {
      name: 'expiry_warning',
      erasure: {
        customer: { nothing: 'points and moments under the member’s own id, which leads to nobody any more' },
        store: 'program',
      },
      exportedBy: [
        ['member_id', 'uuid'],
        ['lapses_at', 'timestamptz'],
        ['days_before', 'int'],
      ],
    },
  ],
  sweeps: [
    {
      name: 'warn members',
      // Warnings are due by the day; looking more often only finds points that came meanwhile.
      everyMs: 600_000,
      atOnce: null,
      inReplay: false,
      step: ({ deps, clock }) => warnMembers(deps, clock()),
    },
  ],
};
