import type { OrderSnapshot } from './snapshot';

/** What the figures make of an order. */
export type OrderStatus = 'counted' | 'refunded' | 'cancelled' | 'test' | 'unpaid';

export const statusOf = (order: OrderSnapshot | null): OrderStatus => {
  if (order === null) return 'unpaid';
  if (order.test) return 'test';
  if (order.cancelledAt !== null || order.financialStatus === 'voided') return 'cancelled';
  if (order.financialStatus === 'refunded') return 'refunded';
  return order.financialStatus === 'paid' || order.financialStatus === 'partially_refunded' ? 'counted' : 'unpaid';
};

/** Money paid for an order and not given back, shipping and tax included, in minor units; 0 unless it counts. */
export const keptMoney = (order: OrderSnapshot | null): number => {
  if (order === null || statusOf(order) !== 'counted') return 0;
  const withTax = (amount: number, tax: number): number => amount + (order.taxesIncluded ? 0 : tax);
  const paid = [...order.lines, order.shipping].reduce(
    (sum, charge) =>
      sum +
      withTax(
        charge.discounts.reduce((rest, { amountMinor }) => rest - amountMinor, charge.listMinor),
        charge.taxMinor,
      ),
    0,
  );
  const back = order.refunds.reduce(
    (sum, refund) =>
      sum +
      refund.lines.reduce((lines, line) => lines + withTax(line.subtotalMinor, line.taxMinor), 0) +
      withTax(refund.shippingMinor, refund.shippingTaxMinor) -
      refund.adjustmentMinor,
    0,
  );
  return Math.max(0, paid - back);
};
