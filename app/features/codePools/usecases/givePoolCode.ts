import { ok, refuse } from '~/core/values/result';
import { addDays, calendarDay, localClockOf, startOfDay } from '~/core/values/zone';
import type { Giver } from '~/usecases/giver';
import { giveCode, lockFreeCode, noEnd } from '../db/poolCodes';
import { givenCodes } from '../views/givenCodes';

/**
 * A code is put aside before the points are drawn, and given with them. The same redemption asks once: its member is
 * locked, and a code has one redemption.
 */
export const givePoolCode: Giver = {
  grant: 'pool_code',
  reserve: async (tx, { redemption, timeZone }, now) => {
    const { programId, id, grant } = redemption;
    const pool = { programId, poolId: grant.kind === 'pool_code' ? grant.poolId : '' };
    const free = await lockFreeCode(tx, pool, localClockOf(now, timeZone).isoDate);
    if (free === null) return refuse({ kind: 'sold_out' });
    const end = free.lastDay === noEnd ? null : startOfDay(addDays(calendarDay(free.lastDay), 1), timeZone);
    return ok({
      ...(end === null ? {} : { endsAt: end }),
      keep: (kept) => giveCode(kept, pool, free, id, now),
    });
  },
  codesOf: ({ database, secrets }, programId, redemptions) => givenCodes(database, secrets, programId, redemptions),
};
