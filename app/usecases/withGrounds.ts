import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Deps } from './deps';
import { readGrounds, type Readings } from './readGrounds';
import type { OrderMessage } from './settleOrders';

/** What a batch is settled by is older than what is in force: thrown under the locks, so that nothing is written. */
export class OlderVersion extends Error {
  constructor() {
    super('a version was published since the grounds were read');
  }
}

/** Versions were published one after the other, each before the members were locked. SQL's own "try again". */
export class PublishedAgain extends Error {
  readonly code = '40001';
  constructor() {
    super(`versions of the program were published ${attemptsMax} times while it was to be settled`);
  }
}

const attemptsMax = 5;

/**
 * Reads what is to be settled by, and settles; both anew where a version was published in between, before the members
 * were locked. Throws `PublishedAgain` when that happened too often.
 */
export const withGrounds = async <Answer>(
  deps: Pick<Deps, 'database' | 'programs' | 'platformOf'>,
  asked: { readonly programIds: readonly ProgramId[]; readonly messages?: readonly OrderMessage[] },
  now: Instant,
  settle: (readings: Readings) => Promise<Answer>,
): Promise<Answer> => {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const readings = await readGrounds(deps, asked.programIds, asked.messages ?? [], now);
    try {
      return await settle(readings);
    } catch (error) {
      if (!(error instanceof OlderVersion)) throw error;
    }
  }
  throw new PublishedAgain();
};
