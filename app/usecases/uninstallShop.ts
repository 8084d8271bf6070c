import type { Instant } from '~/core/values/instant';
import { inTransaction } from '~/db/inTransaction';
import { deleteSessionsOf } from '~/db/sessions';
import { markUninstalled, storeByDomain } from '~/db/stores';
import type { ShopAddress } from '~/platforms/module';
import type { Deps } from './deps';

/**
 * The merchant removed the app: its tokens are void and forgotten. The ledger stays until the platform asks for
 * erasure.
 */
export const uninstallShop = (deps: Pick<Deps, 'database'>, address: ShopAddress, now: Instant): Promise<void> =>
  inTransaction(deps.database, async (tx) => {
    await deleteSessionsOf(tx, address.domain);
    const store = await storeByDomain(tx, address);
    if (store !== null) await markUninstalled(tx, store, now);
  });
