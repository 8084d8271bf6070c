import type { Instant } from '~/core/values/instant';
import { inTransaction } from '~/db/inTransaction';
import { deleteSessionsOf } from '~/db/sessions';
import { markUninstalled, storeByDomain } from '~/db/stores';
import type { Deps } from './deps';

/**
 * The merchant removed the app: its tokens are void and forgotten. The ledger stays until the platform asks for
 * erasure.
 */
export const uninstallShop = (deps: Pick<Deps, 'database'>, domain: string, now: Instant): Promise<void> =>
  inTransaction(deps.database, async (tx) => {
    await deleteSessionsOf(tx, domain);
    const store = await storeByDomain(tx, domain);
    if (store !== null) await markUninstalled(tx, store, now);
  });
