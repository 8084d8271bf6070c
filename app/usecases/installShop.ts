import type { ProgramId, StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { inTransaction } from '~/db/inTransaction';
import { insertStore, markReinstalled, storeByDomain, type Store } from '~/db/stores';
import type { ShopAddress } from '~/platforms/module';
import { refOf, type Deps } from './deps';
import { publishProgramLater } from './effects/publishProgram';
import { askForReconciliation } from './reconcileStore';

/**
 * The store of a shop that opened the app: made, with a program of its own, the first time. A shop that comes back has
 * its program and members as they were, and its orders are compared at once with what became of them meanwhile. Throws
 * when the shop cannot be asked for its currency and time zone.
 */
export const installShop = async (deps: Deps, address: ShopAddress, now: Instant): Promise<Store> => {
  const known = await storeByDomain(deps.database.prisma, address);
  if (known !== null) return known.uninstalledAt === null ? known : reinstall(deps, known, now);
  const shop = await deps.platformOf(address).readShop();
  if (!shop.ok) throw new Error('The shop could not be read.');
  const store = {
    programId: deps.newId<ProgramId>(),
    storeId: deps.newId<StoreId>(),
    platform: address.platform,
    domain: address.domain,
    installedAt: now,
    ...shop.value,
  };
  return inTransaction(
    deps.database,
    async (tx) => {
      const meanwhile = await storeByDomain(tx, address);
      if (meanwhile !== null) return meanwhile;
      await insertStore(tx, store);
      return { ...store, uninstalledAt: null, publishedSummary: null };
    },
    ['23505', 'P2002'],
  );
};

const reinstall = async (deps: Deps, store: Store, now: Instant): Promise<Store> => {
  const isBack = await inTransaction(deps.database, async (tx) => {
    const wasAway = await markReinstalled(tx, store);
    if (wasAway) await deps.enqueue([publishProgramLater.of({ store: refOf(store) })], tx);
    return wasAway;
  });
  if (isBack) await askForReconciliation(deps, store, deps.newId(), now);
  return { ...store, uninstalledAt: null, publishedSummary: null };
};
