import type { OrderLine, OrderSnapshot, ShippingCharge } from '../orders/snapshot';
import type { PlatformId } from '../values/ids';
import { readyEarning, type ReadyEarning } from './compile';
import { fold, type LineFacts } from './conditions/condition';
import type { OrderContext } from './context';
import type { EarningDocument, EarningRules } from './section';

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
  /** What rules may ask of the line; null for shipping, and where no rule asks. */
  readonly facts: LineFacts | null;
};

/** Units of a line that refunds list, all refunds together. */
export const refundedUnitsOf = (order: OrderSnapshot, lineId: PlatformId): number =>
  order.refunds.reduce(
    (total, refund) =>
      refund.lines.reduce((units, line) => (line.lineId === lineId ? units + line.quantity : units), total),
    0,
  );

/** The lines of an order in the order of their ids, with shipping as the last when it earns. */
export const earningLines = (
  order: OrderSnapshot,
  document: EarningDocument,
  context: Pick<OrderContext, 'lines'>,
): readonly EarningLine[] => {
  const { earning } = document;
  const ready = readyEarning(document);
  const asked = ready.excludes !== null || ready.byKey.size > 0;
  const lines = order.lines.map((line) => {
    const facts = asked ? factsOf(line, context) : null;
    return productLine(order, line, facts, earning, excludesLine(line, facts, earning, ready, context));
  });
  return earning.includeShipping ? [...lines, shippingLine(order, earning)] : lines;
};

/** Channels and labels of the member exclude a whole order, its shipping too. */
export const excludesOrder = (
  order: OrderSnapshot,
  document: EarningDocument,
  { labels }: Pick<OrderContext, 'labels'>,
): boolean => readyEarning(document).excludesOrder(order.channel, labels ?? nothing);

const productLine = (
  order: OrderSnapshot,
  line: OrderLine,
  facts: LineFacts | null,
  rules: EarningRules,
  isExcluded: boolean,
): EarningLine => {
  const listed = order.refunds.length === 0 ? 0 : refundedUnitsOf(order, line.lineId);
  const units = Math.min(line.quantity, line.currentQuantity + listed);
  return {
    lineId: line.lineId,
    title: line.title,
    quantity: line.quantity,
    units,
    refundedUnits: Math.min(units, listed),
    basisMinor: isExcluded ? 0 : basisOf(line, order.taxesIncluded, rules),
    paidMinor: paidOf(line, order.taxesIncluded),
    facts,
  };
};

const nothing: readonly string[] = [];

// A shop has few vendors, types and tags, and they come with every line.
const foldings = new Map<string, string>();
const foldingsMax = 10_000;

const foldedOnce = (text: string): string => {
  const known = foldings.get(text);
  if (known !== undefined) return known;
  if (foldings.size >= foldingsMax) foldings.clear();
  const made = fold(text);
  foldings.set(text, made);
  return made;
};

// What is not frozen is asked of the line itself: contexts of before lines were frozen have none.
const factsOf = (line: OrderLine, { lines }: Pick<OrderContext, 'lines'>): LineFacts => {
  const frozen = lines?.[line.lineId];
  const { productId, vendor } = frozen ?? line;
  return {
    productId,
    vendor: vendor === null ? null : foldedOnce(vendor),
    type: frozen?.type == null ? null : foldedOnce(frozen.type),
    tags: frozen === undefined ? nothing : frozen.tags.map(foldedOnce),
    collections: frozen?.collections ?? nothing,
  };
};

const excludesLine = (
  line: OrderLine,
  facts: LineFacts | null,
  rules: EarningRules,
  ready: ReadyEarning,
  { lines }: Pick<OrderContext, 'lines'>,
): boolean => {
  if (line.giftCard || line.tip) return true;
  if (rules.exclude.saleItems && lines?.[line.lineId]?.onSale === true) return true;
  return facts !== null && ready.excludes?.(facts) === true;
};

const shippingLine = (order: OrderSnapshot, rules: EarningRules): EarningLine => ({
  lineId: null,
  title: '',
  quantity: 1,
  units: 1,
  refundedUnits: 0, // refunded shipping is money, see `entitlement`
  basisMinor: basisOf(order.shipping, order.taxesIncluded, rules),
  paidMinor: paidOf(order.shipping, order.taxesIncluded),
  facts: null,
});

/** What was paid for the shipping of an order, tax included, in minor units, where it earns nothing. */
export const shippingApart = ({ shipping, taxesIncluded }: OrderSnapshot, { includeShipping }: EarningRules): number =>
  includeShipping ? 0 : paidOf(shipping, taxesIncluded);

type Charge = Pick<ShippingCharge, 'listMinor' | 'discounts' | 'taxMinor'>;

const soldFor = (charge: Charge): number =>
  charge.discounts.reduce((rest, { amountMinor }) => rest - amountMinor, charge.listMinor);

const basisOf = (charge: Charge, taxesIncluded: boolean, rules: EarningRules): number =>
  Math.max(0, soldFor(charge) - (taxesIncluded && !rules.includeTax ? charge.taxMinor : 0));

const paidOf = (charge: Charge, taxesIncluded: boolean): number =>
  Math.max(0, soldFor(charge) + (taxesIncluded ? 0 : charge.taxMinor));
