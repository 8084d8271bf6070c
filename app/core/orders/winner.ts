import { canonicalJson } from '../values/canonicalJson';
import type { FinancialStatus, FulfillmentStatus, OrderRefund, OrderSnapshot } from './snapshot';

const payment: Readonly<Record<FinancialStatus, number>> = {
  pending: 0,
  authorized: 1,
  partially_paid: 2,
  paid: 3,
  partially_refunded: 4,
  refunded: 5,
  voided: 6,
};
const fulfilment: Readonly<Record<FulfillmentStatus, number>> = { none: 0, partial: 1, fulfilled: 2 };

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

const namesCustomer = (order: OrderSnapshot): number => Number(order.customerId !== null);
const isOver = (order: OrderSnapshot): number =>
  Number(order.cancelledAt !== null || order.financialStatus === 'voided');
const refundedUnits = (order: OrderSnapshot): number =>
  sum(order.refunds, ({ lines }) => sum(lines, (line) => line.quantity));

const refundedMoney = (order: OrderSnapshot): number => {
  const tax = (amount: number): number => (order.taxesIncluded ? 0 : amount);
  const ofRefund = (refund: OrderRefund): number =>
    sum(refund.lines, (line) => line.subtotalMinor + tax(line.taxMinor)) +
    refund.shippingMinor +
    tax(refund.shippingTaxMinor) -
    refund.adjustmentMinor;
  return sum(order.refunds, ofRefund);
};

// Each says how far an order has come; the first that differs decides. Orders only ever move one way in each. Who names
// a customer knows more than who names none.
const measures: readonly ((order: OrderSnapshot) => number)[] = [
  (order) => order.updatedAt,
  namesCustomer,
  isOver,
  refundedUnits,
  refundedMoney,
  (order) => order.refunds.length,
  (order) => fulfilment[order.fulfillmentStatus],
  (order) => payment[order.financialStatus],
  (order) => sum(order.lines, (line) => line.quantity),
  (order) => -sum(order.lines, (line) => line.currentQuantity),
];

/**
 * Which of two snapshots of one order is the newer state. A total order, so that any permutation of any
 * messages ends with the same snapshot: `updated_at` has seconds only and ties are common.
 */
export const newerSnapshot = (a: OrderSnapshot, b: OrderSnapshot): OrderSnapshot => {
  for (const measure of measures) {
    const difference = measure(a) - measure(b);
    if (difference !== 0) return difference > 0 ? a : b;
  }
  return canonicalJson(a) >= canonicalJson(b) ? a : b;
};

/** Whether an order can stand on this snapshot: `partially_paid` ones are kept but not settled, unless cancelled. */
export const isSettleable = (order: OrderSnapshot): boolean =>
  order.financialStatus !== 'partially_paid' || order.cancelledAt !== null;

/**
 * What is kept of an order: its newest snapshot, the newest it can stand on (null while there is none), and the one
 * that says whose it is: a state that names no customer leaves an order where it was (rules §2.10).
 */
export type KeptSnapshots = {
  readonly newest: OrderSnapshot;
  readonly settled: OrderSnapshot | null;
  readonly owned: OrderSnapshot;
};

/** The state in which an order is judged: the newest it can stand on; before there is one, the newest. */
export const standsOn = ({ newest, settled }: Pick<KeptSnapshots, 'newest' | 'settled'>): OrderSnapshot =>
  settled ?? newest;

// By how much a state says whose the order is: nothing at all, then what it can stand on before what it cannot, a
// customer before an address.
const ownerRank = (order: OrderSnapshot): number => {
  const named = order.customerId !== null ? 2 : order.emailHash === null ? 0 : 1;
  return named === 0 ? 0 : named + (isSettleable(order) ? 3 : 0);
};

// The newest that names a customer; while none does, the oldest that names an address: no state without a customer
// moves an order.
const betterOwned = (a: OrderSnapshot, b: OrderSnapshot): OrderSnapshot => {
  const difference = ownerRank(a) - ownerRank(b);
  if (difference !== 0) return difference > 0 ? a : b;
  const newer = newerSnapshot(a, b);
  if (a.customerId !== null) return newer;
  return newer === a ? b : a;
};

/** Adds one snapshot to what is kept. The order in which snapshots are added does not matter. */
export const keepSnapshot = (kept: KeptSnapshots | null, incoming: OrderSnapshot): KeptSnapshots => {
  const settleable = isSettleable(incoming) ? incoming : null;
  if (kept === null) return { newest: incoming, settled: settleable, owned: incoming };
  const newest = newerSnapshot(kept.newest, incoming);
  const owned = betterOwned(kept.owned, incoming);
  if (settleable === null) return { newest, settled: kept.settled, owned };
  return { newest, settled: kept.settled === null ? settleable : newerSnapshot(kept.settled, settleable), owned };
};
