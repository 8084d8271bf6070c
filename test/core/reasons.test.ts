import { describe, expect, test } from 'vitest';
import { entitlementOf } from '~/core/earning/entitlement';
import { pointsForAmount } from '~/core/earning/preview';
import { nobodysWorth, orderWorth } from '~/core/evaluation/worth';
import { at, bonus, line, order, plain, program, refund, shop } from 'test/support/builders';

describe('why an order is worth nothing', () => {
  const because = (part: Parameters<typeof order>[0], document = program()) =>
    entitlementOf(order(part), document, plain({ programVersion: 3 }), shop);
  test.each([
    ['test', { test: true, cancelledAt: at('13:00') }, {}],
    ['cancelled', { cancelledAt: at('13:00'), financialStatus: 'voided' as const }, {}],
    ['voided', { financialStatus: 'voided' as const, customerId: null }, {}],
    ['refunded', { financialStatus: 'refunded' as const, customerId: null }, {}],
    ['not_paid', { financialStatus: 'authorized' as const }, { awardMoment: 'fulfilled' as const }],
    [
      'not_fulfilled',
      { fulfillmentStatus: 'partial' as const, currency: 'USD' },
      { awardMoment: 'fulfilled' as const },
    ],
    ['no_rate', { currency: 'USD', channel: 'pos' }, { exclude: { channels: ['pos'] } }],
    ['excluded', { channel: ' POS ' }, { exclude: { channels: ['pos'] } }],
  ] as const)('%s', (reason, part, earning) => {
    const document = program({ earning: JSON.parse(JSON.stringify(earning)) as object });
    expect(because(part, document)).toEqual({
      points: 0,
      why: {
        v: 1,
        kind: 'order',
        order: '#1001',
        programVersion: 3,
        currency: order(part).currency,
        worth: 'nothing',
        because: reason,
      },
    });
  });
  test('a label of the member excludes the order', () => {
    const document = program({ earning: { exclude: { customerTags: ['Staff '] } } });
    const worth = (labels: readonly string[]) => entitlementOf(order(), document, plain({ labels }), shop);
    expect(worth(['staff']).why).toMatchObject({ worth: 'nothing', because: 'excluded' });
    expect(worth([]).points).toBe(10);
  });
  test("nobody's order is worth nothing, and says why where its state does not", () => {
    const worth = (part: Parameters<typeof order>[0]) => nobodysWorth(because(part), order(part));
    expect(worth({})).toMatchObject({ points: 0, why: { because: 'no_member', programVersion: 3 } });
    expect(worth({ test: true })).toMatchObject({ points: 0, why: { because: 'test' } });
  });
  test('without a state it is not paid, without a context it is older than the program', () => {
    const snapshot = order();
    expect(orderWorth(snapshot, null, plain({ programVersion: 2 }), program(), shop).why).toEqual({
      v: 1,
      kind: 'order',
      order: '#1001',
      programVersion: 2,
      currency: 'EUR',
      worth: 'nothing',
      because: 'not_paid',
    });
    expect(orderWorth(snapshot, null, null, null, shop).why.programVersion).toBeNull();
    for (const [context, document] of [
      [null, program()],
      [plain(), null],
    ] as const) {
      expect(orderWorth(snapshot, snapshot, context, document, shop).why).toMatchObject({
        because: 'before_program',
        programVersion: null,
      });
    }
  });
  test('an order that earns says everything that is needed to do the sum again', () => {
    const lines = [
      line({ lineId: 1, listMinor: 4000, quantity: 2, currentQuantity: 1, title: 'Cup' }),
      line({ lineId: 2, listMinor: 1050, title: 'Spoon' }),
    ];
    const bonuses = [
      bonus({ id: 'double', times: 2, conditions: [{ kind: 'product', productIds: ['5'] }] }),
      bonus({ id: 'extra', times: 1.5, stacking: 'additive' }),
      bonus({ id: 'gift', points: 7 }),
    ];
    const document = program({ earning: { bonuses, caps: { perOrder: 60 }, rounding: 'nearest' } });
    const partly = order({
      lines,
      financialStatus: 'partially_refunded',
      refunds: [refund({ lines: [[1, 1]], adjustmentMinor: -100 })],
    });
    expect(entitlementOf(partly, document, plain(), shop)).toEqual({
      points: 35,
      why: {
        v: 1,
        kind: 'order',
        order: '#1001',
        programVersion: 1,
        currency: 'EUR',
        worth: 'points',
        rate: { points: 1, amountMinor: 100 },
        rounding: 'nearest',
        basis: { minor: 5050, per: 1 },
        bonuses: [
          {
            id: 'extra',
            name: { en: 'extra', it: 'extra', de: 'extra', fr: 'extra', es: 'extra' },
            stacking: 'additive',
            effect: { kind: 'multiply', basisPoints: 15_000 },
          },
          {
            id: 'gift',
            name: { en: 'gift', it: 'gift', de: 'gift', fr: 'gift', es: 'gift' },
            stacking: 'exclusive',
            effect: { kind: 'add', points: 7 },
          },
        ],
        uncapped: 83,
        caps: [{ kind: 'order', limit: 60, used: 0 }],
        total: 60,
        lines: [
          {
            lineId: '1',
            title: 'Cup',
            units: 2,
            refundedUnits: 1,
            basisMinor: 4000,
            of: 2,
            points: 48,
            times: { basisPoints: 15_000, exclusive: null, additive: ['extra'] },
          },
          {
            lineId: '2',
            title: 'Spoon',
            units: 1,
            refundedUnits: 0,
            basisMinor: 1050,
            of: 1,
            points: 12,
            times: { basisPoints: 15_000, exclusive: null, additive: ['extra'] },
          },
        ],
        refund: { unitsLeft: 36, moneyBackMinor: 100, moneyLeft: { minor: 3050, per: 1 } },
        entitlement: 35,
      },
    });
  });
});

test('what a plain amount earns, for examples', () => {
  const { earning } = program({ rate: [3, 1000] });
  expect([
    pointsForAmount(5000, 'EUR', earning),
    pointsForAmount(5999, 'EUR', earning),
    pointsForAmount(5000, 'USD', earning),
  ]).toEqual([15, 17, 0]);
  const broken = (points: number, amountMinor: number) =>
    pointsForAmount(5000, 'EUR', { ...earning, rates: [{ currency: 'EUR', points, amountMinor }] });
  expect([broken(0, 100), broken(1, 0), broken(1, 1)]).toEqual([0, 0, 5000]);
});
