import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, shareOfFirst } from '~/core/earning/allocate';
import { entitlementOf } from '~/core/earning/entitlement';
import { at, line, order, plain, program, refund, shop } from 'test/support/builders';

const worth = (
  ...asked: Parameters<typeof entitlementOf> extends [infer Order, infer Document, ...unknown[]]
    ? [Order, Document?]
    : never
): number => entitlementOf(asked[0], asked[1] ?? program(), plain(), shop).points;

describe('the worked examples of the rules', () => {
  test('19.99 at 1 point per 1.00 is 19, at 5 per 1.00 it is 99', () => {
    const bought = order({ lines: [line({ listMinor: 1999 })] });
    expect([worth(bought), worth(bought, program({ rate: [5, 100] }))]).toEqual([19, 99]);
  });
  test('105.00 at 1 point per 10.00 is 10', () => {
    expect(worth(order({ lines: [line({ listMinor: 10_500 })] }), program({ rate: [1, 1000] }))).toBe(10);
  });
  test('1,980 yen at 1 point per 100 yen is 19', () => {
    expect(
      worth(
        order({ currency: 'JPY', lines: [line({ listMinor: 1980 })] }),
        program({ currency: 'JPY', rate: [1, 100] }),
      ),
    ).toBe(19);
  });
  test('three units at 3.33, 10 per 1.00: 99, and 66 after one is refunded', () => {
    const three = [line({ quantity: 3, listMinor: 999 })];
    const document = program({ rate: [10, 100] });
    expect(worth(order({ lines: three }), document)).toBe(99);
    expect(
      worth(
        order({
          lines: [line({ quantity: 3, currentQuantity: 2, listMinor: 999 })],
          financialStatus: 'partially_refunded',
          refunds: [refund({ lines: [[1, 1]] })],
        }),
        document,
      ),
    ).toBe(66);
  });
  const two = (current: readonly [number, number]) => [
    line({ lineId: 1, listMinor: 1000, discounts: [{ code: null, amountMinor: 200 }], currentQuantity: current[0] }),
    line({ lineId: 2, listMinor: 500, discounts: [{ code: null, amountMinor: 100 }], currentQuantity: current[1] }),
  ];
  test('two lines with an order discount: 12 points, 8 and 4; the second refunded leaves 8', () => {
    const full = entitlementOf(order({ lines: two([1, 1]) }), program(), plain(), shop);
    expect(full.points).toBe(12);
    expect(full.why.worth === 'points' ? full.why.lines.map(({ points }) => points) : []).toEqual([8, 4]);
    expect(
      worth(
        order({ lines: two([1, 0]), financialStatus: 'partially_refunded', refunds: [refund({ lines: [[2, 1]] })] }),
      ),
    ).toBe(8);
  });
  test('3.00 as money only leaves 9; the second line and 3.00 in any order leave 5', () => {
    const money = refund({ refundId: 2, adjustmentMinor: -300 });
    const units = refund({ refundId: 1, lines: [[2, 1]] });
    expect(worth(order({ lines: two([1, 1]), financialStatus: 'partially_refunded', refunds: [money] }))).toBe(9);
    for (const refunds of [
      [money, units],
      [units, money],
    ]) {
      expect(worth(order({ lines: two([1, 0]), financialStatus: 'partially_refunded', refunds }))).toBe(5);
    }
  });
  test('122.00 of which 22.00 is included tax is 100 points; half the money back leaves half the points', () => {
    const document = program({ earning: { includeTax: false } });
    const lines = [line({ listMinor: 12_200, taxMinor: 2200 })];
    expect(worth(order({ lines }), document)).toBe(100);
    expect(
      worth(
        order({ lines, financialStatus: 'partially_refunded', refunds: [refund({ adjustmentMinor: -6100 })] }),
        document,
      ),
    ).toBe(50);
  });
});

describe('what an order is worth', () => {
  const paid = order({ lines: [line({ listMinor: 5000 })] });
  test('nothing when it is a test, cancelled, voided, refunded, unpaid or in another currency', () => {
    const states = [
      { test: true },
      { cancelledAt: at('13:00') },
      { financialStatus: 'voided' },
      { financialStatus: 'refunded' },
      { financialStatus: 'pending' },
      { financialStatus: 'authorized' },
      { currency: 'USD' },
    ] as const;
    expect(states.map((state) => worth({ ...paid, ...state }))).toEqual(states.map(() => 0));
    expect(worth(paid)).toBe(50);
  });
  test('a guest with an e-mail earns', () => {
    expect(worth({ ...paid, customerId: null, emailHash: 'hash' })).toBe(50);
  });
  test('fulfilment is waited for when the program says so', () => {
    const document = program({ earning: { awardMoment: 'fulfilled' } });
    expect([
      worth(paid, document),
      worth({ ...paid, fulfillmentStatus: 'partial' }, document),
      worth({ ...paid, fulfillmentStatus: 'fulfilled' }, document),
    ]).toEqual([0, 0, 50]);
  });
  test('tax on top never earns, included tax only when the program keeps it', () => {
    const lines = [line({ listMinor: 10_000, taxMinor: 2200 })];
    const onTop = order({ taxesIncluded: false, lines });
    expect([
      worth(onTop),
      worth(onTop, program({ earning: { includeTax: false } })),
      worth(order({ lines })),
      worth(order({ lines }), program({ earning: { includeTax: false } })),
    ]).toEqual([100, 100, 100, 78]);
  });
  test('shipping earns as one last unit, and refunded shipping takes its part back', () => {
    const document = program({ earning: { includeShipping: true } });
    const shipped = order({
      lines: [line({ listMinor: 9000 })],
      shipping: { listMinor: 1000, discounts: [], taxMinor: 0 },
    });
    expect([worth(shipped), worth(shipped, document)]).toEqual([90, 100]);
    expect(
      worth(
        { ...shipped, refunds: [refund({ shippingMinor: 1000 })], financialStatus: 'partially_refunded' },
        document,
      ),
    ).toBe(90);
    expect(
      worth({ ...shipped, refunds: [refund({ shippingMinor: 1000 })], financialStatus: 'partially_refunded' }),
    ).toBe(90);
  });
  test('gift cards, tips and excluded products, vendors, channels and tags earn nothing', () => {
    const document = program({
      earning: { exclude: { productIds: ['5'], vendors: ['Acme'], channels: ['pos'], customerTags: ['staff'] } },
    });
    const lines = [
      line({ lineId: 1 }),
      line({ lineId: 2, giftCard: true }),
      line({ lineId: 3, tip: true }),
      line({ lineId: 4, vendor: 'Acme' }),
      line({ lineId: 5, productId: '5' as never }),
    ];
    expect(worth(order({ lines }), document)).toBe(10);
    expect(worth(order({ lines, channel: 'pos' }), document)).toBe(0);
    expect(entitlementOf(order({ lines }), document, plain({ labels: ['staff'] }), shop).points).toBe(0);
  });
  test('units that were edited away are left out, added ones count', () => {
    expect(worth(order({ lines: [line({ quantity: 3, currentQuantity: 2, listMinor: 1000 })] }))).toBe(6);
    expect(
      worth(
        order({
          lines: [line({ quantity: 3, currentQuantity: 1, listMinor: 3000 })],
          refunds: [refund({ lines: [[1, 1]] })],
          financialStatus: 'partially_refunded',
        }),
      ),
    ).toBe(10);
  });
  test('an order edited on many lines with awkward quantities is still exact', () => {
    const primes = [97, 89, 83, 79, 73, 71, 67, 61, 59, 53];
    const lines = primes.map((quantity, index) =>
      line({ lineId: index + 1, quantity, currentQuantity: quantity - 1, listMinor: quantity * 100 }),
    );
    expect(worth(order({ lines }))).toBe(primes.reduce((sum, quantity) => sum + quantity - 1, 0));
  });
  test('rounding happens once, at the end, in the mode of the program', () => {
    const lines = [line({ lineId: 1, listMinor: 150 }), line({ lineId: 2, listMinor: 150 })];
    expect(
      (['floor', 'nearest', 'ceil'] as const).map((rounding) =>
        worth(order({ lines }), program({ rate: [1, 200], earning: { rounding } })),
      ),
    ).toEqual([1, 2, 2]);
  });
  test('more money back than was paid leaves nothing, never less than nothing', () => {
    expect(
      worth({ ...paid, financialStatus: 'partially_refunded', refunds: [refund({ adjustmentMinor: -9000 })] }),
    ).toBe(0);
  });
  test('a correction in the shop’s favour nets against other refunds', () => {
    const refunds = [refund({ refundId: 1, adjustmentMinor: -2000 }), refund({ refundId: 2, adjustmentMinor: 500 })];
    expect(worth({ ...paid, financialStatus: 'partially_refunded', refunds })).toBe(35);
  });
});

describe('allocation by largest remainder', () => {
  const weighted = fc
    .array(fc.record({ units: fc.integer({ min: 0, max: 40 }), weight: fc.nat(2_000_000) }), {
      minLength: 1,
      maxLength: 12,
    })
    .map((lines) => lines.map((one) => (one.units === 0 ? { ...one, weight: 0 } : one)));
  test('the parts always sum to the whole, and no unit is off by one point or more', () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), weighted, (total, lines) => {
        const weight = lines.reduce((sum, one) => sum + one.weight, 0);
        const shares = allocate(total, lines);
        const sum = shares.reduce((all, share, index) => all + shareOfFirst(share, lines[index]?.units ?? 0), 0);
        expect(sum).toBe(weight === 0 ? 0 : total);
        shares.forEach(({ each, extra }, index) => {
          const { units = 0, weight: part = 0 } = lines[index] ?? {};
          if (units === 0 || weight === 0) return;
          const quota = (total * part) / (weight * units);
          expect(Math.abs(each - quota)).toBeLessThan(1 + 1e-6);
          expect(extra).toBeLessThanOrEqual(units);
        });
      }),
    );
  });
  test('ties go to the earlier line, then to the earlier unit', () => {
    expect(
      allocate(2, [
        { units: 1, weight: 1 },
        { units: 1, weight: 1 },
        { units: 1, weight: 1 },
      ]),
    ).toEqual([
      { each: 0, extra: 1 },
      { each: 0, extra: 1 },
      { each: 0, extra: 0 },
    ]);
    expect(allocate(5, [{ units: 3, weight: 3 }])).toEqual([{ each: 1, extra: 2 }]);
  });
});
