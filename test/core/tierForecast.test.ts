import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startTierClock, tierClockOf } from '~/core/tiers/clock';
import { forecastTier, type TierPast } from '~/core/tiers/forecast';
import { tiersSchema, type TierDocument } from '~/core/tiers/section';
import { instant, type Instant } from '~/core/values/instant';
import { addDays, calendarDay, startOfDay } from '~/core/values/zone';
import { inForce } from 'test/support/builders';

const zone = 'Europe/Berlin';
const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
const moment = (text: string): Instant => instant(Date.parse(text));
const documentOf = (part: object): TierDocument => ({
  timeZone: zone,
  tiers: tiersSchema.parse({
    metric: 'spend',
    currency: 'EUR',
    levels: [
      { id: 'silver', name, threshold: 200_00 },
      { id: 'gold', name, threshold: 500_00 },
      { id: 'guest-of-honour', name, threshold: null },
    ],
    ...part,
  }),
});
const versionsOf = (part: object) => [inForce(moment('2025-01-01T00:00:00Z'), documentOf(part))];
const spent = (when: string, minor: number, taken: { readonly when: string; readonly left: number } | null = null) => {
  const step = (at: string, value: number) => ({
    at: moment(at),
    spendMinor: value,
    points: value / 100,
    orders: value > 0 ? 1 : 0,
  });
  const steps = [step(when, minor), ...(taken === null ? [] : [step(taken.when, taken.left)])];
  return { instant: moment(when), currency: 'EUR', steps };
};
const past = (...orders: TierPast['orders']): TierPast => ({ overrides: [], kept: null, orders });
const year = { window: { kind: 'calendar_year' } };
const rolling = { window: { kind: 'rolling_months', months: 12 } };

describe('the forecast of a tier', () => {
  test('says what is missing by the end of the calendar year, and how long the tier is kept then', () => {
    const orders = past(spent('2026-03-05T10:00:00Z', 300_00), spent('2026-09-01T10:00:00Z', 120_00));
    expect(forecastTier(versionsOf(year), orders, moment('2026-10-10T10:00:00Z'))).toEqual({
      tierId: 'silver',
      metric: 420_00,
      keptUntil: '2027-12-31',
      keep: null,
      next: { tierId: 'gold', missing: 80_00, unit: 'spend', by: '2026-12-31', until: '2027-12-31' },
    });
  });
  test('says the day before an order leaves a rolling window', () => {
    const orders = past(spent('2026-03-05T10:00:00Z', 300_00), spent('2026-09-01T10:00:00Z', 120_00));
    // Gold to 5 March 2027, kept for twelve months more.
    expect(forecastTier(versionsOf(rolling), orders, moment('2026-10-10T10:00:00Z'))?.next).toEqual({
      tierId: 'gold',
      missing: 80_00,
      unit: 'spend',
      by: '2027-03-05',
      until: '2028-03-05',
    });
  });
  test('does not hurry anybody for an order that adds nothing any more', () => {
    const refunded = spent('2026-01-10T10:00:00Z', 150_00, { when: '2026-01-20T10:00:00Z', left: 0 });
    const orders = past(refunded, spent('2026-03-05T10:00:00Z', 300_00));
    expect(forecastTier(versionsOf(rolling), orders, moment('2026-10-10T10:00:00Z'))?.next?.by).toBe('2027-03-05');
  });
  test('says what keeps a tier that would lapse', () => {
    const orders = past(
      spent('2025-11-20T10:00:00Z', 300_00),
      spent('2025-12-28T10:00:00Z', 220_00, { when: '2026-02-10T10:00:00Z', left: 0 }),
      spent('2026-05-01T10:00:00Z', 100_00),
      spent('2026-10-10T10:00:00Z', 150_00),
    );
    const keep = { tierId: 'gold', missing: 250_00, unit: 'spend', by: '2026-12-31', until: '2027-12-31' };
    expect(forecastTier(versionsOf(year), orders, moment('2026-10-10T12:00:00Z'))).toEqual({
      tierId: 'gold',
      metric: 250_00,
      keptUntil: '2026-12-31',
      keep,
      next: null,
    });
  });
  test('asks for nothing that would keep a tier no longer than it is kept', () => {
    const orders = past(spent('2026-01-20T10:00:00Z', 500_00, { when: '2026-02-10T10:00:00Z', left: 0 }));
    expect(forecastTier(versionsOf(year), orders, moment('2026-03-01T10:00:00Z'))).toMatchObject({
      tierId: 'gold',
      keptUntil: '2027-12-31',
      keep: null,
    });
  });
  test('has no last day where nothing ever leaves, or nothing is there to leave', () => {
    const orders = past(spent('2026-03-05T10:00:00Z', 300_00));
    const at = moment('2026-10-10T10:00:00Z');
    expect(forecastTier(versionsOf({ window: { kind: 'lifetime' } }), orders, at)).toMatchObject({
      keptUntil: null,
      next: { missing: 200_00, by: null, until: null },
    });
    expect(forecastTier(versionsOf(rolling), past(), at)).toMatchObject({
      tierId: null,
      next: { tierId: 'silver', missing: 200_00, by: null, until: null },
    });
  });
  test('counts in points and in orders, too', () => {
    const at = moment('2026-10-10T10:00:00Z');
    const next = (metric: string) =>
      forecastTier(versionsOf({ ...year, metric }), past(spent('2026-03-05T10:00:00Z', 300_00)), at)?.next;
    expect(next('points')).toMatchObject({ tierId: 'silver', missing: 19_700, unit: 'points' });
    expect(next('orders')).toMatchObject({ tierId: 'silver', missing: 19_999, unit: 'orders' });
  });
  test('sets no goal while what staff gave is in force, and says its end', () => {
    const from = moment('2026-06-01T10:00:00Z');
    const given = { tierId: 'guest-of-honour', from, until: moment('2026-11-30T23:00:00Z') };
    const orders = { ...past(spent('2026-03-05T10:00:00Z', 300_00)), overrides: [given] };
    expect(forecastTier(versionsOf(year), orders, moment('2026-10-10T10:00:00Z'))).toMatchObject({
      tierId: 'guest-of-honour',
      keptUntil: '2026-11-30',
      keep: null,
      next: null,
    });
    expect(forecastTier(versionsOf(year), orders, moment('2026-12-01T10:00:00Z'))?.next?.tierId).toBe('gold');
  });
  test('is none for a program without tiers', () => {
    const versions = [inForce(moment('2025-01-01T00:00:00Z'), { tiers: null, timeZone: zone })];
    expect(forecastTier(versions, past(), moment('2026-10-10T10:00:00Z'))).toBeNull();
  });
  test('is the same from a checkpoint', () => {
    const versions = versionsOf(rolling);
    const [first, second] = [spent('2026-03-05T10:00:00Z', 300_00), spent('2026-09-01T10:00:00Z', 120_00)];
    const clock = tierClockOf(versions, []);
    clock.add(first);
    clock.advance(moment('2026-06-01T00:00:00Z'));
    const at = moment('2026-10-10T10:00:00Z');
    expect(forecastTier(versions, { overrides: [], kept: clock.keep(), orders: [second] }, at)).toEqual(
      forecastTier(versions, past(first, second), at),
    );
  });
});

const hourMs = 3_600_000;
const ranks = [null, 'silver', 'gold'];

test('exactly what is missing on the last day reaches the tier; one minor unit less, or a day later, does not', () => {
  let later = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(year, rolling, { window: { kind: 'rolling_months', months: 1 } }),
      fc.constantFrom({ kind: 'none' }, { kind: 'window' }, { kind: 'months', months: 2 }),
      fc.array(fc.record({ hour: fc.nat(2 * 8766), minor: fc.nat(300_00) }), { maxLength: 6 }),
      fc.nat(5000),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (window, keep, placed, pause, part) => {
        const versions = versionsOf({ ...window, keep });
        const orders = placed
          .sort((a, b) => a.hour - b.hour)
          .map(({ hour, minor }) =>
            spent(new Date(moment('2025-03-01T00:00:00Z') + hour * hourMs).toISOString(), minor),
          );
        const at = instant((orders.at(-1)?.instant ?? moment('2025-03-01T00:00:00Z')) + pause * hourMs);
        const forecast = forecastTier(versions, past(...orders), at);
        const tierAfter = (minor: number, when: number): string | null => {
          const clock = startTierClock(versions, [], zone);
          for (const order of [...orders, spent(new Date(when).toISOString(), minor)]) clock.add(order);
          return clock.advance(instant(when));
        };
        for (const goal of [forecast?.next, forecast?.keep]) {
          if (goal == null) continue;
          const { by, missing, tierId } = goal;
          const day = by === null ? null : calendarDay(by);
          const opens = day === null ? at : Math.max(at, startOfDay(day, zone));
          const closes = day === null ? at + 1 : startOfDay(addDays(day, 1), zone);
          const when = Math.floor(opens + part * (closes - 1 - opens));
          expect(tierAfter(missing, when)).toBe(tierId);
          if (goal === forecast?.next)
            expect(ranks.indexOf(tierAfter(missing - 1, when))).toBeLessThan(ranks.indexOf(tierId));
          if (goal !== forecast?.next || by === null || forecast.metric === 0) continue;
          expect(ranks.indexOf(tierAfter(missing, closes))).toBeLessThan(ranks.indexOf(tierId));
          later += 1;
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(later, 'the cases have last days at all').toBeGreaterThan(50);
});
