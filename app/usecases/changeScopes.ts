import { updateScopes } from '~/db/sessions';
import type { Deps } from './deps';

/** The merchant granted or took back access scopes: what we remember of them follows. */
export const changeScopes = (deps: Pick<Deps, 'database'>, domain: string, scopes: readonly string[]): Promise<void> =>
  updateScopes(deps.database.prisma, domain, scopes.join(','));
