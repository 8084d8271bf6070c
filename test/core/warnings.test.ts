import { describe, expect, test } from 'vitest';
import { returnRates, warningsOf, type Warning } from '~/core/program/warnings';
import type { ProgramDocument } from '~/core/program/document';
import { newReward, type Reward } from '~/core/rewards/section';
import { bonus, program } from 'test/support/builders';

const shop = { currency: 'EUR', today: '2026-06-10', medianYearMinor: null };
const summer = bonus({ id: 'summer', times: 2, conditions: [{ kind: 'dates', from: '2026-07-01', to: '2026-07-31' }] });
const weekend = bonus({ id: 'weekend', times: 2, conditions: [{ kind: 'weekday', days: [6, 7] }] });
const launch = bonus({ id: 'launch', times: 1.2, stacking: 'additive' });
const monday = bonus({ id: 'monday', times: 3, conditions: [{ kind: 'weekday', days: [1] }] });

const five = (points: number, part: Partial<Reward> = {}): Reward =>
  ({ ...newReward('amount_off', 'five', 'EUR'), enabled: true, points, amountMinor: 500, ...part }) as Reward;
const offering = (document: ProgramDocument, ...rewards: Reward[]): ProgramDocument => ({ ...document, rewards });
const named = (warnings: readonly Warning[]) =>
  warnings.map((warning) =>
    'rules' in warning ? [warning.kind, ...warning.rules.map(({ id }) => id)] : [warning.kind],
  );

describe('what rewards give back', () => {
  test('500 points for 5.00 are earned by spending 100.00 at 5 a euro: 5 %', () => {
    const document = offering(program({ rate: [5, 100] }), five(500));
    expect(returnRates(document, 'EUR')).toMatchObject([
      { points: 500, worthMinor: 500, spendMinor: 10_000, basisPoints: 500 },
    ]);
  });
  test('what is off offer, in another currency or worth no sum of money gives back nothing that could be said', () => {
    const free = { ...newReward('free_shipping', 'free', 'EUR'), enabled: true } as Reward;
    const document = offering(program(), five(100, { enabled: false }), five(100, { currency: 'USD' }), free);
    expect(returnRates(document, 'EUR')).toEqual([]);
    expect(returnRates(offering(program(), five(100)), 'USD')).toEqual([]);
  });
});

describe('a reward that is worth more than it costs to earn', () => {
  const warned = (points: number, part: Partial<Reward> = {}) =>
    named(warningsOf(offering(program({ rate: [1, 100] }), five(points, part)), shop));
  test('is warned of from the first cent on; one that gives back just what was spent is not', () => {
    expect(warned(4)).toEqual([['worth_more']]);
    expect(warned(5)).toEqual([]);
    expect(warned(4, { enabled: false })).toEqual([['no_reward']]);
  });
});

describe('what a merchant should think about', () => {
  const margin = (bonuses: (typeof summer)[], marginBasisPoints: number | null = 1000) =>
    offering(program({ rate: [5, 100], earning: { bonuses }, policies: { marginBasisPoints } }), five(500));

  test('the best rule with all that add to it, above the margin', () => {
    expect(warningsOf(margin([weekend, launch]), shop)).toMatchObject([
      { kind: 'above_margin', basisPoints: 1100, marginBasisPoints: 1000 },
    ]);
    expect(named(warningsOf(margin([weekend, launch]), shop))).toEqual([['above_margin', 'weekend', 'launch']]);
    expect(warningsOf(margin([weekend]), shop)).toEqual([]);
    expect(warningsOf(margin([weekend, launch], null), shop)).toEqual([]);
    expect(named(warningsOf(margin([], 400), shop))).toEqual([['above_margin']]);
  });
  test('the multiplier of a tier counts like a rule', () => {
    const name = { en: 'Gold', it: 'Oro', de: 'Gold', fr: 'Or', es: 'Oro' };
    const perks = [{ kind: 'multiply' as const, basisPoints: 30_000 }];
    const tiers = {
      ...{ metric: 'orders' as const, currency: 'EUR', window: { kind: 'lifetime' as const } },
      levels: [{ id: 'gold', name, threshold: 5, perks }],
    };
    const document = program({ rate: [5, 100], tiers, policies: { marginBasisPoints: 1000 } });
    expect(warningsOf(offering(document, five(500)), shop)).toMatchObject([
      { kind: 'above_margin', rules: [{ id: 'perk-gold' }], basisPoints: 1500 },
    ]);
  });
  test('rules that never hold together are not added up', () => {
    const never = { ...launch, conditions: [{ kind: 'weekday' as const, days: [1] }] };
    expect(warningsOf(margin([weekend, never]), shop)).toEqual([]);
    const ended = { ...weekend, conditions: [{ kind: 'dates' as const, from: '2025-01-01', to: '2025-02-01' }] };
    expect(warningsOf(margin([ended, launch]), shop)).toEqual([]);
    const off = { ...weekend, enabled: false };
    expect(warningsOf(margin([off, launch]), shop)).toEqual([]);
  });
  test('two rules that hold at the same time, from the first day on; not those that never meet', () => {
    const document = (...bonuses: (typeof summer)[]) => program({ earning: { bonuses } });
    expect(warningsOf(document(summer, weekend), shop)).toMatchObject([
      { kind: 'both_hold', rules: [{ id: 'summer' }, { id: 'weekend' }], on: '2026-07-04' },
    ]);
    expect(warningsOf(document(weekend, { ...weekend, id: 'sunday' }), shop)).toMatchObject([
      { kind: 'both_hold', on: null },
    ]);
    expect(warningsOf(document(monday, weekend), shop)).toEqual([]);
    expect(warningsOf(document(summer, launch), shop), 'one adds to the other').toEqual([]);
    const gold = { ...weekend, id: 'gold', conditions: [{ kind: 'order_number' as const, numbers: [1] }] };
    expect(warningsOf(document(gold, weekend), shop), 'only rules with times').toEqual([]);
  });
  test('hours over midnight meet those after it', () => {
    const hours = (id: string, from: string, to: string) =>
      bonus({ id, times: 2, conditions: [{ kind: 'hours', from, to }] });
    const both = (...bonuses: (typeof summer)[]) => warningsOf(program({ earning: { bonuses } }), shop).length;
    expect(both(hours('a', '22:00', '02:00'), hours('b', '01:00', '03:00'))).toBe(1);
    expect(both(hours('a', '22:00', '02:00'), hours('b', '02:00', '03:00'))).toBe(0);
  });
  test('as many rules as a program can have are looked at in no time: the page is painted on the server', () => {
    const half = (id: string, hour: number, stacking: 'exclusive' | 'additive') =>
      bonus({
        ...{ id, times: 1.1, stacking },
        conditions: [
          { kind: 'hours', from: `${String(hour).padStart(2, '0')}:00`, to: `${String(hour + 1).padStart(2, '0')}:00` },
          { kind: 'dates', from: '2020-01-01', to: '2020-12-31' },
          { kind: 'product', productIds: Array.from({ length: 100 }, (_, n) => String(hour * 1000 + n)) },
        ],
      });
    const bonuses = Array.from({ length: 200 }, (_, n) => half(`b${n}`, n % 12, n < 100 ? 'additive' : 'exclusive'));
    const since = performance.now();
    expect(warningsOf(margin(bonuses), shop)).toEqual([]);
    expect(warningsOf(margin(bonuses), { ...shop, today: '2020-01-01' })).toHaveLength(5);
    expect(performance.now() - since).toBeLessThan(2_000);
  });
  test('points that end before the cheapest reward is reached at what members spend', () => {
    const document = (months: number) =>
      offering(
        program({ policies: { expiry: { kind: 'after_months', months, endOfMonth: false } } }),
        five(100),
        five(300, { id: 'dear' }),
      );
    const spends = (medianYearMinor: number) => ({ ...shop, medianYearMinor });
    expect(warningsOf(document(12), spends(8400))).toEqual([
      { kind: 'ends_early', medianMinor: 8400, months: 15, endMonths: 12 },
    ]);
    expect(warningsOf(document(15), spends(8400))).toEqual([]);
    expect(warningsOf(document(12), spends(10_000))).toEqual([]);
    expect(warningsOf(document(1), shop)).toEqual([]);
  });
  test('nothing to spend points on, and nothing earned in the shop’s own currency', () => {
    expect(named(warningsOf(offering(program()), shop))).toEqual([['no_reward']]);
    expect(warningsOf(program({ currency: 'USD' }), shop)).toEqual([{ kind: 'no_rate', currency: 'EUR' }]);
    expect(warningsOf(offering(program({ earning: { rates: [] } })), shop)).toEqual([]);
  });
});
