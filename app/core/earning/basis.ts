import type { OrderLine, OrderSnapshot, ShippingCharge } from '../orders/snapshot';
import type { PlatformId } from '../values/ids';
import type { ProgramDocument } from '../program/document';

export type EarningRules = ProgramDocument['earning'];

/**
 * The units of one line that an order is evaluated on: those ever ordered less those edited away.
 * Refunded ones are among them; what they earned is taken back unit by unit. All units of a line are
 * alike, so amounts are kept for the whole line (`quantity` units) and never divided before the end.
 */
export type EarningLine = {
  /** null for shipping, which is one last unit of the order. */
  readonly lineId: PlatformId | null;
  readonly title: string;
  readonly quantity: number;
  readonly units: number;
  readonly refundedUnits: number;
  /** What earns: after all discounts, without included tax unless the program keeps it. 0 when excluded. */
  readonly basisMinor: number;
  /** What was paid for the line, tax included. */
  readonly paidMinor: number;
};

/** Units of a line that refunds list, all refunds together. */
export const refundedUnitsOf = (order: OrderSnapshot, lineId: PlatformId): number =>
  order.refunds.reduce((total, refund) => refund.lines.reduce((units, line) => (line.lineId === lineId ? units + line.quantity : units), total), 0);

/** The lines of an order in the order of their ids, with shipping as the last when it earns. */
export const earningLines = (order: OrderSnapshot, rules: EarningRules): readonly EarningLine[] => {
  const excluded = excludesOrder(order, rules);
  const lines = order.lines.map((line) => productLine(order, line, rules, excluded));
  return rules.includeShipping ? [...lines, shippingLine(order, rules, excluded)] : lines;
};

/** Channels and customer tags exclude a whole order, its shipping too. */
export const excludesOrder = (order: OrderSnapshot, { exclude }: EarningRules): boolean =>
  (order.channel !== null && exclude.channels.includes(order.channel)) || order.customerTags.some((tag) => exclude.customerTags.includes(tag));

const productLine = (order: OrderSnapshot, line: OrderLine, rules: EarningRules, orderExcluded: boolean): EarningLine => {
  const listed = refundedUnitsOf(order, line.lineId);
  const units = Math.min(line.quantity, line.currentQuantity + listed);
  return {
    lineId: line.lineId,
    title: line.title,
    quantity: line.quantity,
    units,
    refundedUnits: Math.min(units, listed),
    basisMinor: orderExcluded || excludesLine(line, rules) ? 0 : basisOf(line, order.taxesIncluded, rules),
    paidMinor: paidOf(line, order.taxesIncluded),
  };
};

const shippingLine = (order: OrderSnapshot, rules: EarningRules, orderExcluded: boolean): EarningLine => ({
  lineId: null,
  title: '',
  quantity: 1,
  units: 1,
  refundedUnits: 0, // refunded shipping is money, see `entitlement`
  basisMinor: orderExcluded ? 0 : basisOf(order.shipping, order.taxesIncluded, rules),
  paidMinor: paidOf(order.shipping, order.taxesIncluded),
});

const excludesLine = (line: OrderLine, { exclude }: EarningRules): boolean =>
  line.giftCard ||
  line.tip ||
  (line.productId !== null && exclude.productIds.includes(line.productId)) ||
  (line.vendor !== null && exclude.vendors.includes(line.vendor));

type Charge = Pick<ShippingCharge, 'listMinor' | 'discounts' | 'taxMinor'>;

const soldFor = (charge: Charge): number => charge.discounts.reduce((rest, { amountMinor }) => rest - amountMinor, charge.listMinor);

const basisOf = (charge: Charge, taxesIncluded: boolean, rules: EarningRules): number =>
  Math.max(0, soldFor(charge) - (taxesIncluded && !rules.includeTax ? charge.taxMinor : 0));

const paidOf = (charge: Charge, taxesIncluded: boolean): number => Math.max(0, soldFor(charge) + (taxesIncluded ? 0 : charge.taxMinor));
