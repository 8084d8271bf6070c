import { z } from 'zod';
import type { Instant } from '~/core/values/instant';
import type { ShopAddress } from '~/platforms/module';
import { changeScopes } from './changeScopes';
import type { Deps } from './deps';
import { uninstallShop } from './uninstallShop';

const scopesSchema = z.object({ current: z.array(z.string()) });

/**
 * The app's own life in a shop: removed, or its access scopes changed. Answers why the message cannot be read; null: it
 * is done.
 */
export const followApp = async (
  deps: Pick<Deps, 'database'>,
  address: ShopAddress,
  topic: string,
  payload: unknown,
  now: Instant,
): Promise<string | null> => {
  if (topic === 'app/uninstalled') {
    await uninstallShop(deps, address, now);
    return null;
  }
  const scopes = scopesSchema.safeParse(payload);
  if (!scopes.success) return 'The message does not list the current scopes.';
  await changeScopes(deps, address.domain, scopes.data.current);
  return null;
};
