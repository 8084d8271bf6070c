import { instant, type Instant } from '~/core/values/instant';
import type { Deps } from '~/usecases/deps';
import { eraseAnswers } from '../db/fulfilments';

const keptMs = 90 * 86_400_000;

/** Erases what members answered more than 90 days ago. Answers how many. */
export const forgetAnswers = ({ database }: Pick<Deps, 'database'>, now: Instant): Promise<number> =>
  eraseAnswers(database.prisma, instant(now - keptMs));
