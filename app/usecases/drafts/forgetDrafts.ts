import { instant, type Instant } from '~/core/values/instant';
import { forgetReplacedBefore } from '~/db/drafts';
import type { Deps } from '../deps';

const keptMs = 30 * 86_400_000;

/** Drafts whose place another took are kept for 30 days. */
export const forgetDrafts = ({ database }: Pick<Deps, 'database'>, now: Instant): Promise<number> =>
  forgetReplacedBefore(database.prisma, instant(now - keptMs));
