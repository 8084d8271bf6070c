import type { PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { isoDateOf, localDateOf } from '~/core/values/zone';
import type { PointNames } from '~/i18n/format';
import type { Database } from '~/db/database';
import { loadLedgers } from '~/db/ledger';
import { memberOfCustomer } from '~/db/identities';
import { postedToMember } from '~/db/orderLists';
import { currentProgram } from '~/db/programs';
import type { Store } from '~/db/stores';

/** What an order brought its buyer: points, and the local day (yyyy-mm-dd) from which they can be spent; null: now. */
export type OrderPoints = { readonly points: number; readonly availableOn: string | null; readonly names: PointNames };

/**
 * What one order of a customer brought; null when it is not known, is nobody's or somebody else's, or has brought
 * nothing (yet): a buyer who looks at once has to ask again.
 */
export const storefrontOrder = async (
  { prisma }: Pick<Database, 'prisma'>,
  { programId, storeId, timeZone }: Store,
  { customerId, orderId }: { readonly customerId: PlatformId; readonly orderId: PlatformId },
  now: Instant,
): Promise<OrderPoints | null> => {
  const memberId = await memberOfCustomer(prisma, programId, storeId, customerId);
  const program = await currentProgram(prisma, programId);
  if (memberId === null || program === null) return null;
  const points = await postedToMember(prisma, { programId, storeId, orderId }, memberId);
  if (points === null || points <= 0) return null;
  const [loaded] = await loadLedgers(prisma, [{ programId, memberId }]);
  const waiting = (loaded?.open.slices ?? []).filter(
    ({ originOrder, availableAt }) =>
      originOrder?.storeId === storeId && originOrder.orderId === orderId && availableAt > now,
  );
  const last = Math.max(...waiting.map(({ availableAt }) => availableAt));
  const availableOn = waiting.length === 0 ? null : isoDateOf(localDateOf(instant(last), timeZone));
  return { points, availableOn, names: program.document.names };
};
