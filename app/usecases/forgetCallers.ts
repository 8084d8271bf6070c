import { forgetCallers as forget } from '~/db/callers';
import { instant, type Instant } from '~/core/values/instant';
import type { Deps } from './deps';

const keptMs = 600_000;

/** Forgets who called how often, of all who have not called for ten minutes: no limit lasts that long. */
export const forgetCallers = (deps: Pick<Deps, 'database'>, now: Instant): Promise<void> =>
  forget(deps.database.prisma, instant(now - keptMs));
