import { memberBalance } from '~/core/storefront/memberSummary';
import type { MemberBalance } from '~/core/storefront/summary';
import { ledgerAt } from '~/core/ledger/repay';
import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Database } from '~/db/database';
import { loadLedgers } from '~/db/ledger';
import { memberOfCustomer } from '~/db/identities';
import { openRedemptionsOf } from '~/db/redemptions';
import type { Store } from '~/db/stores';

const nothing: MemberBalance = {
  v: 1,
  available: 0,
  pending: 0,
  debt: 0,
  expiring: null,
  returning: null,
  codes: [],
};

/**
 * What a signed-in customer has at this moment, codes of this store included; zero for someone who is no member yet.
 */
export const storefrontBalance = async (
  { prisma }: Pick<Database, 'prisma'>,
  store: Store,
  customerId: PlatformId,
  now: Instant,
): Promise<MemberBalance> => {
  const { programId, storeId } = store;
  const memberId = await memberOfCustomer(prisma, programId, storeId, customerId);
  if (memberId === null) return nothing;
  const [loaded] = await loadLedgers(prisma, [{ programId, memberId }]);
  if (loaded === undefined) return nothing;
  const codes = await openRedemptionsOf(prisma, programId, memberId);
  const open = ledgerAt(loaded.open, now);
  const own = codes.filter((code) => code.storeId === storeId);
  return memberBalance(open, own, store, now);
};
