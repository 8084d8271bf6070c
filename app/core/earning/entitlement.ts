import type { OrderContext } from '../orders/context';
import { orderOwner } from '../orders/owner';
import type { OrderSnapshot } from '../orders/snapshot';
import type { ProgramDocument } from '../program/document';
import { points, zeroPoints, type Points } from '../values/points';
import { commonFractions, mulDiv, times } from '../values/ratio';
import { localClockOf, type LocalClock } from '../values/zone';
import { allocate, shareOfFirst, type Share } from './allocate';
import { earningLines, excludesOrder, type EarningLine } from './basis';
import { bonusesOf, oneTimes, plainTimes, type Bonuses } from './bonuses';
import { capped } from './caps';
import { readyEarning } from './compile';
import type { OccasionFacts } from './conditions/condition';
import type { BonusWhy, LineWhy, OrderWhy, WorthNothing } from './explanation';
import { grossPoints } from './gross';

/** What an order is worth in its present state, and why. */
export type Entitlement = { readonly points: Points; readonly why: OrderWhy };

/** Where an order was placed: rules may name stores, days and hours are the store's. */
export type Place = { readonly storeId: string; readonly zone: string };

/**
 * The points an order is worth in its present state, by the program and the context that applied at it: a function
 * of the state alone, never of the messages that led to it (rules §2). Refunds take the shares of their units
 * first, then money given back without units takes its proportion of what is left.
 */
export const entitlementOf = (order: OrderSnapshot, document: ProgramDocument, context: OrderContext, place: Place): Entitlement => {
  const rules = document.earning;
  const rate = rules.rates.find((candidate) => candidate.currency === order.currency);
  const base = { v: 1 as const, kind: 'order' as const, order: order.name, programVersion: context.programVersion, currency: order.currency };
  const because = worthNothing(order, document, rate !== undefined);
  if (because !== null || rate === undefined) {
    return { points: zeroPoints, why: { ...base, worth: 'nothing', because: because ?? 'no_rate' } };
  }
  const lines = earningLines(order, document, context);
  const { numerators, denominator } = basisOfLines(lines);
  const basis = { minor: numerators.reduce((sum, part) => sum + part, 0), per: denominator };
  const bonuses = bonusesOf(readyEarning(document), lines, numerators, occasionOf(order, document, context, place, basis));
  const gross = grossPoints(numerators, denominator, rate, bonuses, rules.rounding);
  const limited = capped(gross.total, rules.caps, context.used);
  const shares = allocate(
    limited.points,
    lines.map(({ units }, index) => ({ units, weight: gross.weights[index] ?? 0 })),
  );
  const refund = afterRefunds(order, lines, shares, rules.includeShipping);
  return {
    points: points(refund.points),
    why: {
      ...base,
      worth: 'points',
      rate: { points: rate.points, amountMinor: rate.amountMinor },
      rounding: rules.rounding,
      basis,
      ...bonusesWhy(bonuses),
      ...(limited.why.length === 0 ? {} : { uncapped: gross.total, caps: limited.why }),
      total: limited.points,
      lines: lines.map((line, index) => lineWhy(line, shares[index], bonuses.times[index])),
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
  return excludesOrder(order, document) ? 'excluded' : null;
};

// Lines with units edited away hold a fraction of their amount.
const basisOfLines = (lines: readonly EarningLine[]) =>
  commonFractions(lines.map((line) => ({ amount: line.basisMinor, units: line.units, of: line.quantity })));

const occasionOf = (order: OrderSnapshot, document: ProgramDocument, context: OrderContext, place: Place, basis: OccasionFacts['basis']): OccasionFacts => {
  let clock: LocalClock | null = null;
  return {
    storeId: place.storeId,
    channel: order.channel,
    currency: order.currency,
    basis,
    tier: context.tier ?? null,
    segments: segmentsOf(order, document),
    orderNumber: context.orderNumber ?? 1,
    clock: () => (clock ??= localClockOf(order.instant, place.zone)),
  };
};

const noSegments: readonly string[] = [];

const segmentsOf = (order: OrderSnapshot, { segments }: ProgramDocument): readonly string[] => {
  if (segments.length === 0) return noSegments;
  const tags = new Set(order.customerTags.map((tag) => tag.trim().toLowerCase()));
  return segments.filter(({ customerTags }) => customerTags.some((tag) => tags.has(tag.trim().toLowerCase()))).map(({ id }) => id);
};

const bonusesWhy = ({ times: multiplied, fixed }: Bonuses): { readonly bonuses?: readonly BonusWhy[] } => {
  const rules = new Set(multiplied.flatMap((line) => [...(line.exclusive === null ? [] : [line.exclusive]), ...line.additive]));
  for (const { rule } of fixed) rules.add(rule);
  if (rules.size === 0) return {};
  return { bonuses: [...rules].map(({ id, name, stacking, effect }) => ({ id, name, stacking, effect })) };
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
export const moneyBack = (order: OrderSnapshot, shippingEarns: boolean): number => {
  const adjusted = order.refunds.reduce((sum, refund) => sum + refund.adjustmentMinor, 0);
  const shipping = order.refunds.reduce((sum, refund) => sum + refund.shippingMinor + (order.taxesIncluded ? 0 : refund.shippingTaxMinor), 0);
  return Math.max(0, -adjusted) + (shippingEarns ? Math.max(0, shipping) : 0);
};

/** Money paid for the earning units that are left, tax included, as a fraction. */
export const moneyLeft = (lines: readonly EarningLine[]): { readonly minor: number; readonly per: number } => {
  const earning = lines.filter((line) => line.basisMinor > 0);
  const { numerators, denominator } = commonFractions(
    earning.map((line) => ({ amount: line.paidMinor, units: line.units - line.refundedUnits, of: line.quantity })),
  );
  return { minor: numerators.reduce((sum, part) => sum + part, 0), per: denominator };
};

const lineWhy = (line: EarningLine, share: Share | undefined, multiplied = plainTimes): LineWhy => ({
  lineId: line.lineId,
  title: line.title,
  units: line.units,
  refundedUnits: line.refundedUnits,
  basisMinor: line.basisMinor,
  of: line.quantity,
  points: share === undefined ? 0 : shareOfFirst(share, line.units),
  ...(multiplied.basisPoints === oneTimes
    ? {}
    : {
        times: {
          basisPoints: multiplied.basisPoints,
          exclusive: multiplied.exclusive?.id ?? null,
          additive: multiplied.additive.map(({ id }) => id),
        },
      }),
});
