import type { Instant } from '~/core/values/instant';
import { membersToRequalify } from '~/db/tiers';
import type { Deps } from './deps';
import { settleMembers } from './settleOrders';

export const requalifiedAtOnce = 100;

/**
 * Derives the tiers of members whose window, keeping or override ends by now, and whatever depends on them. Answers
 * how many there were.
 */
export const requalifyMembers = async (deps: Deps, now: Instant): Promise<number> => {
  const due = await membersToRequalify(deps.database.prisma, now, requalifiedAtOnce);
  if (due.length > 0) {
    // What came before now stands: only the tier may change.
    const asked = due.map((member) => ({ ...member, since: now }));
    await settleMembers(deps, asked, now);
  }
  return due.length;
};
