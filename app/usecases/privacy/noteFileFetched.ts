import type { Instant } from '~/core/values/instant';
import { markRequestFetched } from '~/db/privacyRequests';
import type { Deps } from '../deps';

/** The merchant has the file of a data request by now: nobody need be reminded of it. */
export const noteFileFetched = ({ database }: Pick<Deps, 'database'>, id: string, now: Instant): Promise<void> =>
  markRequestFetched(database.prisma, id, now);
