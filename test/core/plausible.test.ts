import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { implausible, liesAhead } from '~/core/orders/plausible';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { cellText, plainCell } from '~/core/values/cells';
import { instant } from '~/core/values/instant';
import { entitlementOf } from '~/core/earning/entitlement';
import { allocate } from '~/core/earning/allocate';
import { orderPointsMax } from '~/core/earning/caps';
import { at, line, order, plain, program, refund, shop } from 'test/support/builders';

const day = 86_400_000;
const money = (amountMinor: number) => ({ code: null, amountMinor });

describe('an order that makes no sense is refused in words', () => {
  const senseless: readonly (readonly [RegExp, Partial<Omit<OrderSnapshot, 'orderId'>>])[] = [
    [/line 1 has a negative price/, { lines: [line({ listMinor: -1 })] }],
    [/line 1 has a negative discount/, { lines: [line({ discounts: [money(500), money(-10_000)] })] }],
    [/line 1 has a negative tax/, { lines: [line({ taxMinor: -1 })] }],
    [/shipping has a negative price/, { shipping: { listMinor: -1, discounts: [], taxMinor: 0 } }],
    [/shipping has a negative discount/, { shipping: { listMinor: 1, discounts: [money(-1)], taxMinor: 0 } }],
    [/shipping has a negative tax/, { shipping: { listMinor: 1, discounts: [], taxMinor: -1 } }],
    [/lists the line 7 twice/, { lines: [line({ lineId: 7 }), line({ lineId: 7 })] }],
    [
      /line 1 has an impossible number of units: 1000001/,
      { lines: [line({ quantity: 1_000_001, currentQuantity: 1 })] },
    ],
    [/line 1 has an impossible number of units: -1/, { lines: [line({ currentQuantity: -1 })] }],
    [/"processed_at" lies in an impossible year: 0000/, { instant: instant(Date.parse('0000-01-01T00:00:00Z')) }],
    [/"created_at" lies in an impossible year: 1989/, { createdAt: instant(Date.parse('1989-12-31T23:59:59Z')) }],
    [/"updated_at" lies in an impossible year: 9999/, { updatedAt: instant(Date.parse('9999-01-01T00:00:00Z')) }],
    [/"cancelled_at" is not a point in time/, { cancelledAt: instant(Number.NaN) }],
    [
      /"refunds.processed_at" lies in an impossible year: 0001/,
      { refunds: [refund({ at: instant(Date.parse('0001-01-01T00:00:00Z')) })] },
    ],
    [/an impossible number of units: -2/, { refunds: [refund({ lines: [[1, -2]] })] }],
    [
      /more money than can be counted/,
      { lines: [1, 2].map((lineId) => line({ lineId, listMinor: 5_000_000_000_001 })) },
    ],
    [/more money than can be counted/, { refunds: [refund({ adjustmentMinor: -10_000_000_000_001 })] }],
  ];
  test.each(senseless)('%s', (sentence, part) => {
    expect(implausible(order(part))).toMatch(sentence);
  });
  test('a refund of a line that gives back less than nothing', () => {
    const [back] = [refund({ lines: [[1, 1]] })];
    const negative = (field: 'subtotalMinor' | 'taxMinor') => ({
      ...back,
      lines: back.lines.map((one) => ({ ...one, [field]: -1 })),
    });
    for (const field of ['subtotalMinor', 'taxMinor'] as const) {
      expect(implausible(order({ refunds: [negative(field)] }))).toMatch(
        /refund 1 gives back a negative amount for the line 1/,
      );
    }
  });
  test('what is unusual makes sense: adjustments of either sign, everything free, refunds that list a line twice, an order of 1990', () => {
    for (const part of [
      {
        refunds: [refund({ adjustmentMinor: -300 }), refund({ refundId: 2, adjustmentMinor: 300, shippingMinor: -5 })],
      },
      { lines: [line({ listMinor: 0, discounts: [money(0)] })] },
      {
        refunds: [
          refund({
            lines: [
              [1, 1],
              [1, 1],
            ],
          }),
        ],
      },
      { lines: [line({ quantity: 1_000_000 })] },
      { instant: instant(Date.UTC(1990, 0, 1)) },
      { lines: [], shipping: { listMinor: 500, discounts: [money(500)], taxMinor: 0 } },
    ])
      expect(implausible(order(part))).toBeNull();
  });
  test('a day ahead is a clock or a time zone, more is a mistake', () => {
    const now = at('12:00');
    const late = instant(now + day + 1);
    for (const part of [
      { instant: late },
      { createdAt: late },
      { updatedAt: late },
      { cancelledAt: late },
      { refunds: [refund({ at: late })] },
    ]) {
      expect(liesAhead(order(part), now)).toBe(true);
    }
    expect(liesAhead(order({ updatedAt: instant(now + day) }), now)).toBe(false);
  });
});

describe('an order of more points than a number holds', () => {
  const rates = [{ currency: 'EUR', points: 1_000_000, amountMinor: 1 }];
  const worth = (listMinor: number, quantity = 1) =>
    entitlementOf(order({ lines: [line({ listMinor, quantity })] }), program({ earning: { rates } }), plain(), shop);
  test('brings as many as the largest cap allows, and says so', () => {
    for (const minor of [1_001, 9_000_000_000, 10_000_000_000_000]) {
      const { points, why } = worth(minor);
      expect([points, why]).toMatchObject([
        orderPointsMax,
        { caps: [{ kind: 'order', limit: orderPointsMax, used: 0 }] },
      ]);
    }
    expect(worth(1_000)).toMatchObject({ points: 1_000_000_000, why: { worth: 'points' } });
    expect(worth(1_000).why).not.toHaveProperty('caps');
  });
  test('with bonuses on top, too, and whatever the quantities', () => {
    const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
    const bonuses = [
      {
        id: 'times',
        name,
        stacking: 'additive' as const,
        effect: { kind: 'multiply' as const, basisPoints: 1_000_000 },
      },
      { id: 'plus', name, stacking: 'additive' as const, effect: { kind: 'add' as const, points: 1_000_000 } },
    ];
    const document = program({ earning: { rates, bonuses } });
    const lines = [
      line({ lineId: 1, listMinor: 4_000_000_000_000, quantity: 999_983 }),
      line({ lineId: 2, listMinor: 3, quantity: 7 }),
    ];
    expect(entitlementOf(order({ lines }), document, plain(), shop).points).toBe(orderPointsMax);
  });
  test('points are divided without loss where units times weights go beyond what a number holds', () => {
    // 999 983 × this is no safe integer: as a number it is a little more, and a thousand each would become 999 and one.
    expect(allocate(999_983_000, [{ units: 999_983, weight: 9_999_999_999_970 }])).toEqual([{ each: 1000, extra: 0 }]);
    const units = fc.integer({ min: 1, max: 1_000_000 });
    const lines = fc.array(fc.record({ units, weight: fc.integer({ min: 1, max: 10_000_000_000_000 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: orderPointsMax }), lines, (total, weighted) => {
        const exact = allocate(
          total,
          weighted.map(({ units: many, weight }) => ({ units: many, weight: BigInt(weight) })),
        );
        expect(allocate(total, weighted)).toEqual(exact);
        expect(
          exact.reduce((sum, { each, extra }, index) => sum + each * (weighted[index]?.units ?? 0) + extra, 0),
        ).toBe(total);
      }),
    );
  });
});

describe('cells that a spreadsheet would run', () => {
  test('are made plain, and every text comes back as it was', () => {
    const start = fc.constantFrom('', "'", "''", '=', '+', '-', '@', '\t', '\r', '\n', "'=", 'a');
    fc.assert(
      fc.property(start, fc.string(), (begin, rest) => {
        const text = begin + rest;
        expect(plainCell(text)).not.toMatch(/^[=+\-@\t\r\n]/);
        expect(cellText(plainCell(text))).toBe(text);
      }),
    );
  });
  test('ordinary texts and what people write themselves stay as they are', () => {
    for (const text of ['#1001', "'tis the season", '2026-06-10', '', 'a=b'])
      expect([plainCell(text), cellText(text)]).toEqual([text, text]);
  });
});
