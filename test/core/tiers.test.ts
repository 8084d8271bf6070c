import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { OrderFacts } from '~/core/evaluation/facts';
import { factsOf, spendOf } from '~/core/evaluation/facts';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { tiersSchema } from '~/core/tiers/section';
import { startTierClock, type TierOverride } from '~/core/tiers/clock';
import { periodOf } from '~/core/tiers/windows';
import { asId, type StoreId } from '~/core/values/ids';
import { instant, isoOf, type Instant } from '~/core/values/instant';
import { at, inForce, line, order, plain, program, refund, shop } from 'test/support/builders';

const zone = 'Europe/Rome';
const bought = (snapshot: OrderSnapshot) => ({
  storeId: asId<StoreId>(shop.storeId),
  zone,
  newest: snapshot,
  settled: snapshot,
});
const day = (iso: string): Instant => instant(Date.parse(iso.length === 10 ? `${iso}T10:00:00Z` : iso));
const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
const levels = [
  { id: 'bronze', name, threshold: 0 },
  { id: 'silver', name, threshold: 100 },
  { id: 'gold', name, threshold: 300 },
];
const tiersOf = (part: Partial<z.input<typeof tiersSchema>> = {}) =>
  tiersSchema.parse({ metric: 'spend', currency: 'EUR', window: { kind: 'lifetime' }, levels, ...part });

type Step = readonly [when: string, spend: number];
const spent = (
  when: string,
  spend: number,
  ...later: readonly Step[]
): Pick<OrderFacts, 'instant' | 'currency' | 'steps'> => ({
  instant: day(when),
  currency: 'EUR',
  steps: [[when, spend] as const, ...later].map(([moment, minor]) => ({
    at: day(moment),
    spendMinor: minor,
    points: minor,
    orders: minor > 0 ? 1 : 0,
  })),
});
const clockOf = (tiers: ReturnType<typeof tiersOf> | null, overrides: readonly TierOverride[] = []) =>
  startTierClock([inForce(day('2025-01-01'), { tiers })], overrides, zone);
const historyOf = (tiers: ReturnType<typeof tiersOf>, orders: readonly ReturnType<typeof spent>[], until: string) => {
  const clock = clockOf(tiers);
  for (const one of orders) {
    clock.advance(one.instant);
    clock.add(one);
  }
  clock.advance(day(until));
  return clock.changes().map(({ at: when, tierId, cause }) => [isoOf(when).slice(0, 16), tierId, cause]);
};

describe('standing', () => {
  test('is the highest tier whose threshold is reached, at once', () => {
    const clock = clockOf(tiersOf());
    expect(clock.advance(day('2026-01-01'))).toBe('bronze');
    clock.add(spent('2026-01-01', 99));
    expect(clock.advance(day('2026-01-02'))).toBe('bronze');
    clock.add(spent('2026-01-02', 1));
    expect(clock.advance(day('2026-01-02'))).toBe('silver');
    clock.add(spent('2026-01-03', 500));
    expect(clock.advance(day('2026-01-03'))).toBe('gold');
    expect(clock.reached().map((one) => one.levels.map(({ id }) => id))).toEqual([['silver'], ['gold']]);
  });
  test('of a lifetime is kept for ever; with keep none a refund takes it at its own time', () => {
    const orders = [spent('2026-01-01', 300, ['2026-03-01', 50])];
    expect(historyOf(tiersOf(), orders, '2030-01-01').at(-1)).toEqual(['2026-01-01T10:00', 'gold', 'reached']);
    expect(historyOf(tiersOf({ keep: { kind: 'none' } }), orders, '2030-01-01').slice(-2)).toEqual([
      ['2026-01-01T10:00', 'gold', 'reached'],
      ['2026-03-01T10:00', 'bronze', 'lapsed'],
    ]);
  });
  test('of a calendar year is kept to the end of the next one, in the zone of the program', () => {
    expect(
      historyOf(tiersOf({ window: { kind: 'calendar_year' } }), [spent('2026-05-01', 300)], '2030-01-01').slice(1),
    ).toEqual([
      ['2026-05-01T10:00', 'gold', 'reached'],
      ['2027-12-31T23:00', 'bronze', 'lapsed'],
    ]);
    const twice = [spent('2026-05-01', 300), spent('2027-05-01', 100)];
    expect(historyOf(tiersOf({ window: { kind: 'calendar_year' } }), twice, '2030-01-01').slice(1)).toEqual([
      ['2026-05-01T10:00', 'gold', 'reached'],
      ['2027-12-31T23:00', 'silver', 'lapsed'],
      ['2028-12-31T23:00', 'bronze', 'lapsed'],
    ]);
  });
  test('of rolling months is kept as many months after the last instant at which it was reached', () => {
    const tiers = tiersOf({ window: { kind: 'rolling_months', months: 6 } });
    // The order counts to the end of 28 August in Rome, and the tier six months longer.
    expect(historyOf(tiers, [spent('2026-02-28', 100)], '2030-01-01').slice(1)).toEqual([
      ['2026-02-28T10:00', 'silver', 'reached'],
      ['2027-02-28T23:00', 'bronze', 'lapsed'],
    ]);
  });
  test('falls to what is qualified, or one level only', () => {
    const window = { kind: 'calendar_year' as const };
    expect(
      historyOf(tiersOf({ window, requalify: 'one_level' }), [spent('2026-05-01', 300)], '2032-01-01').slice(1),
    ).toEqual([
      ['2026-05-01T10:00', 'gold', 'reached'],
      ['2027-12-31T23:00', 'silver', 'lapsed'],
      ['2028-12-31T23:00', 'bronze', 'lapsed'],
    ]);
  });
  test('falls through all levels at once where nothing is kept, one level at a time where grace days are', () => {
    const orders = [spent('2026-01-01', 300, ['2026-03-01', 50])];
    const none = tiersOf({ keep: { kind: 'none' }, requalify: 'one_level' });
    expect(historyOf(none, orders, '2026-03-02').at(-1)).toEqual(['2026-03-01T10:00', 'bronze', 'lapsed']);
    expect(historyOf({ ...none, graceDays: 10 }, orders, '2030-01-01').slice(-2)).toEqual([
      ['2026-03-11T23:00', 'silver', 'lapsed'],
      ['2026-03-21T23:00', 'bronze', 'lapsed'],
    ]);
  });
  test('has grace days, and keeping may be a number of months', () => {
    expect(
      historyOf(
        tiersOf({ window: { kind: 'calendar_year' }, graceDays: 10 }),
        [spent('2026-05-01', 100)],
        '2030-01-01',
      ).at(-1),
    ).toEqual(['2028-01-10T23:00', 'bronze', 'lapsed']);
    const keep = { kind: 'months' as const, months: 2 };
    expect(historyOf(tiersOf({ keep }), [spent('2026-05-01', 100, ['2026-06-15', 0])], '2030-01-01').at(-1)).toEqual([
      '2026-08-15T22:00',
      'bronze',
      'lapsed',
    ]);
  });
  test('another currency does not count as spend; orders and points have their own metric', () => {
    const dollars = { ...spent('2026-01-01', 500), currency: 'USD' };
    expect(historyOf(tiersOf(), [dollars], '2026-02-01').at(-1)?.[1]).toBe('bronze');
    const byOrders = tiersOf({ metric: 'orders', levels: [{ id: 'two', name, threshold: 2 }] });
    expect(historyOf(byOrders, [spent('2026-01-01', 5), spent('2026-01-02', 5)], '2026-02-01')).toEqual([
      ['2025-01-01T10:00', null, 'start'],
      ['2026-01-02T10:00', 'two', 'reached'],
    ]);
  });
  test('that staff gave holds to its end; then comes what was earned', () => {
    const given: TierOverride = { tierId: 'gold', from: day('2026-02-01'), until: day('2026-03-01') };
    const clock = clockOf(tiersOf(), [given]);
    clock.add(spent('2026-01-15', 100));
    clock.advance(day('2026-06-01'));
    expect(clock.changes().map(({ tierId, cause }) => [tierId, cause])).toEqual([
      ['bronze', 'start'],
      ['silver', 'reached'],
      ['gold', 'override'],
      ['silver', 'override_ended'],
    ]);
  });
  test('follows the program: thresholds of a new version count from its publication', () => {
    const versions = [
      inForce(day('2026-01-01'), { tiers: tiersOf() }),
      inForce(day('2026-06-01'), { tiers: tiersOf({ levels: [{ id: 'silver', name, threshold: 50 }] }) }, 2),
    ];
    const clock = startTierClock(versions, [], zone);
    clock.add(spent('2026-02-01', 60));
    clock.advance(day('2026-07-01'));
    expect(clock.changes().map(({ at: when, tierId, cause }) => [isoOf(when).slice(0, 10), tierId, cause])).toEqual([
      ['2026-01-01', 'bronze', 'start'],
      ['2026-06-01', 'silver', 'program'],
    ]);
  });
});

test('the period of an entry award: once in a life, in a year, in the months of a rolling window', () => {
  expect(periodOf(day('2026-05-01'), tiersOf(), zone).name).toBe('lifetime');
  expect(periodOf(day('2026-12-31T23:30:00Z'), tiersOf({ window: { kind: 'calendar_year' } }), zone).name).toBe('2027');
  const rolling = periodOf(day('2026-05-01'), tiersOf({ window: { kind: 'rolling_months', months: 3 } }), zone);
  expect([isoOf(rolling.from).slice(0, 10), isoOf(rolling.until).slice(0, 10)]).toEqual(['2026-01-31', '2026-08-01']);
});

describe('what an order adds to the metric', () => {
  const two = (current: readonly [number, number], part: object = {}) =>
    order({
      lines: [
        line({ lineId: 1, listMinor: 1000, currentQuantity: current[0] }),
        line({ lineId: 2, listMinor: 500, currentQuantity: current[1] }),
      ],
      ...part,
    });
  test('is the basis of the units left, less money-only refunds in proportion', () => {
    expect(spendOf(two([1, 1]), program(), null)).toBe(1500);
    const back = two([1, 0], {
      financialStatus: 'partially_refunded',
      refunds: [refund({ lines: [[2, 1]] }), refund({ refundId: 2, adjustmentMinor: -300 })],
    });
    expect(spendOf(back, program(), null)).toBe(700);
    expect(spendOf(two([1, 1], { cancelledAt: at('13:00') }), program(), null)).toBe(0);
    expect(spendOf(two([1, 1], { financialStatus: 'pending' }), program(), null)).toBe(0);
  });
  test('changes at the time of each refund and of the cancellation', () => {
    const cancelled = two([1, 0], {
      financialStatus: 'refunded',
      cancelledAt: at('18:00'),
      refunds: [
        refund({ at: at('15:00'), lines: [[2, 1]] }),
        refund({ refundId: 2, at: at('17:00'), lines: [[1, 1]] }),
      ],
    });
    const facts = factsOf(bought(cancelled), plain(), program());
    expect(
      facts.steps.map((step) => [isoOf(step.at).slice(11, 16), step.spendMinor, step.points, step.orders]),
    ).toEqual([
      ['12:00', 1500, 15, 1],
      ['15:00', 1000, 10, 1],
      ['17:00', 0, 0, 0],
    ]);
    expect([facts.room, facts.freedAt, facts.numbered]).toEqual([15, at('17:00'), true]);
  });
  test('voiding counts always, a test order never', () => {
    const voided = two([1, 1], { financialStatus: 'voided' });
    expect(factsOf(bought(voided), plain(), program())).toMatchObject({
      numbered: false,
      room: 0,
      steps: [{ spendMinor: 0 }],
    });
    const trial = two([1, 1], { test: true });
    expect(factsOf(bought(trial), plain(), program())).toMatchObject({
      numbered: false,
      room: 0,
    });
  });
});
