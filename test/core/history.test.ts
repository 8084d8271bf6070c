import { describe, expect, test } from 'vitest';
import { compareOrders, factsOf, spendOf } from '~/core/evaluation/facts';
import { deriveHistory, dependsOnHistory, type HistoryOrder } from '~/core/evaluation/history';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { ProgramVersion } from '~/core/program/versions';
import { startPast } from '~/core/evaluation/past';
import { asId, type PlatformId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { at, bonus, frozenLines, inForce, line, order, plain, program, refund, shop } from 'test/support/builders';

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
  const versionsOf = (document: ReturnType<typeof program>): readonly ProgramVersion[] => [
    inForce(publishedAt, document),
  ];
  const known = (snapshot: OrderSnapshot, part: Partial<HistoryOrder> = {}): HistoryOrder => ({
    storeId,
    zone: shop.zone,
    newest: snapshot,
    settled: snapshot,
    base: plain(),
    known: false,
    labels: [],
    ...part,
  });
  const derive = (document: ReturnType<typeof program>, orders: readonly HistoryOrder[], now = at('23:00', 20)) =>
    deriveHistory(orders, versionsOf(document), startPast(versionsOf(document), []), now);
  const contexts = (document: ReturnType<typeof program>, orders: readonly HistoryOrder[]) =>
    derive(document, orders).map(({ context }) => context);

  test('are asked for by tiers, period caps and rules on the order number only', () => {
    const first = bonus({ id: 'first', points: 5, conditions: [{ kind: 'order_number', numbers: [1] }] });
    const weekend = bonus({ id: 'weekend', times: 2, conditions: [{ kind: 'weekday', days: [6] }] });
    expect(
      [program(), program({ earning: { bonuses: [weekend], caps: { perOrder: 5 } } })].map(dependsOnHistory),
    ).toEqual([false, false]);
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
    expect(contexts(program({ tiers }), [known(snapshot)])).toEqual([
      { programVersion: 1, via: 'instant', tier: 'base' },
    ]);
    const lines = frozenLines(snapshot.lines, {});
    expect(
      contexts(program({ earning: { caps: { perDay: 5 } } }), [
        known(snapshot, { base: plain({ lines, via: 'backfill' }) }),
      ]),
    ).toEqual([{ programVersion: 1, via: 'backfill', used: { day: 0 }, lines }]);
  });
  test('the tier at an order is the one of the orders before it, by instant and then by id', () => {
    const orders = [
      known(order({ orderId: 3, instant: at('12:00', 12), lines: money(100) })),
      known(order({ orderId: 10, instant: at('12:00', 11), lines: money(100) })),
      known(order({ orderId: 9, instant: at('12:00', 11), lines: money(10_000) })),
    ];
    expect(
      derive(program({ tiers }), orders).map(({ order: one, context }) => [one.newest.orderId, context?.tier]),
    ).toEqual([
      ['9', 'base'],
      ['10', 'gold'],
      ['3', 'gold'],
    ]);
  });
  test('the order number counts earlier orders, unpaid too, but no tests, voided or cancelled ones', () => {
    const first = program({
      earning: { bonuses: [bonus({ id: 'first', points: 5, conditions: [{ kind: 'order_number', numbers: [1] }] })] },
    });
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
  test('room of caps: by local day and month; freed by a cancellation or full refund from then on', () => {
    const capped = program({ earning: { caps: { perDay: 1000, perMonth: 1000, lifetime: 1000 } } });
    const back = {
      financialStatus: 'refunded' as const,
      refunds: [refund({ at: at('10:00', 11), lines: [[1, 1]] })],
      lines: [line({ listMinor: 3000, currentQuantity: 0 })],
    };
    const part = {
      financialStatus: 'partially_refunded' as const,
      refunds: [refund({ at: at('05:00', 11), adjustmentMinor: -500 })],
    };
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
    const base = plain({ used: { day: 0 } });
    const finalAt = instant(first.instant + 30 * 86_400_000);
    const at30 = (now: Instant, isKnown: boolean) =>
      derive(document, [known(late), known(first, { base, known: isKnown })], now)[1];
    const wouldBe = plain({ used: { day: 40 } });
    expect(at30(instant(finalAt - 1), true)).toMatchObject({ context: wouldBe, finding: null, worth: { points: 10 } });
    expect(at30(finalAt, true)).toMatchObject({ context: base, finding: wouldBe, worth: { points: 40 } });
    expect(at30(finalAt, false)).toMatchObject({ context: wouldBe, finding: null });
    expect(derive(document, [known(first, { base, known: true })], finalAt)[0]?.finding, 'nothing differs').toBeNull();
  });
  test('a program without a version has no tiers to ask for', () => {
    expect(() => startPast([], [])).toThrow('without a version');
  });
  test('spend is rounded to the minor unit for each order, half up: the metric adds what people see', () => {
    const document = program();
    const left = (quantity: number, listMinor: number, units: number) =>
      order({ lines: [line({ quantity, currentQuantity: units, listMinor })] });
    expect([
      spendOf(left(3, 1000, 2), document, plain()),
      spendOf(left(2, 1001, 1), document, plain()),
      spendOf(left(3, 1000, 1), document, plain()),
    ]).toEqual([667, 501, 333]);
    const document2 = program({
      tiers: {
        ...tiers,
        levels: [
          { id: 'base', name, threshold: 0 },
          { id: 'gold', name, threshold: 1334 },
        ],
      },
    });
    const twice = [1, 2, 3].map((orderId) =>
      order({
        orderId,
        instant: at(`1${orderId}:00`),
        lines: [line({ quantity: 3, currentQuantity: 2, listMinor: 1000 })],
      }),
    );
    expect(
      derive(
        document2,
        twice.map((one) => known(one)),
      ).map(({ context }) => context?.tier),
    ).toEqual(['base', 'base', 'gold']);
  });
});

describe('facts', () => {
  const facts = (snapshot: OrderSnapshot, settled: OrderSnapshot | null = snapshot) =>
    factsOf({ storeId, zone: shop.zone, newest: snapshot, settled }, plain(), program());
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
      refunds: [
        refund({ refundId: 2, at: at('15:00'), adjustmentMinor: 0 }),
        refund({ refundId: 1, at: at('11:00'), lines: [[1, 1]] }),
      ],
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
  test('an order refunded in full frees its room with its last refund, or its sooner cancellation', () => {
    const refunds = [
      refund({ refundId: 1, at: at('14:00'), lines: [[1, 1]] }),
      refund({ refundId: 2, at: at('16:00'), adjustmentMinor: -1 }),
    ];
    const back = order({ financialStatus: 'refunded', refunds, lines: [line({ currentQuantity: 0 })] });
    expect(facts(back).freedAt).toBe(at('16:00'));
    expect(facts({ ...back, cancelledAt: at('13:00') }).freedAt).toBe(at('13:00'));
    expect(facts({ ...back, cancelledAt: at('17:00') }).freedAt).toBe(at('16:00'));
    expect(facts(order()).freedAt).toBeNull();
  });
  test('spend leaves out tests, unpaid and excluded orders, and takes money back in proportion, rounded once', () => {
    const document = program({ earning: { exclude: { channels: ['pos'] } } });
    const spend = (part: Parameters<typeof order>[0]) =>
      spendOf(order({ lines: money(1000), ...part }), document, plain());
    expect([
      spend({}),
      spend({ test: true }),
      spend({ financialStatus: 'pending' }),
      spend({ channel: 'pos' }),
      spend({ cancelledAt: at('13:00') }),
    ]).toEqual([1000, 0, 0, 0, 0]);
    const third = {
      financialStatus: 'partially_refunded' as const,
      lines: [line({ listMinor: 1000, quantity: 3, currentQuantity: 2 })],
    };
    expect(spend({ ...third, refunds: [refund({ lines: [[1, 1]] })] })).toBe(667);
    expect(spend({ ...third, refunds: [refund({ lines: [[1, 1]], adjustmentMinor: -500 })] })).toBe(167);
    expect(spend({ ...third, refunds: [refund({ lines: [[1, 1]], adjustmentMinor: -5000 })] })).toBe(0);
    expect(
      spend({ lines: money(0), financialStatus: 'partially_refunded', refunds: [refund({ adjustmentMinor: -5 })] }),
    ).toBe(0);
  });
  test('orders come by instant, then by the number of their id', () => {
    const sorted = ['10', '9', '100', '11', '9']
      .map((text) => ({ instant: at('12:00'), orderId: id(text) }))
      .sort(compareOrders);
    expect(sorted.map(({ orderId }) => orderId)).toEqual(['9', '9', '10', '11', '100']);
    expect(
      compareOrders({ instant: at('12:00'), orderId: id('9') }, { instant: at('11:00'), orderId: id('8') }),
    ).toBeGreaterThan(0);
    expect(compareOrders({ instant: at('12:00'), orderId: id('8') }, { instant: at('12:00'), orderId: id('8') })).toBe(
      0,
    );
  });
});
