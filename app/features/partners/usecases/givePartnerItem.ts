import { isTooDear } from '~/core/rewards/partners';
import { invariant, ok, refuse } from '~/core/values/result';
import type { Giver } from '~/usecases/giver';
import { insertOrder } from '../db/partnerOrders';
import { findPartner } from '../db/partners';
import { givenDeliveries } from '../views/givenDeliveries';
import { followOrder } from './followOrder';
import { partnerOf } from './partnerOf';

/**
 * A partner is asked for its price first: what is sold out, or 10 % dearer than was agreed, is refused before a point
 * moves. The order is written down with the hold, and placed after it.
 */
export const givePartnerItem: Giver = {
  grant: 'partner',
  ask: async (deps, { programId, grant, timeZone }, now) => {
    invariant(grant.kind === 'partner', 'a partner is asked for its own');
    const record = await findPartner(deps.database.prisma, { programId, partnerId: grant.provider });
    const quote = record === null ? null : await partnerOf(deps, record, timeZone, now).quote(grant.itemId);
    if (quote === null || !quote.ok) return refuse({ kind: 'partner_away' });
    if (quote.value?.available !== true) return refuse({ kind: 'sold_out' });
    const { cost, needsEmail } = quote.value;
    return isTooDear(cost, grant.cost) ? refuse({ kind: 'partner_dearer' }) : ok({ needsEmail });
  },
  reserve: async (tx, { redemption, heard }, now) => {
    const { programId, id: redemptionId, storeId, grant } = redemption;
    invariant(grant.kind === 'partner', 'a partner is asked for its own');
    const { provider: partnerId, itemId } = grant;
    if ((await findPartner(tx, { programId, partnerId })) === null) return refuse({ kind: 'partner_away' });
    return ok({
      keep: (kept) => {
        // Only who cannot pay is not asked for, and nothing is kept for them.
        invariant(heard !== null, 'a partner is asked before anything is held');
        const { needsEmail } = heard;
        return insertOrder(kept, { programId, redemptionId, storeId, partnerId, itemId, needsEmail }, now);
      },
    });
  },
  follow: followOrder,
  codesOf: ({ database, secrets }, programId, redemptions) =>
    givenDeliveries(database, secrets, programId, redemptions),
};
