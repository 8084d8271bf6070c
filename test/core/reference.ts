import type { OrderContext } from '~/core/earning/context';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { ProgramDocument } from '~/core/program/document';

/** A fraction of whole numbers of any size; the denominator is positive. */
type Fraction = readonly [bigint, bigint];

export const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b));
const add = ([a, b]: Fraction, [c, d]: Fraction): Fraction => {
  if (b === d) return [a + c, b];
  const common = (b / greatestCommonDivisor(b, d)) * d;
  return [a * (common / b) + c * (common / d), common];
};
const multiply = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d];
const divide = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d, b * c];
const compare = ([a, b]: Fraction, [c, d]: Fraction): number => (a * d === c * b ? 0 : a * d > c * b ? 1 : -1);
const whole = (value: number): Fraction => [BigInt(value), 1n];
const zero = whole(0);
const sum = (parts: readonly Fraction[]): Fraction => parts.reduce(add, zero);
const floor = ([a, b]: Fraction): bigint => a / b;
const round = (value: Fraction, mode: string): bigint => {
  if (mode === 'floor') return floor(value);
  if (mode === 'ceil') return (value[0] + value[1] - 1n) / value[1];
  return floor(add(value, [1n, 2n]));
};

type Rule = ProgramDocument['earning']['bonuses'][number];
type Line = OrderSnapshot['lines'][number];
/** One unit of an order: what it earns on, and what multiplies it. */
type Unit = {
  readonly line: number;
  readonly basis: Fraction;
  readonly paid: Fraction;
  readonly refunded: boolean;
  exact: Fraction;
};

const same = (a: string | null | undefined, b: string): boolean => a?.trim().toLowerCase() === b.trim().toLowerCase();

const lineMatches = (condition: Rule['conditions'][number], line: Line, { lines }: OrderContext): boolean => {
  const facts = line.productId === null ? null : (lines?.[line.lineId] ?? null);
  switch (condition.kind) {
    case 'product':
      return line.productId !== null && condition.productIds.includes(line.productId);
    case 'vendor':
      return condition.vendors.some((vendor) => same(line.vendor, vendor));
    case 'product_type':
      return condition.types.some((type) => same(facts?.type, type));
    case 'product_tag':
      return condition.tags.some((tag) => facts?.tags.some((own) => same(own, tag)));
    case 'collection':
      return condition.collectionIds.some((id) => facts?.collections.includes(id));
    default:
      return true;
  }
};
const lineKinds: readonly string[] = ['product', 'vendor', 'product_type', 'product_tag', 'collection'];

const orderMatches = (
  condition: Rule['conditions'][number],
  order: OrderSnapshot,
  context: OrderContext,
  basis: Fraction,
): boolean => {
  switch (condition.kind) {
    case 'channel':
      return condition.channels.some((channel) => same(order.channel, channel));
    case 'minimum_spend':
      return condition.currency === order.currency && compare(basis, whole(condition.amountMinor)) >= 0;
    case 'order_number':
      return condition.numbers.includes(context.orderNumber ?? 1);
    case 'tier':
      return context.tier != null && condition.tierIds.includes(context.tier);
    default:
      return true;
  }
};

const excluded = (line: Line, { earning }: ProgramDocument, { lines }: OrderContext): boolean => {
  const { exclude } = earning;
  const facts = line.productId === null ? null : (lines?.[line.lineId] ?? null);
  return (
    line.giftCard ||
    line.tip ||
    (line.productId !== null && exclude.productIds.includes(line.productId)) ||
    exclude.vendors.some((vendor) => same(line.vendor, vendor)) ||
    exclude.productTypes.some((type) => same(facts?.type, type)) ||
    exclude.productTags.some((tag) => facts?.tags.some((own) => same(own, tag))) ||
    exclude.collectionIds.some((id) => facts?.collections.includes(id)) ||
    (exclude.saleItems && facts?.onSale === true)
  );
};

const unitsOf = (order: OrderSnapshot, document: ProgramDocument, context: OrderContext): Unit[] => {
  const { includeTax, includeShipping } = document.earning;
  const units: Unit[] = [];
  const charge = (
    amount: number,
    tax: number,
    count: number,
  ): { readonly basis: Fraction; readonly paid: Fraction } => ({
    basis: [BigInt(Math.max(0, amount - (order.taxesIncluded && !includeTax ? tax : 0))), BigInt(count)],
    paid: [BigInt(Math.max(0, amount + (order.taxesIncluded ? 0 : tax))), BigInt(count)],
  });
  order.lines.forEach((line, index) => {
    const amount = line.discounts.reduce((rest, { amountMinor }) => rest - amountMinor, line.listMinor);
    const { basis, paid } = charge(amount, line.taxMinor, line.quantity);
    const back = order.refunds
      .flatMap(({ lines }) => lines)
      .reduce((all, one) => (one.lineId === line.lineId ? all + one.quantity : all), 0);
    const count = Math.min(line.quantity, line.currentQuantity + back);
    for (let unit = 0; unit < count; unit += 1) {
      units.push({
        line: index,
        basis: excluded(line, document, context) ? zero : basis,
        paid,
        refunded: unit >= count - back,
        exact: zero,
      });
    }
  });
  if (includeShipping) {
    const { listMinor, discounts, taxMinor } = order.shipping;
    const amount = discounts.reduce((rest, { amountMinor }) => rest - amountMinor, listMinor);
    units.push({ line: order.lines.length, ...charge(amount, taxMinor, 1), refunded: false, exact: zero });
  }
  return units;
};

/**
 * What an order is worth, line by line, by the rules as they are written, with fractions of any size and no thought of
 * speed.
 */
export const referenceWorth = (order: OrderSnapshot, document: ProgramDocument, context: OrderContext) => {
  const { earning } = document;
  const rate = earning.rates.find(({ currency }) => currency === order.currency);
  if (rate === undefined) throw new Error('the reference asks for a rate');
  const units = unitsOf(order, document, context);
  const basis = sum(units.map((unit) => unit.basis));
  const rules = earning.bonuses.filter(
    (rule) => rule.enabled && rule.conditions.every((condition) => orderMatches(condition, order, context, basis)),
  );
  const matches = (rule: Rule, unit: Unit): boolean => {
    const line = order.lines[unit.line];
    const lineConditions = rule.conditions.filter(({ kind }) => lineKinds.includes(kind));
    return (
      lineConditions.length === 0 ||
      (line !== undefined && lineConditions.every((condition) => lineMatches(condition, line, context)))
    );
  };
  const used = new Set<string>();
  let base = zero;
  for (const unit of units) {
    if (compare(unit.basis, zero) === 0) continue;
    const multipliers = rules.filter((rule) => rule.effect.kind === 'multiply' && matches(rule, unit));
    const timesOf = ({ effect }: Rule): number => (effect.kind === 'multiply' ? effect.basisPoints : 0);
    const exclusive = multipliers
      .filter(({ stacking }) => stacking === 'exclusive')
      .sort((a, b) => timesOf(b) - timesOf(a))[0];
    const best = exclusive === undefined ? 10_000 : Math.max(10_000, timesOf(exclusive));
    if (exclusive !== undefined && best > 10_000) used.add(exclusive.id);
    const additive = multipliers.filter(({ stacking }) => stacking === 'additive');
    for (const { id } of additive) used.add(id);
    const factor = additive.reduce((all, rule) => all + timesOf(rule) - 10_000, best);
    unit.exact = multiply(multiply(unit.basis, [BigInt(factor), 10_000n]), [
      BigInt(rate.points),
      BigInt(rate.amountMinor),
    ]);
    base = add(base, unit.exact);
  }
  const payable = rules.flatMap((rule) => {
    if (rule.effect.kind !== 'add') return [];
    const over = units.filter((unit) => compare(unit.basis, zero) > 0 && matches(rule, unit));
    return over.length === 0 ? [] : [{ rule, points: rule.effect.points, over }];
  });
  const bestFixed = payable
    .filter(({ rule }) => rule.stacking === 'exclusive')
    .reduce<(typeof payable)[number] | null>(
      (best, one) => (best === null || one.points > best.points ? one : best),
      null,
    );
  const fixed = payable.filter((one) => one.rule.stacking === 'additive' || one === bestFixed);
  for (const { rule, points, over } of fixed) {
    used.add(rule.id);
    const all = sum(over.map((unit) => unit.basis));
    for (const unit of over) unit.exact = add(unit.exact, divide(multiply(whole(points), unit.basis), all));
  }
  const uncapped = Number(round(base, earning.rounding)) + fixed.reduce((all, { points }) => all + points, 0);
  const { perOrder, perDay, perMonth, lifetime } = earning.caps;
  const gone = { day: 0, month: 0, lifetime: 0, ...context.used };
  const limits = [
    perOrder ?? 1_000_000_000, // the most that any order brings
    perDay === null ? null : perDay - gone.day,
    perMonth === null ? null : perMonth - gone.month,
    lifetime === null ? null : lifetime - gone.lifetime,
  ];
  const total = limits.reduce<number>(
    (left, limit) => (limit === null ? left : Math.min(left, Math.max(0, limit))),
    uncapped,
  );
  const shares = shared(total, units);
  const left = units.reduce((all, { refunded }, index) => all + (refunded ? 0 : (shares[index] ?? 0)), 0);
  return {
    uncapped,
    total,
    basis,
    used: [...used].sort(),
    lines: Array.from({ length: order.lines.length + (earning.includeShipping ? 1 : 0) }, (_, index) =>
      units.reduce((all, unit, at) => all + (unit.line === index ? (shares[at] ?? 0) : 0), 0),
    ),
    unitsLeft: left,
    points: afterMoney(order, document, units, left),
  };
};

/** Largest remainder over the units' exact points; ties by line, then by unit. */
const shared = (total: number, units: readonly Unit[]): number[] => {
  const all = sum(units.map(({ exact }) => exact));
  if (compare(all, zero) === 0) return units.map(() => 0);
  const quotas = units.map(({ exact }) => divide(multiply(whole(total), exact), all));
  const shares = quotas.map((quota) => Number(floor(quota)));
  const rest = quotas
    .map((quota, index) => ({ index, left: add(quota, [-floor(quota), 1n]) }))
    .sort((a, b) => compare(b.left, a.left) || a.index - b.index);
  for (const { index } of rest.slice(0, total - shares.reduce((sumOf, share) => sumOf + share, 0)))
    shares[index] = (shares[index] ?? 0) + 1;
  return shares;
};

const afterMoney = (order: OrderSnapshot, document: ProgramDocument, units: readonly Unit[], left: number): number => {
  const adjusted = order.refunds.reduce((all, { adjustmentMinor }) => all + adjustmentMinor, 0);
  const shipping = order.refunds.reduce(
    (all, refund) => all + refund.shippingMinor + (order.taxesIncluded ? 0 : refund.shippingTaxMinor),
    0,
  );
  const back = Math.max(0, -adjusted) + (document.earning.includeShipping ? Math.max(0, shipping) : 0);
  if (back === 0) return left;
  const paid = sum(
    units.filter(({ basis, refunded }) => !refunded && compare(basis, zero) > 0).map((unit) => unit.paid),
  );
  if (compare(paid, zero) === 0) return 0;
  const kept = add(paid, whole(-back));
  return compare(kept, zero) <= 0 ? 0 : Number(round(divide(multiply(whole(left), kept), paid), 'nearest'));
};
