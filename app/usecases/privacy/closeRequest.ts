import type { Instant } from '~/core/values/instant';
import { findRequest, markRequestDone } from '~/db/privacyRequests';
import type { Deps } from '../deps';

/**
 * Somebody saw to a request by hand: what it asked is forgotten, and it counts as done. False: there is no such open
 * one.
 */
export const closePrivacyRequest = async (
  { database }: Pick<Deps, 'database'>,
  id: string,
  now: Instant,
): Promise<boolean> => {
  const request = await findRequest(database.prisma, id);
  if (request === null || request.doneAt !== null) return false;
  await markRequestDone(database.prisma, id, now);
  return true;
};
