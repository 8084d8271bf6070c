import type { OrderSnapshot } from '../orders/snapshot';
import { points, zeroPoints, type Points } from '../values/points';
import { commonFractions, divideWhole, shown, sumOf, type Money } from '../values/ratio';
import { placeIn } from '../values/fields';
import { localClockOf, type LocalClock } from '../values/zone';
import { allocate, shareOfFirst, type Share } from './allocate';
import { earningLines, excludesOrder, shippingApart, type EarningLine } from './basis';
import { bonusesOf, oneTimes, plainTimes, type Bonuses, type LineTimes } from './bonuses';
import { capped } from './caps';
import { readyEarning } from './compile';
import { fold, type OccasionFacts } from './conditions/condition';
import type { BonusRule } from './bonusSchema';
import type { OrderContext } from './context';
import { grossPoints } from './gross';
import type { EarningDocument } from './section';
import type { CapWhy, LineWhy, OrderWhy, WorthNothing } from './why';

/** What an order is worth in its present state, and why. */
export type Entitlement = { readonly points: Points; readonly why: OrderWhy };

/** Where an order was placed: rules may name stores, days and hours are the store's. */
export type Place = { readonly storeId: string; readonly zone: string };

/**
 * The points an order is worth in its present state, by the program and the context that applied at it: a function
 * of the state alone, never of the messages that led to it (rules §2). Refunds take the shares of their units
 * first, then money given back without units takes its proportion of what is left.
 */
export const entitlementOf = (
  order: OrderSnapshot,
  document: EarningDocument,
  context: OrderContext,
  place: Place,
): Entitlement => {
  const rules = document.earning;
  const rate = rules.rates.find((candidate) => candidate.currency === order.currency);
  const because = worthNothing(order, document, context, place, rate !== undefined);
  if (because !== null || rate === undefined) {
    const { programVersion } = context;
    const why: OrderWhy = {
      v: 1,
      kind: 'order',
      order: order.name,
      programVersion,
      currency: order.currency,
      worth: 'nothing',
      because: because ?? 'no_rate',
    };
    return { points: zeroPoints, why };
  }
  const lines = earningLines(order, document, context);
  const bases = basisOfLines(lines);
  const basis = sumOf(bases);
  const bonuses = bonusesOf(
    readyEarning(document),
    lines,
    bases.numerators,
    occasionOf(order, document, context, place, basis),
  );
  const gross = grossPoints(bases, rate, bonuses, rules.rounding);
  const limited = capped(gross.total, rules.caps, context.used);
  const shares = allocate(
    limited.points,
    lines.map(({ units }, index) => ({ units, weight: gross.weights[index] ?? 0 })),
  );
  const refund = afterRefunds(order, lines, shares, rules.includeShipping);
  const why: Worth & OrderWhy = {
    v: 1,
    kind: 'order',
    order: order.name,
    programVersion: context.programVersion,
    currency: order.currency,
    worth: 'points',
    rate: { points: rate.points, amountMinor: rate.amountMinor },
    rounding: rules.rounding,
    basis: shown(basis),
    total: limited.points,
    lines: lines.map((line, index) => lineWhy(line, shares[index], bonuses.times[index])),
    refund: refund.why,
    entitlement: refund.points,
  };
  const apart = shippingApart(order, rules);
  return { points: points(refund.points), why: explained(why, bonuses, gross.total, limited.why, apart) };
};

type Worth = Extract<OrderWhy, { worth: 'points' }>;
type Writable<Of> = { -readonly [Field in keyof Of]: Of[Field] };

// Most orders meet no bonus and no cap; what is not there is not written. Added in place: see `lineWhy`.
const explained = (
  why: Writable<Worth>,
  bonuses: Bonuses,
  uncapped: number,
  caps: readonly CapWhy[],
  shippingApartMinor: number,
): OrderWhy => {
  if (shippingApartMinor > 0) why.shippingApartMinor = shippingApartMinor;
  const rules = rulesIn(bonuses);
  if (rules.length > 0) why.bonuses = rules.map(({ id, name, stacking, effect }) => ({ id, name, stacking, effect }));
  if (caps.length > 0) {
    why.uncapped = uncapped;
    why.caps = caps;
  }
  return why;
};

const noRules: readonly BonusRule[] = [];

const rulesIn = ({ times: multiplied, fixed }: Bonuses): readonly BonusRule[] => {
  if (fixed.length === 0 && multiplied.every((line) => line === plainTimes)) return noRules;
  const rules: BonusRule[] = [];
  let before: LineTimes = plainTimes;
  for (const line of multiplied) {
    if (line === before) continue;
    before = line;
    if (line.exclusive !== null && !rules.includes(line.exclusive)) rules.push(line.exclusive);
    for (const rule of line.additive) if (!rules.includes(rule)) rules.push(rule);
  }
  for (const { rule } of fixed) rules.push(rule);
  return rules;
};

/** Why an order is worth nothing as a whole; null when its lines decide. */
const worthNothing = (
  order: OrderSnapshot,
  document: EarningDocument,
  context: OrderContext,
  place: Place,
  hasRate: boolean,
): WorthNothing | null => {
  const paid = order.financialStatus === 'paid' || order.financialStatus === 'partially_refunded';
  if (order.test) return 'test';
  if (order.cancelledAt !== null) return 'cancelled';
  if (order.financialStatus === 'voided') return 'voided';
  if (order.financialStatus === 'refunded') return 'refunded';
  if (!paid) return 'not_paid';
  if (document.earning.awardMoment === 'fulfilled' && order.fulfillmentStatus !== 'fulfilled') return 'not_fulfilled';
  const { paused, window } = document.earning;
  if (paused) return 'earning_paused';
  if (window !== null && placeIn(window, localClockOf(order.instant, place.zone).isoDate) !== 'within')
    return 'outside_window';
  if (!hasRate) return 'no_rate';
  return excludesOrder(order, document, context) ? 'excluded' : null;
};

// Lines with units edited away hold a fraction of their amount.
const basisOfLines = (lines: readonly EarningLine[]) =>
  commonFractions(lines.map((line) => ({ amount: line.basisMinor, units: line.units, of: line.quantity })));

const occasionOf = (
  order: OrderSnapshot,
  document: EarningDocument,
  context: OrderContext,
  place: Place,
  basis: OccasionFacts['basis'],
): OccasionFacts => {
  let clock: LocalClock | null = null;
  return {
    storeId: place.storeId,
    channel: order.channel,
    currency: order.currency,
    basis,
    tier: context.tier ?? null,
    segments: segmentsOf(context.labels ?? noSegments, document),
    orderNumber: context.orderNumber ?? 1,
    clock: () => (clock ??= localClockOf(order.instant, place.zone)),
  };
};

const noSegments: readonly string[] = [];

/** The segments of the document that somebody with these labels (in lower case) is in. */
export const segmentsOf = (
  labels: readonly string[],
  { segments }: Pick<EarningDocument, 'segments'>,
): readonly string[] => {
  if (segments.length === 0 || labels.length === 0) return noSegments;
  return segments
    .filter(({ customerTags }) => customerTags.some((tag) => labels.includes(fold(tag))))
    .map(({ id }) => id);
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
  return {
    points: Number(keptOf(BigInt(left), 1n, paid, back)),
    why: { unitsLeft: left, moneyBackMinor: back, moneyLeft: shown(paid) },
  };
};

const shareLeft = (line: EarningLine, share: Share | undefined): number =>
  share === undefined ? 0 : shareOfFirst(share, line.units - line.refundedUnits);

/** Money given back without units, netted over all refunds; refunded shipping counts when shipping earns. */
export const moneyBack = (order: OrderSnapshot, shippingEarns: boolean): number => {
  const adjusted = order.refunds.reduce((sum, refund) => sum + refund.adjustmentMinor, 0);
  const shipping = order.refunds.reduce(
    (sum, refund) => sum + refund.shippingMinor + (order.taxesIncluded ? 0 : refund.shippingTaxMinor),
    0,
  );
  return Math.max(0, -adjusted) + (shippingEarns ? Math.max(0, shipping) : 0);
};

/**
 * a ÷ b, less what was given back of the money paid in proportion; to the nearest. Nothing when nothing was paid, or
 * more was given back.
 */
export const keptOf = (a: bigint, b: bigint, paid: Money, back: number): bigint => {
  const minor = BigInt(paid.minor);
  const kept = minor - BigInt(back) * BigInt(paid.per);
  return kept <= 0n ? 0n : divideWhole(a * kept, b * minor, 'nearest');
};

/** Money paid for the earning units that are left, tax included, as a fraction. */
export const moneyLeft = (lines: readonly EarningLine[]): Money => {
  const earning = lines.filter((line) => line.basisMinor > 0);
  return sumOf(
    commonFractions(
      earning.map((line) => ({ amount: line.paidMinor, units: line.units - line.refundedUnits, of: line.quantity })),
    ),
  );
};

// Written out twice: copying objects is what evaluating an order would spend most of its time on.
const lineWhy = (
  line: EarningLine,
  share: Share | undefined,
  { basisPoints, exclusive, additive } = plainTimes,
): LineWhy => {
  const earned = share === undefined ? 0 : shareOfFirst(share, line.units);
  const { lineId, title, units, refundedUnits, basisMinor, quantity: of } = line;
  if (basisPoints === oneTimes) return { lineId, title, units, refundedUnits, basisMinor, of, points: earned };
  const multiplied = {
    basisPoints,
    exclusive: exclusive === null ? null : exclusive.id,
    additive: additive.map(({ id }) => id),
  };
  return { lineId, title, units, refundedUnits, basisMinor, of, points: earned, times: multiplied };
};
