import { entitlementOf, type Entitlement, type Place } from '../earning/entitlement';
import type { OrderContext } from '../earning/context';
import type { EarningDocument } from '../earning/section';
import type { OrderWhy, WorthNothing } from '../earning/why';
import type { OrderSnapshot } from '../orders/snapshot';
import { zeroPoints } from '../values/points';

/** An order that is worth nothing for a reason outside its state. */
export const worthNothing = (
  order: OrderSnapshot,
  programVersion: number | null,
  because: WorthNothing,
): Entitlement => ({
  points: zeroPoints,
  why: {
    v: 1,
    kind: 'order',
    order: order.name,
    programVersion,
    currency: order.currency,
    worth: 'nothing',
    because,
  } satisfies OrderWhy,
});

/** What nobody's order is worth: nothing, whatever its state. */
export const nobodysWorth = (worth: Entitlement, order: OrderSnapshot): Entitlement =>
  worth.why.worth === 'points' ? worthNothing(order, worth.why.programVersion, 'no_member') : worth;

/**
 * What an order is worth in the state it stands on and the context that was frozen with it. Without a
 * state to stand on it is not paid; without a context it is older than the program.
 */
export const orderWorth = (
  newest: OrderSnapshot,
  settled: OrderSnapshot | null,
  context: OrderContext | null,
  document: EarningDocument | null,
  place: Place,
): Entitlement => {
  if (settled === null) return worthNothing(newest, context?.programVersion ?? null, 'not_paid');
  if (context === null || document === null) return worthNothing(settled, null, 'before_program');
  return entitlementOf(settled, document, context, place);
};
