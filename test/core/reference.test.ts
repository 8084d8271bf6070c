import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entitlementOf } from '~/core/earning/entitlement';
import type { ProgramDocument } from '~/core/program/document';
import { asId, type PlatformId } from '~/core/values/ids';
import { at, bonus, frozenLines, line, order, program, refund, shop } from 'test/support/builders';
import { greatestCommonDivisor, referenceWorth } from './reference';

const id = (text: string): PlatformId => asId<PlatformId>(text);
const products = ['11', '12', '13'];
const facts = {
  '11': { type: 'Shoes', tags: ['Summer', ' new '], collections: ['91'], saleVariants: ['111'] },
  '12': { type: 'shirts', tags: ['summer'], collections: ['91', '92'], saleVariants: [] },
  '13': null,
};

const lineArbitrary = fc.record({
  product: fc.option(fc.constantFrom(...products)),
  vendor: fc.constantFrom(null, 'Nike', 'NIKE ', 'Adidas'),
  quantity: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(7, 11, 13, 17, 19, 23)),
  price: fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 900_000_000 })),
  discount: fc.option(fc.integer({ min: 0, max: 6000 })),
  tax: fc.integer({ min: 0, max: 500 }),
  edited: fc.nat(6),
  refunded: fc.nat(6),
  special: fc.constantFrom('none', 'none', 'none', 'none', 'gift', 'tip'),
});

type Condition = ProgramDocument['earning']['bonuses'][number]['conditions'][number];
const conditionArbitrary = fc.constantFrom<Condition[]>(
  { kind: 'product', productIds: ['11', '13'] },
  { kind: 'vendor', vendors: ['nike'] },
  { kind: 'product_type', types: ['SHOES'] },
  { kind: 'product_tag', tags: ['summer'] },
  { kind: 'collection', collectionIds: ['92'] },
  { kind: 'channel', channels: ['WEB'] },
  { kind: 'order_number', numbers: [1, 3] },
  { kind: 'minimum_spend', amountMinor: 5000, currency: 'EUR' },
);

const bonusArbitrary = fc.record({
  effect: fc.oneof(
    fc.record({ times: fc.integer({ min: 10_000, max: 60_000 }) }),
    fc.record({ points: fc.integer({ min: 1, max: 500 }) }),
  ),
  stacking: fc.constantFrom('exclusive' as const, 'additive' as const),
  enabled: fc.constantFrom(true, true, true, false),
  conditions: fc.array(conditionArbitrary, { maxLength: 2 }),
});

const cap = fc.option(fc.integer({ min: 1, max: 3000 }), { freq: 2 });
const caseArbitrary = fc.record({
  lines: fc.array(lineArbitrary, { minLength: 1, maxLength: 7 }),
  bonuses: fc.array(bonusArbitrary, { maxLength: 5 }),
  rate: fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(1, 7, 100, 999, 100_000)),
  rounding: fc.constantFrom('floor' as const, 'nearest' as const, 'ceil' as const),
  flags: fc.record({ includeTax: fc.boolean(), includeShipping: fc.boolean(), taxesIncluded: fc.boolean() }),
  caps: fc.record({ perOrder: cap, perDay: cap, perMonth: cap, lifetime: cap }),
  capped: fc.boolean(),
  used: fc.record({ day: fc.nat(2000), month: fc.nat(2000), lifetime: fc.nat(2000) }),
  exclude: fc.constantFrom<Partial<ProgramDocument['earning']['exclude']>[]>(
    {},
    {},
    {},
    { vendors: ['adidas'] },
    { productTags: ['NEW'] },
    { productIds: ['12'] },
    { collectionIds: ['92'] },
    { productTypes: ['shirts'] },
    { saleItems: true },
  ),
  shipping: fc.record({ listMinor: fc.nat(2000), discount: fc.nat(2500), taxMinor: fc.nat(300) }),
  money: fc.constantFrom(0, 0, 0, -300, -5000, 250, -90_000_000),
  shippingBack: fc.constantFrom(0, 0, 500),
  orderNumber: fc.integer({ min: 1, max: 4 }),
});
type Case = typeof caseArbitrary extends fc.Arbitrary<infer One> ? One : never;

const build = (one: Case) => {
  const lines = one.lines.map((part, index) => {
    const edited = Math.min(part.edited, part.quantity);
    const refunded = Math.min(part.refunded, part.quantity - edited);
    const sold = {
      lineId: index + 1,
      productId: part.product === null ? null : id(part.product),
      variantId: part.product === null ? null : id(`${part.product}1`),
      vendor: part.vendor,
      quantity: part.quantity,
      currentQuantity: part.quantity - edited - refunded,
      listMinor: part.price,
      discounts: part.discount === null ? [] : [{ code: 'X', amountMinor: part.discount }],
      taxMinor: part.tax,
      giftCard: part.special === 'gift',
      tip: part.special === 'tip',
    };
    return { sold, refunded };
  });
  const back = lines.flatMap(({ refunded }, index) => (refunded === 0 ? [] : [[index + 1, refunded] as const]));
  const { includeTax, includeShipping, taxesIncluded } = one.flags;
  const refunds = [
    ...(back.length === 0 ? [] : [refund({ refundId: 1, lines: back })]),
    ...(one.money === 0 && one.shippingBack === 0
      ? []
      : [refund({ refundId: 2, adjustmentMinor: one.money, shippingMinor: one.shippingBack, shippingTaxMinor: 50 })]),
  ];
  const bonuses = one.bonuses.map(({ effect, conditions, ...rest }, index) =>
    bonus({
      id: `b${index}`,
      conditions: [...conditions],
      ...rest,
      ...('points' in effect ? effect : { times: effect.times / 10_000 }),
    }),
  );
  const document = program({
    rate: one.rate,
    earning: {
      rounding: one.rounding,
      includeTax,
      includeShipping,
      exclude: { ...one.exclude },
      bonuses,
      caps: one.capped ? one.caps : {},
    },
  });
  const { listMinor, discount, taxMinor } = one.shipping;
  const snapshot = order({
    instant: at('12:00'),
    taxesIncluded,
    refunds,
    financialStatus: refunds.length === 0 ? 'paid' : 'partially_refunded',
    lines: lines.map(({ sold }) => line(sold)),
    shipping: { listMinor, discounts: [{ code: null, amountMinor: discount }], taxMinor },
  });
  const context = {
    programVersion: 1,
    via: 'instant' as const,
    lines: frozenLines(snapshot.lines, facts),
    orderNumber: one.orderNumber,
    used: one.used,
  };
  return { document, snapshot, context };
};

// The basis is shown exactly where numbers can say it, else in whole minor units.
const expectShown = (
  basis: { readonly minor: number; readonly per: number },
  [minor, per]: readonly [bigint, bigint],
): void => {
  const common = greatestCommonDivisor(minor, per);
  if ([minor / common, per / common].every((part) => part <= BigInt(Number.MAX_SAFE_INTEGER))) {
    expect(BigInt(basis.minor) * per).toBe(minor * BigInt(basis.per));
  } else {
    expect(basis).toEqual({ minor: Number(minor / per), per: 1 });
  }
};

test('what an order is worth is what the rules say when they are followed unit by unit with fractions of any size', () => {
  fc.assert(
    fc.property(caseArbitrary, (one) => {
      const { document, snapshot, context } = build(one);
      const { points, why } = entitlementOf(snapshot, document, context, shop);
      const expected = referenceWorth(snapshot, document, context);
      expect(points).toBe(expected.points);
      if (why.worth !== 'points') throw new Error('the order earns');
      expect(why.entitlement).toBe(points);
      expect(why.total).toBe(expected.total);
      expect(why.lines.map((part) => part.points)).toEqual(expected.lines);
      expect(why.uncapped ?? why.total).toBe(expected.uncapped);
      expect('uncapped' in why, 'only what binds is written').toBe(expected.uncapped > expected.total);
      expect((why.bonuses ?? []).map((rule) => rule.id).sort()).toEqual(expected.used);
      expect('bonuses' in why).toBe(expected.used.length > 0);
      expectShown(why.basis, expected.basis);
      expect(why.refund === null ? expected.unitsLeft : why.refund.unitsLeft).toBe(expected.unitsLeft);
      expect(why.refund === null).toBe(snapshot.refunds.length === 0);
      expect(why.lines.map(({ units, of }) => units <= of)).toEqual(why.lines.map(() => true));
    }),
    {
      numRuns: Number(process.env.FIDELIO_MODEL_RUNS ?? 2000),
      ...(process.env.FIDELIO_MODEL_RUNS === undefined ? {} : { seed: 7 }),
    },
  );
});

test('many lines with awkward quantities, of which each lost a unit, and prices that divide by none of them', () => {
  const primes = [61, 59, 53, 47, 43, 41, 37, 31, 29, 23, 19, 17, 13, 11, 7];
  for (const price of [101, 900_000_001]) {
    const snapshot = order({
      lines: primes.map((quantity, index) =>
        line({ lineId: index + 1, quantity, currentQuantity: quantity - 1, listMinor: price }),
      ),
    });
    for (const earning of [{}, { bonuses: [bonus({ id: 'twice', times: 1.5 }), bonus({ id: 'fixed', points: 77 })] }]) {
      const document = program({ earning });
      const context = { programVersion: 1, via: 'instant' as const };
      expect(entitlementOf(snapshot, document, context, shop).points).toBe(
        referenceWorth(snapshot, document, context).points,
      );
    }
  }
});
