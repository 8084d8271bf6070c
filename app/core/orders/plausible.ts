import { isoOf, type Instant } from '../values/instant';
import type { OrderLine, OrderRefund, OrderSnapshot, ShippingCharge } from './snapshot';

/**
 * Before the first online shop, and longer than any rule looks ahead: the years in which an order can lie. Imports say
 * the same.
 */
const firstMs = Date.UTC(1990, 0, 1);
const lastMs = Date.UTC(2200, 0, 1);
/** Units of one line. */
const unitsMax = 1_000_000;
/** Minor units of everything an order lists together: 100 billion euros, 10 trillion yen. Sums of it stay exact. */
const minorMax = 10_000_000_000_000;
// A shop's clock may be ahead of ours, and a time zone may be mistaken; a day more is a mistake.
const aheadMaxMs = 86_400_000;

/**
 * Why an order makes no sense, in one sentence that names the part and holds nothing personal; null: it does.
 * Adjustments of refunds and refunded shipping have either sign, because the platform takes back what it gave back too
 * much.
 */
export const implausible = (order: OrderSnapshot): string | null =>
  implausibleMoment(order) ??
  implausibleLines(order.lines) ??
  implausibleCharge(order.shipping, 'shipping') ??
  implausibleRefunds(order.refunds) ??
  tooMuch(order);

/**
 * Whether an order has moments that are more than a day ahead of `now`: it would win over every later state until then.
 */
export const liesAhead = (order: OrderSnapshot, now: Instant): boolean =>
  momentsOf(order).some(([, moment]) => moment > now + aheadMaxMs);

const momentsOf = (order: OrderSnapshot): readonly (readonly [string, Instant])[] => [
  ['processed_at', order.instant],
  ['created_at', order.createdAt],
  ['updated_at', order.updatedAt],
  ...(order.cancelledAt === null ? [] : [['cancelled_at', order.cancelledAt] as const]),
  ...order.refunds.map(({ at }) => ['refunds.processed_at', at] as const),
];

const implausibleMoment = (order: OrderSnapshot): string | null => {
  const wrong = momentsOf(order).find(([, moment]) => !(moment >= firstMs && moment < lastMs));
  if (wrong === undefined) return null;
  const [field, moment] = wrong;
  return Number.isNaN(moment)
    ? `The order's field "${field}" is not a point in time.`
    : `The order's field "${field}" lies in an impossible year: ${isoOf(moment)}.`;
};

const implausibleLines = (lines: readonly OrderLine[]): string | null => {
  const seen = new Set<string>();
  for (const line of lines) {
    if (seen.has(line.lineId)) return `The order lists the line ${line.lineId} twice.`;
    seen.add(line.lineId);
    const wrong =
      implausibleUnits(line.quantity, line.lineId) ??
      implausibleUnits(line.currentQuantity, line.lineId) ??
      implausibleCharge(line, `line ${line.lineId}`);
    if (wrong !== null) return wrong;
  }
  return null;
};

const implausibleUnits = (units: number, lineId: string): string | null =>
  units >= 0 && units <= unitsMax ? null : `The order's line ${lineId} has an impossible number of units: ${units}.`;

const implausibleCharge = (
  { listMinor, discounts, taxMinor }: Pick<ShippingCharge, 'listMinor' | 'discounts' | 'taxMinor'>,
  of: string,
): string | null => {
  if (listMinor < 0) return `The order's ${of} has a negative price.`;
  if (discounts.some(({ amountMinor }) => amountMinor < 0)) return `The order's ${of} has a negative discount.`;
  return taxMinor < 0 ? `The order's ${of} has a negative tax.` : null;
};

const implausibleRefunds = (refunds: readonly OrderRefund[]): string | null => {
  for (const { refundId, lines } of refunds) {
    for (const { lineId, quantity, subtotalMinor, taxMinor } of lines) {
      const wrong = implausibleUnits(quantity, lineId);
      if (wrong !== null) return wrong;
      if (subtotalMinor < 0 || taxMinor < 0)
        return `The order's refund ${refundId} gives back a negative amount for the line ${lineId}.`;
    }
  }
  return null;
};

const tooMuch = (order: OrderSnapshot): string | null => {
  const charged = [...order.lines, order.shipping].flatMap(({ listMinor, discounts, taxMinor }) => [
    listMinor,
    taxMinor,
    ...discounts.map(({ amountMinor }) => amountMinor),
  ]);
  const back = order.refunds.flatMap(({ lines, shippingMinor, shippingTaxMinor, adjustmentMinor }) => [
    ...lines.flatMap(({ subtotalMinor, taxMinor }) => [subtotalMinor, taxMinor]),
    shippingMinor,
    shippingTaxMinor,
    adjustmentMinor,
  ]);
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + Math.abs(amount), 0);
  return sum(charged) <= minorMax && sum(back) <= minorMax
    ? null
    : 'The order is about more money than can be counted.';
};
