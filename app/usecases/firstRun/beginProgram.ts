import { firstDocument, type FirstRun } from '~/core/program/firstRun';
import type { Instant } from '~/core/values/instant';
import type { Result } from '~/core/values/result';
import { localClockOf } from '~/core/values/zone';
import { writeFirstRun } from '~/db/firstRuns';
import type { Store } from '~/db/stores';
import type { Deps } from '../deps';
import { publishProgram, type DocumentRefusal } from '../publishProgram';

/**
 * Publishes the first version of a store's program, from a template and the merchant's words. The same again is one
 * version; refused when another one was published meanwhile, or a word is missing.
 */
export const beginProgram = async (
  deps: Deps,
  store: Store,
  choices: FirstRun,
  by: string,
  now: Instant,
): Promise<Result<{ readonly version: number }, DocumentRefusal>> => {
  const { programId, currency, timeZone } = store;
  const document = firstDocument(choices, { currency, timeZone, today: localClockOf(now, timeZone).isoDate });
  const published = await publishProgram(deps, programId, { document, basedOn: null, by }, now);
  if (published.ok) await writeFirstRun(deps.database.prisma, programId, null);
  return published;
};
