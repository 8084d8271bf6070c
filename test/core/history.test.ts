import { describe, expect, test } from 'vitest';
import { entitlementOf } from '~/core/earning/entitlement';
import { pointsForAmount } from '~/core/earning/preview';
import { compareOrders, factsOf, spendOf } from '~/core/orders/facts';
import { deriveHistory, dependsOnHistory, tierClockOf, type HistoryOrder, type Regime } from '~/core/orders/history';
import { orderOwner } from '~/core/orders/owner';
import { isStale, signOf } from '~/core/orders/sign';
import { keptMoney, standingOf } from '~/core/orders/standing';
import { stateAt } from '~/core/orders/stateAt';
import { newerSnapshot } from '~/core/orders/winner';
import { orderWorth } from '~/core/orders/worth';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type PlatformId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { at, bonus, line, order, plain, program, refund, shop } from 'test/support/builders';

const storeId = asId<StoreId>(shop.storeId);
const id = (text: string): PlatformId => asId<PlatformId>(text);
const money = (minor: number) => [line({ listMinor: minor })];
const publishedAt = at('00:00', 1);
const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
const tiers = {
  metric: 'spend' as const,
  currency: 'EUR',
  window: { kind: 'lifetime' as const },
  levels: [
    { id: 'base', name, threshold: 0 },
    { id: 'gold', name, threshold: 10_000 },
  ],
};

describe('contexts', () => {
  const regimesOf = (document: ReturnType<typeof program>): readonly Regime[] => [{ version: 1, publishedAt, document }];
  const known = (snapshot: OrderSnapshot, part: Partial<HistoryOrder> = {}): HistoryOrder => ({
    storeId,
    zone: shop.zone,
    newest: snapshot,
    settled: snapshot,
    base: plain(),
    known: false,
    ...part,
  });
  const derive = (document: ReturnType<typeof program>, orders: readonly HistoryOrder[], now = at('23:00', 20)) =>
    deriveHistory(orders, regimesOf(document), tierClockOf(regimesOf(document), []), now);
  const contexts = (document: ReturnType<typeof program>, orders: readonly HistoryOrder[]) => derive(document, orders).map(({ context }) => context);

  test('are asked for by tiers, period caps and rules on the order number only', () => {
    const first = bonus({ id: 'first', points: 5, conditions: [{ kind: 'order_number', numbers: [1] }] });
    const weekend = bonus({ id: 'weekend', times: 2, conditions: [{ kind: 'weekday', days: [6] }] });
    expect([program(), program({ earning: { bonuses: [weekend], caps: { perOrder: 5 } } })].map(dependsOnHistory)).toEqual([false, false]);
    const asking = [
      program({ tiers }),
      program({ earning: { bonuses: [first] } }),
      ...(['perDay', 'perMonth', 'lifetime'] as const).map((cap) => program({ earning: { caps: { [cap]: 5 } } })),
    ];
    expect(asking.map(dependsOnHistory)).toEqual([true, true, true, true, true]);
  });
  test('hold what the program asks for and nothing else', () => {
    const snapshot = order({ lines: money(12_000) });
    expect(contexts(program(), [known(snapshot)])).toEqual([{ programVersion: 1, via: 'instant' }]);
    expect(contexts(program({ tiers }), [known(snapshot)])).toEqual([{ programVersion: 1, via: 'instant', tier: 'base' }]);
    const products = { '5': null };
    expect(contexts(program({ earning: { caps: { perDay: 5 } } }), [known(snapshot, { base: plain({ products, via: 'backfill' }) })])).toEqual([
      { programVersion: 1, via: 'backfill', used: { day: 0, month: 0, lifetime: 0 }, products },
    ]);
  });
  test('the tier at an order is the one of the orders before it, by instant and then by id', () => {
    const orders = [
      known(order({ orderId: 3, instant: at('12:00', 12), lines: money(100) })),
      known(order({ orderId: 10, instant: at('12:00', 11), lines: money(100) })),
      known(order({ orderId: 9, instant: at('12:00', 11), lines: money(10_000) })),
    ];
    expect(derive(program({ tiers }), orders).map(({ order: one, context }) => [one.newest.orderId, context?.tier])).toEqual([
      ['9', 'base'],
      ['10', 'gold'],
      ['3', 'gold'],
    ]);
  });
  test('the order number counts earlier orders, unpaid ones too, not tests, voided ones or those cancelled by then', () => {
    const first = program({ earning: { bonuses: [bonus({ id: 'first', points: 5, conditions: [{ kind: 'order_number', numbers: [1] }] })] } });
    const orders = [
      order({ orderId: 1, instant: at('08:00'), financialStatus: 'pending' }),
      order({ orderId: 2, instant: at('09:00'), test: true }),
      order({ orderId: 3, instant: at('10:00'), financialStatus: 'voided' }),
      order({ orderId: 4, instant: at('11:00'), cancelledAt: at('12:00') }),
      order({ orderId: 5, instant: at('11:30') }),
      order({ orderId: 6, instant: at('12:00') }),
      order({ orderId: 7, instant: at('13:00') }),
    ];
    expect(
      contexts(
        first,
        orders.map((one) => known(one)),
      ).map((context) => context?.orderNumber),
    ).toEqual([1, 2, 2, 2, 3, 3, 4]);
  });
  test('room of caps: by local day and month; freed by a cancellation or full refund from its own time on, not by a part', () => {
    const capped = program({ earning: { caps: { perDay: 1000, perMonth: 1000, lifetime: 1000 } } });
    const back = {
      financialStatus: 'refunded' as const,
      refunds: [refund({ at: at('10:00', 11), lines: [[1, 1]] })],
      lines: [line({ listMinor: 3000, currentQuantity: 0 })],
    };
    const part = { financialStatus: 'partially_refunded' as const, refunds: [refund({ at: at('05:00', 11), adjustmentMinor: -500 })] };
    const orders = [
      order({ orderId: 1, instant: at('12:00', 9), lines: money(1000), ...part }),
      order({ orderId: 2, instant: at('21:59', 10), lines: money(2000) }),
      order({ orderId: 3, instant: at('22:00', 10), ...back }),
      order({ orderId: 4, instant: at('09:59', 11), lines: money(400) }),
      order({ orderId: 5, instant: at('10:00', 11), lines: money(500) }),
      order({ orderId: 6, instant: instant(Date.parse('2026-06-30T22:00:00Z')), lines: money(600) }),
    ];
    expect(
      contexts(
        capped,
        orders.map((one) => known(one)),
      ).map((context) => context?.used),
    ).toEqual([
      { day: 0, month: 0, lifetime: 0 },
      { day: 0, month: 10, lifetime: 10 },
      { day: 0, month: 30, lifetime: 30 },
      { day: 30, month: 60, lifetime: 60 },
      { day: 4, month: 34, lifetime: 34 },
      { day: 0, month: 0, lifetime: 39 },
    ]);
  });
  test('an order from before the program only counts; its context stays none', () => {
    const [before, after] = derive(program({ tiers }), [
      known(order({ orderId: 1, lines: money(90_000) }), { base: null }),
      known(order({ orderId: 2, instant: at('13:00') })),
    ]);
    expect(before).toMatchObject({
      context: null,
      document: null,
      finding: null,
      worth: { points: 0, why: { because: 'before_program', programVersion: null } },
    });
    expect(after?.context?.tier).toBe('base');
  });
  test('is final thirty days after the order if it was derived before; a later difference is a finding', () => {
    const document = program({ earning: { caps: { perDay: 50 } } });
    const late = order({ orderId: 1, instant: at('09:00'), lines: money(4000) });
    const first = order({ orderId: 2, instant: at('10:00'), lines: money(4000) });
    const base = plain({ used: { day: 0, month: 0, lifetime: 0 } });
    const finalAt = instant(first.instant + 30 * 86_400_000);
    const at30 = (now: Instant, isKnown: boolean) => derive(document, [known(late), known(first, { base, known: isKnown })], now)[1];
    const wouldBe = plain({ used: { day: 40, month: 40, lifetime: 40 } });
    expect(at30(instant(finalAt - 1), true)).toMatchObject({ context: wouldBe, finding: null, worth: { points: 10 } });
    expect(at30(finalAt, true)).toMatchObject({ context: base, finding: wouldBe, worth: { points: 40 } });
    expect(at30(finalAt, false)).toMatchObject({ context: wouldBe, finding: null });
    expect(derive(document, [known(first, { base, known: true })], finalAt)[0]?.finding, 'nothing differs').toBeNull();
  });
  test('a program without a version has no tiers to ask for', () => {
    expect(() => tierClockOf([], [])).toThrow('without a version');
  });
});

describe('facts', () => {
  const facts = (snapshot: OrderSnapshot, settled: OrderSnapshot | null = snapshot) => factsOf(storeId, snapshot, settled, plain(), program(), shop);
  test('of an order without a state to stand on: it is numbered and takes no room', () => {
    const pending = order({ financialStatus: 'partially_paid', lines: money(5000) });
    expect(facts(pending, null)).toEqual({
      storeId,
      orderId: '1001',
      instant: at('12:00'),
      currency: 'EUR',
      numbered: true,
      cancelledAt: null,
      room: 0,
      freedAt: null,
      steps: [],
    });
  });
  test('a step for each time at which something changed, and none where nothing did', () => {
    const snapshot = order({
      lines: [line({ listMinor: 6000, quantity: 2, currentQuantity: 1 })],
      financialStatus: 'partially_refunded',
      refunds: [refund({ refundId: 2, at: at('15:00'), adjustmentMinor: 0 }), refund({ refundId: 1, at: at('11:00'), lines: [[1, 1]] })],
      cancelledAt: at('18:00'),
    });
    expect(facts(snapshot)).toMatchObject({
      room: 60,
      freedAt: at('18:00'),
      cancelledAt: at('18:00'),
      steps: [
        { at: at('12:00'), spendMinor: 3000, points: 30, orders: 1 },
        { at: at('18:00'), spendMinor: 0, points: 0, orders: 0 },
      ],
    });
  });
  test('an order that is refunded in full frees its room with its last refund, or with its cancellation if that was sooner', () => {
    const refunds = [refund({ refundId: 1, at: at('14:00'), lines: [[1, 1]] }), refund({ refundId: 2, at: at('16:00'), adjustmentMinor: -1 })];
    const back = order({ financialStatus: 'refunded', refunds, lines: [line({ currentQuantity: 0 })] });
    expect(facts(back).freedAt).toBe(at('16:00'));
    expect(facts({ ...back, cancelledAt: at('13:00') }).freedAt).toBe(at('13:00'));
    expect(facts({ ...back, cancelledAt: at('17:00') }).freedAt).toBe(at('16:00'));
    expect(facts(order()).freedAt).toBeNull();
  });
  test('spend leaves out tests, unpaid and excluded orders, and takes money back in proportion, rounded once', () => {
    const document = program({ earning: { exclude: { channels: ['pos'] } } });
    const spend = (part: Parameters<typeof order>[0]) => spendOf(order({ lines: money(1000), ...part }), document, plain());
    expect([spend({}), spend({ test: true }), spend({ financialStatus: 'pending' }), spend({ channel: 'pos' }), spend({ cancelledAt: at('13:00') })]).toEqual([
      1000, 0, 0, 0, 0,
    ]);
    const third = { financialStatus: 'partially_refunded' as const, lines: [line({ listMinor: 1000, quantity: 3, currentQuantity: 2 })] };
    expect(spend({ ...third, refunds: [refund({ lines: [[1, 1]] })] })).toBe(667);
    expect(spend({ ...third, refunds: [refund({ lines: [[1, 1]], adjustmentMinor: -500 })] })).toBe(167);
    expect(spend({ ...third, refunds: [refund({ lines: [[1, 1]], adjustmentMinor: -5000 })] })).toBe(0);
    expect(spend({ lines: money(0), financialStatus: 'partially_refunded', refunds: [refund({ adjustmentMinor: -5 })] })).toBe(0);
  });
  test('orders come by instant, then by the number of their id', () => {
    const sorted = ['10', '9', '100', '11', '9'].map((text) => ({ instant: at('12:00'), orderId: id(text) })).sort(compareOrders);
    expect(sorted.map(({ orderId }) => orderId)).toEqual(['9', '9', '10', '11', '100']);
    expect(compareOrders({ instant: at('12:00'), orderId: id('9') }, { instant: at('11:00'), orderId: id('8') })).toBeGreaterThan(0);
    expect(compareOrders({ instant: at('12:00'), orderId: id('8') }, { instant: at('12:00'), orderId: id('8') })).toBe(0);
  });
});

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
    lines: [line({ lineId: 1, quantity: 3, currentQuantity: 0 }), line({ lineId: 2, currentQuantity: 0 }), line({ lineId: 3 })],
  });
  test('has the refunds and the cancellation that had come by then, and the units that were left', () => {
    const seen = (time: string) => {
      const state = stateAt(snapshot, at(time));
      return [state.refunds.length, state.financialStatus, state.cancelledAt, state.lines.map(({ currentQuantity }) => currentQuantity)];
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
    expect(standingOf(snapshot)).toBe(kind);
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
    for (const part of [
      { customerId: null },
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
    rising.slice(index + 1).forEach((more) => expect([newerSnapshot(less, more), newerSnapshot(more, less)]).toEqual([more, more])),
  );
  const included = { ...back({}, 3, 5), taxesIncluded: true };
  expect(newerSnapshot(included, { ...back({}, 0, 6), taxesIncluded: true }).refunds[0]?.lines[0]?.subtotalMinor, 'included tax is in the amount').toBe(6);
  const other = { ...paid, name: '#1002' };
  expect([newerSnapshot(paid, other).name, newerSnapshot(other, paid).name]).toEqual(['#1002', '#1002']);
});

describe('why an order is worth nothing', () => {
  const because = (part: Parameters<typeof order>[0], document = program()) => entitlementOf(order(part), document, plain({ programVersion: 3 }), shop);
  test.each([
    ['test', { test: true, cancelledAt: at('13:00') }, {}],
    ['cancelled', { cancelledAt: at('13:00'), financialStatus: 'voided' as const }, {}],
    ['voided', { financialStatus: 'voided' as const, customerId: null }, {}],
    ['refunded', { financialStatus: 'refunded' as const, customerId: null }, {}],
    ['no_member', { customerId: null, financialStatus: 'pending' as const }, {}],
    ['not_paid', { financialStatus: 'authorized' as const }, { awardMoment: 'fulfilled' as const }],
    ['not_fulfilled', { fulfillmentStatus: 'partial' as const, currency: 'USD' }, { awardMoment: 'fulfilled' as const }],
    ['no_rate', { currency: 'USD', channel: 'pos' }, { exclude: { channels: ['pos'] } }],
    ['excluded', { channel: ' POS ' }, { exclude: { channels: ['pos'] } }],
    ['excluded', { customerTags: ['Staff ', 'x'] }, { exclude: { customerTags: ['staff'] } }],
  ] as const)('%s', (reason, part, earning) => {
    const document = program({ earning: JSON.parse(JSON.stringify(earning)) as object });
    const snapshot = { ...part, customerTags: 'customerTags' in part ? [...part.customerTags] : [] };
    expect(because(snapshot, document)).toEqual({
      points: 0,
      why: { v: 1, kind: 'order', order: '#1001', programVersion: 3, currency: order(snapshot).currency, worth: 'nothing', because: reason },
    });
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
      expect(orderWorth(snapshot, snapshot, context, document, shop).why).toMatchObject({ because: 'before_program', programVersion: null });
    }
  });
  test('an order that earns says everything that is needed to do the sum again', () => {
    const lines = [line({ lineId: 1, listMinor: 4000, quantity: 2, currentQuantity: 1, title: 'Cup' }), line({ lineId: 2, listMinor: 1050, title: 'Spoon' })];
    const bonuses = [
      bonus({ id: 'double', times: 2, conditions: [{ kind: 'product', productIds: ['5'] }] }),
      bonus({ id: 'extra', times: 1.5, stacking: 'additive' }),
      bonus({ id: 'gift', points: 7 }),
    ];
    const document = program({ earning: { bonuses, caps: { perOrder: 60 }, rounding: 'nearest' } });
    const partly = order({ lines, financialStatus: 'partially_refunded', refunds: [refund({ lines: [[1, 1]], adjustmentMinor: -100 })] });
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
          { id: 'gift', name: { en: 'gift', it: 'gift', de: 'gift', fr: 'gift', es: 'gift' }, stacking: 'exclusive', effect: { kind: 'add', points: 7 } },
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
  expect([pointsForAmount(5000, 'EUR', earning), pointsForAmount(5999, 'EUR', earning), pointsForAmount(5000, 'USD', earning)]).toEqual([15, 17, 0]);
  const broken = (points: number, amountMinor: number) => pointsForAmount(5000, 'EUR', { ...earning, rates: [{ currency: 'EUR', points, amountMinor }] });
  expect([broken(0, 100), broken(1, 0), broken(1, 1)]).toEqual([0, 0, 5000]);
});
