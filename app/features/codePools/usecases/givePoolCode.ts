import { ok, refuse } from '~/core/values/result';
import { localClockOf } from '~/core/values/zone';
import { endOfCode, giveCode, lockFreeCode } from '~/db/poolCodes';
import type { Giver } from '~/usecases/giver';
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
    const end = endOfCode(free, timeZone);
    return ok({
      ...(end === null ? {} : { endsAt: end }),
      keep: (kept) => giveCode(kept, pool, free, id, now),
    });
  },
  codesOf: async ({ database, secrets }, programId, redemptions) => {
    const codes = await givenCodes(database, secrets, programId, redemptions);
    return new Map([...codes].map(([id, code]) => [id, { code, link: null }]));
  },
};
