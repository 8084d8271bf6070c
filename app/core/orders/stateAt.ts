import type { Instant } from '../values/instant';
import type { OrderSnapshot } from './snapshot';

/**
 * An order as it stood at a moment: refunds count from their own time, a full refund from its last refund, a
 * cancellation from `cancelled_at`. Voiding and payment carry no time of their own and count always; so do edits.
 */
export const stateAt = (order: OrderSnapshot, moment: Instant): OrderSnapshot => {
  const refunds = order.refunds.filter(({ at }) => at <= moment);
  const cancelled = order.cancelledAt !== null && order.cancelledAt <= moment;
  if (refunds.length === order.refunds.length && (cancelled || order.cancelledAt === null)) return order;
  const later = order.refunds.filter(({ at }) => at > moment);
  return {
    ...order,
    cancelledAt: cancelled ? order.cancelledAt : null,
    refunds,
    financialStatus: statusAt(order, refunds.length, later.length),
    lines: later.length === 0 ? order.lines : order.lines.map((line) => withUnitsBack(line, later)),
  };
};

const statusAt = (order: OrderSnapshot, refunds: number, later: number): OrderSnapshot['financialStatus'] => {
  const { financialStatus } = order;
  if (later === 0 || (financialStatus !== 'refunded' && financialStatus !== 'partially_refunded'))
    return financialStatus;
  return refunds === 0 ? 'paid' : 'partially_refunded';
};

const withUnitsBack = (
  line: OrderSnapshot['lines'][number],
  later: OrderSnapshot['refunds'],
): OrderSnapshot['lines'][number] => {
  const units = later.reduce(
    (sum, { lines }) => lines.reduce((all, one) => (one.lineId === line.lineId ? all + one.quantity : all), sum),
    0,
  );
  return units === 0 ? line : { ...line, currentQuantity: Math.min(line.quantity, line.currentQuantity + units) };
};
