import { ok } from '~/core/values/result';
import type { Giver } from '~/usecases/giver';
import { insertFulfilment } from '../db/fulfilments';

/** An experience is put on staff's list with what the member answered. How many there are its reward's stock says. */
export const giveExperience: Giver = {
  grant: 'experience',
  reserve: (_, { redemption, answer }, now) => {
    const { programId, id: redemptionId, storeId, grant } = redemption;
    const asked = grant.kind === 'experience' && grant.question !== null ? (answer?.trim() ?? null) : null;
    return Promise.resolve(
      ok({ keep: (tx) => insertFulfilment(tx, { programId, redemptionId, storeId, answer: asked }, now) }),
    );
  },
};
