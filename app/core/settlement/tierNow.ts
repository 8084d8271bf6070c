import { deriveHistory } from '../evaluation/history';
import { startPast } from '../evaluation/past';
import type { Instant } from '../values/instant';
import type { Grounds } from './grounds';
import type { MemberHistory } from './records';
import { inHistory } from './derive';
import { knownOrder } from './see';

/**
 * The tier that a member would have now by the versions in the grounds; it decides nothing. Takes all facts of the
 * history: a checkpoint stands on the tiers as they are.
 */
export const tierNow = (history: MemberHistory, grounds: Grounds, now: Instant): string | null => {
  const versions = grounds.versions.get(history.programId) ?? [];
  const past = startPast(versions, history.overrides);
  const orders = history.orders.map((record) => inHistory(knownOrder(record, grounds, now), record.context !== null));
  deriveHistory(orders, versions, past, now, history.remembered);
  return past.advance(now);
};
