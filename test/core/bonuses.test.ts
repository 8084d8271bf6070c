import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from '~/core/earning/allocate';
import { entitlementOf } from '~/core/earning/entitlement';
import type { OrderContext } from '~/core/earning/context';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { ProgramDocument } from '~/core/program/document';
import { asId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { at, bonus, frozenLines, line, order, plain, program, refund, shop } from 'test/support/builders';

const worth = (bought: OrderSnapshot, document: ProgramDocument, context: Partial<OrderContext> = {}): number =>
  entitlementOf(bought, document, plain(context), shop).points;
const lines = (
  bought: OrderSnapshot,
  document: ProgramDocument,
  context: Partial<OrderContext> = {},
): readonly number[] => {
  const { why } = entitlementOf(bought, document, plain(context), shop);
  return why.worth === 'points' ? why.lines.map(({ points }) => points) : [];
};
const withRules = (
  bonuses: readonly ReturnType<typeof bonus>[],
  more: Parameters<typeof program>[0] = {},
): ProgramDocument => program({ ...more, earning: { ...more.earning, bonuses: [...bonuses] } });
const tiers = {
  metric: 'spend' as const,
  currency: 'EUR',
  window: { kind: 'lifetime' as const },
  levels: [{ id: 'gold', name: bonus({ id: 'x' }).name, threshold: 1 }],
};
const product = (id: number) => asId<never>(String(id));
const fifty = order({ lines: [line({ listMinor: 5000 })] });
const saturday = at('12:00', 13);

describe('the worked examples of bonus rules', () => {
  test('tier 1.5× exclusive, weekend 2× exclusive, launch +20 % additive: 50.00 is 110 points', () => {
    const document = withRules(
      [
        bonus({ id: 'gold', times: 1.5, conditions: [{ kind: 'tier', tierIds: ['gold'] }] }),
        bonus({ id: 'weekend', times: 2, conditions: [{ kind: 'weekday', days: [6, 7] }] }),
        bonus({ id: 'launch', times: 1.2, stacking: 'additive' }),
      ],
      { tiers },
    );
    expect(worth({ ...fifty, instant: saturday }, document, { tier: 'gold' })).toBe(110);
  });
  test('A with a product rule of 3× and B with a tier of 1.5×, both exclusive: 30 + 15 = 45', () => {
    const document = withRules(
      [
        bonus({ id: 'three', times: 3, conditions: [{ kind: 'product', productIds: ['7'] }] }),
        bonus({ id: 'gold', times: 1.5, conditions: [{ kind: 'tier', tierIds: ['gold'] }] }),
      ],
      { tiers },
    );
    const bought = order({ lines: [line({ lineId: 1, productId: product(7) }), line({ lineId: 2 })] });
    expect(worth(bought, document, { tier: 'gold' })).toBe(45);
    expect(lines(bought, document, { tier: 'gold' })).toEqual([30, 15]);
  });
  test('ordered on Sunday, paid on Monday: the weekend counts', () => {
    const document = withRules([bonus({ id: 'weekend', times: 2, conditions: [{ kind: 'weekday', days: [6, 7] }] })]);
    expect(worth({ ...fifty, instant: at('21:59', 14), updatedAt: at('09:00', 15) }, document)).toBe(100);
    expect(worth({ ...fifty, instant: at('22:00', 14) }, document), 'Monday begins at 22:00 UTC in Rome').toBe(50);
  });
});

describe('conditions', () => {
  const matches = (
    conditions: NonNullable<Parameters<typeof bonus>[0]['conditions']>,
    bought: OrderSnapshot,
    context: Partial<OrderContext> = {},
  ): boolean =>
    worth(
      bought,
      withRules([bonus({ id: 'rule', times: 2, conditions })], {
        tiers,
        segments: [{ id: 'vip', name: bonus({ id: 'x' }).name, customerTags: ['VIP'] }],
      }),
      context,
    ) ===
    2 * worth(bought, withRules([]));
  const seven = order({ lines: [line({ productId: product(7), variantId: product(9), vendor: 'Frantoio' })] });
  const facts = {
    lines: frozenLines(seven.lines, {
      '7': { type: 'Olio', tags: ['Nuovo', 'bio'], collections: ['44'], saleVariants: ['9'] },
    }),
  };

  test.each([
    ['product', [{ kind: 'product', productIds: ['7'] }], true],
    ['another product', [{ kind: 'product', productIds: ['8'] }], false],
    ['collection', [{ kind: 'collection', collectionIds: ['44'] }], true],
    ['another collection', [{ kind: 'collection', collectionIds: ['45'] }], false],
    ['tag, without regard to case', [{ kind: 'product_tag', tags: ['nuovo'] }], true],
    ['another tag', [{ kind: 'product_tag', tags: ['vecchio'] }], false],
    ['type', [{ kind: 'product_type', types: ['olio'] }], true],
    ['another type', [{ kind: 'product_type', types: ['pasta'] }], false],
    ['vendor', [{ kind: 'vendor', vendors: ['frantoio'] }], true],
    [
      'all conditions must hold',
      [
        { kind: 'vendor', vendors: ['frantoio'] },
        { kind: 'product', productIds: ['8'] },
      ],
      false,
    ],
  ] as const)('a line: %s', (_, conditions, expected) => {
    expect(matches([...conditions] as never, seven, facts)).toBe(expected);
  });
  test.each([
    ['from included', '14:00', '15:00', '12:00', true],
    ['to excluded', '13:00', '14:00', '12:00', false],
    ['across midnight, before', '22:00', '02:00', '20:30', true],
    ['across midnight, after', '22:00', '02:00', '23:59', true],
    ['across midnight, outside', '22:00', '02:00', '00:00', false],
  ])('hours in the zone of the store: %s', (_, from, to, utc, expected) => {
    expect(matches([{ kind: 'hours', from, to }], { ...fifty, instant: at(utc) })).toBe(expected);
  });
  test('equal hours are refused, and so is a day before the first', () => {
    expect(() => withRules([bonus({ id: 'a', conditions: [{ kind: 'hours', from: '10:00', to: '10:00' }] })])).toThrow(
      /must differ/,
    );
    expect(() =>
      withRules([bonus({ id: 'a', conditions: [{ kind: 'dates', from: '2026-06-10', to: '2026-06-09' }] })]),
    ).toThrow(/must not be before/);
  });
  test('both days of a span are included', () => {
    const span = [{ kind: 'dates' as const, from: '2026-06-10', to: '2026-06-11' }];
    const days = ['2026-06-09T21:59:00Z', '2026-06-09T22:00:00Z', '2026-06-11T21:59:00Z', '2026-06-11T22:00:00Z'];
    expect(days.map((day) => matches(span, { ...fifty, instant: instant(Date.parse(day)) }))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
  test('minimum spend compares the basis (≥), in its own currency', () => {
    const spend = (amountMinor: number, currency = 'EUR') => [
      { kind: 'minimum_spend' as const, amountMinor, currency },
    ];
    expect([matches(spend(5000), fifty), matches(spend(5001), fifty), matches(spend(5000, 'USD'), fifty)]).toEqual([
      true,
      false,
      false,
    ]);
  });
  test('minimum spend is tested again after an edit, never after a refund', () => {
    const document = withRules([
      bonus({ id: 'big', times: 2, conditions: [{ kind: 'minimum_spend', amountMinor: 3000, currency: 'EUR' }] }),
    ]);
    const three = (current: number, part: Partial<OrderSnapshot> = {}) =>
      order({ lines: [line({ quantity: 3, currentQuantity: current, listMinor: 3000 })], ...part } as never);
    expect(worth(three(3), document)).toBe(60);
    expect(worth(three(2), document), 'one unit edited away').toBe(20);
    expect(
      worth(three(2, { financialStatus: 'partially_refunded', refunds: [refund({ lines: [[1, 1]] })] }), document),
      'one unit refunded',
    ).toBe(40);
  });
  test('the n-th order, the channel, the store, the segment', () => {
    expect(
      [1, 2, 3].map((orderNumber) => matches([{ kind: 'order_number', numbers: [1, 3] }], fifty, { orderNumber })),
    ).toEqual([true, false, true]);
    expect([
      matches([{ kind: 'channel', channels: ['WEB'] }], fifty),
      matches([{ kind: 'channel', channels: ['pos'] }], fifty),
    ]).toEqual([true, false]);
    expect([
      matches([{ kind: 'store', storeIds: [shop.storeId] }], fifty),
      matches([{ kind: 'store', storeIds: ['00000000-0000-7000-8000-000000000002'] }], fifty),
    ]).toEqual([true, false]);
    expect([
      matches([{ kind: 'segment', segmentIds: ['vip'] }], fifty, { labels: ['vip'] }),
      matches([{ kind: 'segment', segmentIds: ['vip'] }], fifty),
    ]).toEqual([true, false]);
  });
});

describe('fixed numbers', () => {
  const hundred = bonus({ id: 'hundred', points: 100 });
  test('are paid once per order and spread over their units by basis', () => {
    const bought = order({ lines: [line({ lineId: 1, listMinor: 3000 }), line({ lineId: 2, listMinor: 1000 })] });
    expect(lines(bought, withRules([hundred]))).toEqual([105, 35]);
    const half = { ...bought, financialStatus: 'partially_refunded' as const, refunds: [refund({ lines: [[2, 1]] })] };
    expect(
      worth(
        {
          ...half,
          lines: [line({ lineId: 1, listMinor: 3000 }), line({ lineId: 2, listMinor: 1000, currentQuantity: 0 })],
        },
        withRules([hundred]),
      ),
    ).toBe(105);
  });
  test('are not paid when the units that match have no basis, and another rule may win then', () => {
    const gift = order({ lines: [line({ lineId: 1, productId: product(7), giftCard: true }), line({ lineId: 2 })] });
    const forSeven = bonus({ id: 'seven', points: 100, conditions: [{ kind: 'product', productIds: ['7'] }] });
    expect(worth(gift, withRules([forSeven]))).toBe(10);
    expect(worth(gift, withRules([forSeven, bonus({ id: 'all', points: 5 })]))).toBe(15);
  });
  test('exclusive ones compete, the earlier on a tie; additive ones are all paid', () => {
    const forLine = (id: string, points: number, productId: string) =>
      bonus({ id, points, conditions: [{ kind: 'product', productIds: [productId] }] });
    const bought = order({
      lines: [line({ lineId: 1, productId: product(7) }), line({ lineId: 2, productId: product(8) })],
    });
    expect(lines(bought, withRules([forLine('a', 10, '7'), forLine('b', 10, '8')]))).toEqual([20, 10]);
    expect(
      worth(
        bought,
        withRules([
          hundred,
          bonus({ id: 'plus', points: 7, stacking: 'additive' }),
          bonus({ id: 'more', points: 3, stacking: 'additive' }),
        ]),
      ),
    ).toBe(130);
  });
  test('rules with line conditions leave shipping out, rules for the whole order include it', () => {
    const shipped = order({
      lines: [line({ vendor: 'v' })],
      shipping: { listMinor: 1000, discounts: [], taxMinor: 0 },
    });
    const earning = { includeShipping: true };
    expect(
      lines(
        shipped,
        withRules([bonus({ id: 'v', times: 2, conditions: [{ kind: 'vendor', vendors: ['v'] }] })], { earning }),
      ),
    ).toEqual([20, 10]);
    expect(lines(shipped, withRules([bonus({ id: 'all', times: 2 })], { earning }))).toEqual([20, 20]);
    expect(lines(shipped, withRules([bonus({ id: 'all', points: 10 })], { earning }))).toEqual([15, 15]);
  });
});

describe('exclusions and caps', () => {
  const two = order({
    lines: [line({ lineId: 1, productId: product(7), variantId: product(9) }), line({ lineId: 2 })],
  });
  const facts = {
    lines: frozenLines(two.lines, { '7': { type: 'Olio', tags: ['promo'], collections: ['44'], saleVariants: ['9'] } }),
  };
  test.each([
    ['collection', { collectionIds: ['44'] }],
    ['tag', { productTags: ['PROMO'] }],
    ['type', { productTypes: ['olio'] }],
    ['sale items', { saleItems: true }],
    ['product', { productIds: ['7'] }],
  ])('a line excluded by %s has no basis', (_, exclude) => {
    expect(lines(two, program({ earning: { exclude } }), facts)).toEqual([0, 10]);
  });
  const used = { day: 30, month: 60, lifetime: 90 };
  test.each([
    [{ perOrder: 20 }, 20],
    [{ perDay: 50 }, 20],
    [{ perMonth: 70 }, 10],
    [{ lifetime: 95 }, 5],
    [{ lifetime: 80 }, 0],
    [{ perOrder: 40, perDay: 100, perMonth: 100, lifetime: 100 }, 10],
  ])('%j leaves %i of 50', (caps, left) => {
    expect(worth(fifty, program({ earning: { caps } }), { used })).toBe(left);
  });
});

test('bonuses, refunds and rounding: the parts sum to the whole, and numbers and bigints agree', () => {
  const lineArb = fc.record({
    quantity: fc.integer({ min: 1, max: 5 }),
    listMinor: fc.integer({ min: 0, max: 50_000 }),
    productId: fc.constantFrom(null, '7', '8'),
  });
  fc.assert(
    fc.property(
      fc.array(lineArb, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 10_000, max: 50_000 }),
      fc.integer({ min: 1, max: 500 }),
      fc.constantFrom('floor' as const, 'nearest' as const, 'ceil' as const),
      (parts, basisPoints, points, rounding) => {
        const bought = order({
          lines: parts.map(({ productId, ...part }, index) =>
            line({ ...part, lineId: index + 1, productId: productId === null ? null : product(Number(productId)) }),
          ),
        });
        const rules = [
          bonus({ id: 'm', times: basisPoints / 10_000, conditions: [{ kind: 'product', productIds: ['7'] }] }),
          bonus({ id: 'f', points, conditions: [{ kind: 'product', productIds: ['8'] }] }),
        ];
        const { why, points: total } = entitlementOf(
          bought,
          withRules(rules, { rate: [3, 100], earning: { rounding } }),
          plain(),
          shop,
        );
        if (why.worth !== 'points') throw new Error('worth nothing');
        expect(why.lines.reduce((sum, one) => sum + one.points, 0)).toBe(total);
      },
    ),
  );
  const weights = fc.array(
    fc.record({ units: fc.integer({ min: 0, max: 6 }), weight: fc.integer({ min: 0, max: 10_000 }) }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(weights, fc.integer({ min: 0, max: 1000 }), (list, total) => {
      const given = list.map(({ units, weight }) => ({ units, weight: units === 0 ? 0 : weight }));
      expect(
        allocate(
          total,
          given.map(({ units, weight }) => ({ units, weight: BigInt(weight) })),
        ),
      ).toEqual(allocate(total, given));
    }),
  );
});
