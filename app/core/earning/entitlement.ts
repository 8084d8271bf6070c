import { orderOwner } from '../orders/owner';
import type { OrderSnapshot } from '../orders/snapshot';
import type { ProgramDocument } from '../program/document';
import { points, zeroPoints, type Points } from '../values/points';
import { commonFractions, mulDiv, times } from '../values/ratio';
import { allocate, shareOfFirst, type Share, type Weighted } from './allocate';
import { earningLines, excludesOrder, type EarningLine } from './basis';
import type { LineWhy, OrderWhy, WorthNothing } from './explanation';

/** What an order is worth in its present state, and why. */
export type Entitlement = { readonly points: Points; readonly why: OrderWhy };

/**
 * The points an order is worth in its present state under one version of the program: a function of the
 * state alone, never of the messages that led to it (rules §2). Refunds take the shares of their units
 * first, then money given back without units takes its proportion of what is left.
 */
export const entitlementOf = (order: OrderSnapshot, document: ProgramDocument, programVersion: number): Entitlement => {
  const rules = document.earning;
  const rate = rules.rates.find((candidate) => candidate.currency === order.currency);
  const base = { v: 1 as const, kind: 'order' as const, order: order.name, programVersion, currency: order.currency };
  const nothing = worthNothing(order, document, rate !== undefined);
  if (nothing !== null || rate === undefined) {
    return { points: zeroPoints, why: { ...base, worth: 'nothing', because: nothing ?? 'no_rate' } };
  }
  const lines = earningLines(order, rules);
  const scaled = scale(lines);
  const weight = scaled.weights.reduce((sum, line) => sum + line.weight, 0);
  const total = mulDiv(weight, rate.points, times(rate.amountMinor, scaled.denominator), rules.rounding);
  const shares = allocate(total, scaled.weights);
  const refund = afterRefunds(order, lines, shares, rules.includeShipping);
  return {
    points: points(refund.points),
    why: {
      ...base,
      worth: 'points',
      rate: { points: rate.points, amountMinor: rate.amountMinor },
      rounding: rules.rounding,
      basis: { minor: weight, per: scaled.denominator },
      total,
      lines: lines.map((line, index) => lineWhy(line, shares[index])),
      refund: refund.why,
      entitlement: refund.points,
    },
  };
};

/** Why an order is worth nothing as a whole; null when its lines decide. */
const worthNothing = (order: OrderSnapshot, document: ProgramDocument, hasRate: boolean): WorthNothing | null => {
  const paid = order.financialStatus === 'paid' || order.financialStatus === 'partially_refunded';
  if (order.test) return 'test';
  if (order.cancelledAt !== null) return 'cancelled';
  if (order.financialStatus === 'voided') return 'voided';
  if (order.financialStatus === 'refunded') return 'refunded';
  if (orderOwner(order) === null) return 'no_member';
  if (!paid) return 'not_paid';
  if (document.earning.awardMoment === 'fulfilled' && order.fulfillmentStatus !== 'fulfilled') return 'not_fulfilled';
  if (!hasRate) return 'no_rate';
  return excludesOrder(order, document.earning) ? 'excluded' : null;
};

// Lines with units edited away hold a fraction of their amount.
const scale = (lines: readonly EarningLine[]): { readonly weights: readonly Weighted[]; readonly denominator: number } => {
  const { numerators, denominator } = commonFractions(lines.map((line) => ({ amount: line.basisMinor, units: line.units, of: line.quantity })));
  return { weights: lines.map((line, index) => ({ units: line.units, weight: numerators[index] ?? 0 })), denominator };
};

const afterRefunds = (
  order: OrderSnapshot,
  lines: readonly EarningLine[],
  shares: readonly Share[],
  shippingEarns: boolean,
): { readonly points: number; readonly why: Extract<OrderWhy, { worth: 'points' }>['refund'] } => {
  const left = lines.reduce((sum, line, index) => sum + shareLeft(line, shares[index]), 0);
  if (order.refunds.length === 0) return { points: left, why: null };
  const back = moneyBack(order, shippingEarns);
  if (back === 0) return { points: left, why: { unitsLeft: left, moneyBackMinor: 0, moneyLeft: null } };
  const paid = moneyLeft(lines);
  const kept = Math.max(0, paid.minor - times(back, paid.per));
  const worth = paid.minor === 0 ? 0 : mulDiv(left, kept, paid.minor, 'nearest');
  return { points: worth, why: { unitsLeft: left, moneyBackMinor: back, moneyLeft: paid } };
};

const shareLeft = (line: EarningLine, share: Share | undefined): number => (share === undefined ? 0 : shareOfFirst(share, line.units - line.refundedUnits));

/** Money given back without units, netted over all refunds; refunded shipping counts when shipping earns. */
const moneyBack = (order: OrderSnapshot, shippingEarns: boolean): number => {
  const adjusted = order.refunds.reduce((sum, refund) => sum + refund.adjustmentMinor, 0);
  const shipping = order.refunds.reduce((sum, refund) => sum + refund.shippingMinor + (order.taxesIncluded ? 0 : refund.shippingTaxMinor), 0);
  return Math.max(0, -adjusted) + (shippingEarns ? Math.max(0, shipping) : 0);
};

/** Money paid for the earning units that are left, tax included, as a fraction. */
const moneyLeft = (lines: readonly EarningLine[]): { readonly minor: number; readonly per: number } => {
  const earning = lines.filter((line) => line.basisMinor > 0);
  const { numerators, denominator } = commonFractions(
    earning.map((line) => ({ amount: line.paidMinor, units: line.units - line.refundedUnits, of: line.quantity })),
  );
  return { minor: numerators.reduce((sum, part) => sum + part, 0), per: denominator };
};

const lineWhy = (line: EarningLine, share: Share | undefined): LineWhy => ({
  lineId: line.lineId,
  title: line.title,
  units: line.units,
  refundedUnits: line.refundedUnits,
  basisMinor: line.basisMinor,
  of: line.quantity,
  points: share === undefined ? 0 : shareOfFirst(share, line.units),
});
