import { compareIds, type PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { PastOrder, Platform } from '../platform';
import type { MemoryShop } from './shop';

/** A place is behind an order: when it was placed, and its id. */
type Place = { readonly instant: Instant; readonly orderId: PlatformId };

const wordOf = ({ instant, orderId }: Place): string => `${instant} ${orderId}`;
const isBehind = (place: Place, word: string | null): boolean => {
  if (word === null) return true;
  const [instant = '', orderId = ''] = word.split(' ');
  return (
    place.instant - Number(instant) > 0 || (place.instant === Number(instant) && compareIds(place.orderId, orderId) > 0)
  );
};
// Before all orders.
const beginning = '-Infinity -';

/** The orders of a shop in memory by the moments at which they were placed. */
export async function* pastOrdersOf(
  shop: Omit<MemoryShop, keyof Platform>,
  since: Instant | null,
  resume: string | null,
): AsyncIterable<PastOrder> {
  await Promise.resolve();
  if (shop.failure !== null) {
    const failure =
      shop.failure.kind === 'lost' ? { kind: 'unavailable' as const, reason: 'the answer was lost' } : shop.failure;
    return yield { kind: 'failed', failure };
  }
  const all = shop.orders
    .all()
    .map(({ state }) => state)
    .filter(({ instant }) => since === null || instant >= since)
    .sort((a, b) => a.instant - b.instant || compareIds(a.orderId, b.orderId));
  yield { kind: 'found', orders: all.length };
  if (shop.walksToWait > 0) {
    shop.walksToWait -= 1;
    return yield { kind: 'wait', seconds: 0, resume: resume ?? beginning };
  }
  for (const order of all.filter((one) => isBehind(one, resume))) {
    if (shop.ordersToBreak === 0) {
      shop.ordersToBreak = null;
      return yield { kind: 'failed', failure: { kind: 'unavailable', reason: 'the connection broke' } };
    }
    if (shop.ordersToBreak !== null) shop.ordersToBreak -= 1;
    const sentence = shop.unreadable.get(order.orderId);
    yield sentence === undefined
      ? { kind: 'order', order, resume: wordOf(order) }
      : { kind: 'unreadable', orderId: order.orderId, reason: sentence, resume: wordOf(order) };
  }
}
