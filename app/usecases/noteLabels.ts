import { changesSince, labelFact } from '~/core/evaluation/labels';
import type { Instant } from '~/core/values/instant';
import { customerIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import type { LabelChange } from '~/platforms/message';
import type { Deps, StoreRef } from './deps';
import { addLabels } from './readLabels';
import { settleLabels } from './settleOrders';

/**
 * Notes a change of a customer's labels as a dated fact, and settles the member's orders whose context it touches
 * (rules §2.9). Doing it again changes nothing; changes may become known in any order.
 */
export const noteLabels = async (
  deps: Deps,
  store: StoreRef,
  { customerId, kind, labels, at }: LabelChange,
  now: Instant,
): Promise<void> => {
  const { programId, storeId } = store;
  let since: Instant | null = null;
  await addLabels(deps.database, [{ programId, storeId, customerId }], (_, known) => {
    const fact = labelFact(kind, labels, at);
    since = changesSince(known, fact);
    return fact;
  });
  const memberId = await memberOfIdentity(deps.database.prisma, customerIdentity(programId, storeId, customerId));
  if (memberId !== null) await settleLabels(deps, { programId, memberId, since }, now);
};
