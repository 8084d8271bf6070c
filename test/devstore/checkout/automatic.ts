import type { AutomaticShipping, Customer, Devstore } from '../process/state';
import { subtotalOf, type CartLine } from './cart';

const belongs = (store: Devstore, segmentId: number, { tags }: Customer): boolean => {
  const tag = /^customer_tags CONTAINS '([^']+)'$/.exec(store.segments.get(segmentId)?.query ?? '')?.[1];
  return tag !== undefined && tags.includes(tag);
};

/** The automatic discount that makes a shipping rate free for these lines and this customer; null: there is none. */
export const automaticShipping = (
  store: Devstore,
  customer: Customer | null,
  lines: readonly CartLine[],
  rateMinor: number,
): AutomaticShipping | null => {
  // Nobody who is not signed in belongs to a segment.
  if (customer === null || rateMinor === 0) return null;
  return (
    [...store.automatics.values()].find(
      ({ segmentIds, minimumMinor, maxRateMinor }) =>
        segmentIds.some((id) => belongs(store, id, customer)) &&
        (minimumMinor === null || subtotalOf(lines) >= minimumMinor) &&
        (maxRateMinor === null || rateMinor <= maxRateMinor),
    ) ?? null
  );
};
