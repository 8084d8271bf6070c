import { describe, expect, test } from 'vitest';
import { orderOwner } from '~/core/orders/owner';
import { isStale, signOf } from '~/core/orders/sign';
import { keptMoney, statusOf } from '~/core/orders/status';
import { stateAt } from '~/core/orders/stateAt';
import { newerSnapshot } from '~/core/orders/winner';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type PlatformId } from '~/core/values/ids';
import { at, line, order, refund } from 'test/support/builders';

const id = (text: string): PlatformId => asId<PlatformId>(text);

describe('an order at a moment', () => {
  const refunds = [
    refund({ refundId: 1, at: at('14:00'), lines: [[1, 1]] }),
    refund({
      refundId: 2,
      at: at('16:00'),
      lines: [
        [1, 2],
        [2, 1],
      ],
    }),
  ];
  const snapshot = order({
    financialStatus: 'refunded',
    cancelledAt: at('17:00'),
    refunds,
    lines: [
      line({ lineId: 1, quantity: 3, currentQuantity: 0 }),
      line({ lineId: 2, currentQuantity: 0 }),
      line({ lineId: 3 }),
    ],
  });
  test('has the refunds and the cancellation that had come by then, and the units that were left', () => {
    const seen = (time: string) => {
      const state = stateAt(snapshot, at(time));
      return [
        state.refunds.length,
        state.financialStatus,
        state.cancelledAt,
        state.lines.map(({ currentQuantity }) => currentQuantity),
      ];
    };
    expect(seen('13:59')).toEqual([0, 'paid', null, [3, 1, 1]]);
    expect(seen('14:00')).toEqual([1, 'partially_refunded', null, [2, 1, 1]]);
    expect(seen('16:00')).toEqual([2, 'refunded', null, [0, 0, 1]]);
    expect(seen('16:59')).toEqual([2, 'refunded', null, [0, 0, 1]]);
    expect(stateAt(snapshot, at('17:00'))).toBe(snapshot);
    const open = order();
    expect(stateAt(open, at('11:00'))).toBe(open);
  });
  test('keeps what carries no time: an unpaid or voided status, and edits', () => {
    for (const financialStatus of ['pending', 'voided', 'paid'] as const) {
      expect(stateAt({ ...snapshot, financialStatus }, at('13:00')).financialStatus).toBe(financialStatus);
    }
    const edited = { ...snapshot, lines: [line({ lineId: 1, quantity: 2, currentQuantity: 0 })] };
    expect(stateAt(edited, at('13:00')).lines[0]?.currentQuantity, 'never more than were ordered').toBe(2);
    const untouched = stateAt(snapshot, at('16:30'));
    expect(untouched.lines).toBe(snapshot.lines);
  });
});

describe('what the figures make of an order', () => {
  test.each([
    ['unpaid', null],
    ['test', order({ test: true, cancelledAt: at('13:00') })],
    ['cancelled', order({ cancelledAt: at('13:00') })],
    ['cancelled', order({ financialStatus: 'voided' })],
    ['refunded', order({ financialStatus: 'refunded' })],
    ['counted', order({ financialStatus: 'paid' })],
    ['counted', order({ financialStatus: 'partially_refunded' })],
    ['unpaid', order({ financialStatus: 'pending' })],
    ['unpaid', order({ financialStatus: 'authorized' })],
  ] as const)('%s', (kind, snapshot) => {
    expect(statusOf(snapshot)).toBe(kind);
    if (kind !== 'counted') expect(keptMoney(snapshot)).toBe(0);
  });
  test('money that stays: lines and shipping after discounts, tax on top, less everything given back', () => {
    const snapshot = order({
      taxesIncluded: false,
      lines: [line({ listMinor: 5000, taxMinor: 500, discounts: [{ code: 'X', amountMinor: 1000 }] })],
      shipping: { listMinor: 700, discounts: [{ code: null, amountMinor: 200 }], taxMinor: 50 },
    });
    expect(keptMoney(snapshot)).toBe(4000 + 500 + 500 + 50);
    expect(keptMoney({ ...snapshot, taxesIncluded: true })).toBe(4500);
    const back = refund({ shippingMinor: 100, shippingTaxMinor: 10, adjustmentMinor: -30 });
    const refunds = [{ ...back, lines: [{ lineId: id('1'), quantity: 1, subtotalMinor: 1000, taxMinor: 100 }] }];
    const partly = { ...snapshot, financialStatus: 'partially_refunded' as const, refunds };
    expect(keptMoney(partly)).toBe(5050 - 1100 - 110 - 30);
    expect(keptMoney({ ...partly, taxesIncluded: true })).toBe(4500 - 1000 - 100 - 30);
    expect(keptMoney({ ...partly, refunds: [refund({ adjustmentMinor: -99_999 })] })).toBe(0);
    expect(keptMoney(null)).toBe(0);
  });
});

describe('the sign of an order', () => {
  const snapshot = order({
    lines: [line({ lineId: 1, quantity: 3, currentQuantity: 2 }), line({ lineId: 2, quantity: 4 })],
    refunds: [refund()],
    financialStatus: 'partially_refunded',
  });
  const sign = signOf(snapshot);
  test('says what can be compared without reading the order', () => {
    expect(sign).toEqual({
      orderId: '1001',
      updatedAt: at('12:00'),
      customerId: '77',
      financialStatus: 'partially_refunded',
      fulfillmentStatus: 'none',
      cancelled: false,
      refunds: 1,
      units: 7,
      currentUnits: 6,
    });
    expect(signOf({ ...snapshot, cancelledAt: at('13:00') }).cancelled).toBe(true);
  });
  test('is stale when theirs is later, or of the same second and another in anything', () => {
    expect(isStale(sign, sign)).toBe(false);
    expect(isStale(sign, { ...sign, updatedAt: at('12:01') })).toBe(true);
    expect(isStale(sign, { ...sign, updatedAt: at('11:59'), refunds: 9 }), 'ours is newer').toBe(false);
    expect(isStale(sign, { ...sign, customerId: null }), 'that nobody is named is no news').toBe(false);
    for (const part of [
      { customerId: asId<PlatformId>('78') },
      { financialStatus: 'paid' as const },
      { fulfillmentStatus: 'fulfilled' as const },
      { cancelled: true },
      { refunds: 2 },
      { units: 8 },
      { currentUnits: 5 },
    ]) {
      expect(isStale(sign, { ...sign, ...part }), JSON.stringify(part)).toBe(true);
    }
  });
});

test('whose an order is', () => {
  expect(orderOwner(order())).toEqual({ kind: 'customer', customerId: '77' });
  expect(orderOwner(order({ customerId: null, emailHash: 'h' }))).toEqual({ kind: 'guest', emailHash: 'h' });
  expect(orderOwner(order({ customerId: null }))).toBeNull();
});

test('of two states of one second the one with more money back is newer: lines with their tax on top, shipping, adjustments', () => {
  const paid = order({ financialStatus: 'partially_refunded', taxesIncluded: false });
  const back = (part: Partial<Parameters<typeof refund>[0] & object>, tax = 0, subtotal = 0): OrderSnapshot => ({
    ...paid,
    refunds: [{ ...refund(part), lines: [{ lineId: id('1'), quantity: 1, subtotalMinor: subtotal, taxMinor: tax }] }],
  });
  const rising = [
    back({}),
    back({}, 0, 5),
    back({}, 3, 5),
    back({ shippingMinor: 9 }),
    back({ shippingMinor: 9, shippingTaxMinor: 2 }),
    back({ adjustmentMinor: -20 }),
  ];
  rising.forEach((less, index) =>
    rising
      .slice(index + 1)
      .forEach((more) => expect([newerSnapshot(less, more), newerSnapshot(more, less)]).toEqual([more, more])),
  );
  const included = { ...back({}, 3, 5), taxesIncluded: true };
  expect(
    newerSnapshot(included, { ...back({}, 0, 6), taxesIncluded: true }).refunds[0]?.lines[0]?.subtotalMinor,
    'included tax is in the amount',
  ).toBe(6);
  const other = { ...paid, name: '#1002' };
  expect([newerSnapshot(paid, other).name, newerSnapshot(other, paid).name]).toEqual(['#1002', '#1002']);
});
