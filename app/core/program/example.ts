import { fold, type ProductFacts } from '../earning/conditions/condition';
import { entitlementOf, type Entitlement } from '../earning/entitlement';
import { freezeLines } from '../earning/frozenLines';
import type { OrderLine, OrderSnapshot } from '../orders/snapshot';
import { asId, type PlatformId } from '../values/ids';
import { calendarDay, localMoment } from '../values/zone';
import type { ProgramDocument } from './document';

/** A line that somebody thinks up, with what the shop says of its product. */
export type ExampleLine = {
  readonly title: string;
  /** null: a product that nobody knows. */
  readonly productId: PlatformId | null;
  readonly variantId: PlatformId | null;
  readonly vendor: string | null;
  readonly facts: ProductFacts | null;
  readonly quantity: number;
  /** What one piece costs. */
  readonly priceMinor: number;
};

/** An order that somebody thinks up: what is bought, when, and by whom. */
export type Example = {
  readonly lines: readonly ExampleLine[];
  readonly currency: string;
  /** yyyy-mm-dd and hh:mm in the zone. */
  readonly day: string;
  readonly time: string;
  readonly zone: string;
  readonly tier: string | null;
  readonly orderNumber: number;
  /** The store at which it is bought, by its id; null: none that rules name. */
  readonly storeId: string | null;
  /** A segment of the document that the buyer is in; null: none. */
  readonly segment: string | null;
};

/** An amount of money as one line of a product that nobody knows. */
export const plainLine = (priceMinor: number): ExampleLine => ({
  title: '',
  productId: null,
  variantId: null,
  vendor: null,
  facts: null,
  quantity: 1,
  priceMinor,
});

/** The pieces of one line of an example. */
export const exampleQuantityMax = 1_000;

const exampleId = asId<PlatformId>('1');

/** The example as a paid order; null while it cannot be read. */
export const exampleOrder = ({ lines, currency, day, time, zone }: Example): OrderSnapshot | null => {
  if (lines.length === 0 || !lines.every(isRead)) return null;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{2}:\d{2}$/.test(time)) return null;
  const moment = localMoment(calendarDay(day), time, zone);
  return {
    orderId: exampleId,
    name: '',
    currency,
    instant: moment,
    createdAt: moment,
    updatedAt: moment,
    cancelledAt: null,
    test: false,
    customerId: exampleId,
    emailHash: null,
    channel: 'web',
    financialStatus: 'paid',
    fulfillmentStatus: 'fulfilled',
    taxesIncluded: true,
    discountCodes: [],
    lines: lines.map(lineOf),
    shipping: { listMinor: 0, discounts: [], taxMinor: 0 },
    refunds: [],
  };
};

const isRead = ({ quantity, priceMinor }: ExampleLine): boolean =>
  Number.isInteger(quantity) &&
  quantity >= 1 &&
  quantity <= exampleQuantityMax &&
  priceMinor >= 0 &&
  Number.isSafeInteger(quantity * priceMinor);

const lineOf = (
  { title, productId, variantId, vendor, quantity, priceMinor }: ExampleLine,
  index: number,
): OrderLine => ({
  lineId: asId<PlatformId>(String(index + 1)),
  productId,
  variantId,
  title,
  vendor,
  quantity,
  currentQuantity: quantity,
  listMinor: quantity * priceMinor,
  discounts: [],
  taxMinor: 0,
  giftCard: false,
  tip: false,
});

/**
 * What the example earns by a program, by the evaluation of every real order. `labels`: the buyer's own (folded);
 * without them those of the example's segment.
 */
export const worthOfExample = (
  order: OrderSnapshot,
  example: Example,
  document: ProgramDocument,
  labels: readonly string[] = labelsOf(example, document),
): Entitlement => {
  const facts = new Map(example.lines.map((line) => [line.productId, line.facts]));
  return entitlementOf(
    order,
    document,
    {
      programVersion: 1,
      via: 'instant',
      tier: example.tier,
      orderNumber: example.orderNumber,
      labels,
      lines: freezeLines(undefined, [order], true, (productId) => facts.get(productId) ?? null),
    },
    { storeId: example.storeId ?? '', zone: example.zone },
  );
};

// What puts somebody into a segment: one of its tags is as good as all.
const labelsOf = ({ segment }: Example, { segments }: ProgramDocument): readonly string[] =>
  segments.filter(({ id }) => id === segment).flatMap(({ customerTags }) => customerTags.map(fold));
