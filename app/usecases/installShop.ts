import type { ProgramId, StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { inTransaction } from '~/db/inTransaction';
import { insertStore, storeByDomain, type Store } from '~/db/stores';
import type { Platform } from '~/platforms/platform';
import type { Deps } from './deps';

/**
 * The store of a shop that opened the app: made, with a program of its own, the first time. Throws when the
 * shop cannot be asked for its currency and time zone.
 */
export const installShop = async (deps: Deps, domain: string, platform: Platform, now: Instant): Promise<Store> => {
  const known = await storeByDomain(deps.database.prisma, domain);
  if (known !== null) return known;
  const shop = await platform.readShop();
  if (!shop.ok) throw new Error('The shop could not be read.');
  const store = {
    programId: deps.newId<ProgramId>(),
    storeId: deps.newId<StoreId>(),
    domain,
    installedAt: now,
    ...shop.value,
  };
  return inTransaction(
    deps.database,
    async (tx) => {
      const meanwhile = await storeByDomain(tx, domain);
      if (meanwhile !== null) return meanwhile;
      await insertStore(tx, store);
      return { ...store, publishedSummary: null };
    },
    ['23505', 'P2002'],
  );
};
