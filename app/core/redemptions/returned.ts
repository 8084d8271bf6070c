import { refundedUnitsOf } from '../earning/basis';
import type { DiscountShare, OrderSnapshot } from '../orders/snapshot';
import { commonFractions, divideWhole, sumOf } from '../values/ratio';

/** How many of a redemption's points should have come back for an order in its present state, and why. */
export type ReturnTarget = {
  readonly points: number;
  readonly because: 'units' | 'whole_order';
  readonly discountBackMinor: number;
  readonly discountMinor: number;
};

const shareOf = (discounts: readonly DiscountShare[], code: string): number =>
  discounts.reduce((sum, share) => (share.code?.toUpperCase() === code ? sum + share.amountMinor : sum), 0);

/**
 * Points spent on an order come back in proportion to the code's discount on its refunded units; all of
 * them when the order is cancelled, voided or fully refunded. Money given back without units returns nothing.
 */
export const returnTarget = (order: OrderSnapshot, code: string, spent: number): ReturnTarget => {
  const upper = code.toUpperCase();
  const shares = order.lines.map((line) => ({
    quantity: line.quantity,
    refunded: Math.min(line.quantity, refundedUnitsOf(order, line.lineId)),
    minor: shareOf(line.discounts, upper),
  }));
  const discountMinor = shares.reduce((sum, share) => sum + share.minor, shareOf(order.shipping.discounts, upper));
  const whole =
    order.cancelledAt !== null || order.financialStatus === 'voided' || order.financialStatus === 'refunded';
  if (whole) return { points: spent, because: 'whole_order', discountBackMinor: discountMinor, discountMinor };
  const back = sumOf(
    commonFractions(shares.map((share) => ({ amount: share.minor, units: share.refunded, of: share.quantity }))),
  );
  if (discountMinor === 0) return { points: 0, because: 'units', discountBackMinor: 0, discountMinor };
  return {
    points: Number(
      divideWhole(BigInt(spent) * BigInt(back.minor), BigInt(discountMinor) * BigInt(back.per), 'nearest'),
    ),
    because: 'units',
    discountBackMinor: Number(divideWhole(BigInt(back.minor), BigInt(back.per), 'nearest')),
    discountMinor,
  };
};
