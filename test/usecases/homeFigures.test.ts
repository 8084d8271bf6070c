import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newReward } from '~/core/rewards/section';
import { instant, type Instant } from '~/core/values/instant';
import { attention } from '~/features/health/views/attention';
import { chartFigures, chartFile, rangeIn } from '~/views/chartFigures';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const utc = (text: string): Instant => instant(Date.parse(text));

describe.each(engines)('what Home counts (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const buy = (tenant: Tenant, orderId: number, moment: Instant, listMinor: number, more = {}) =>
    tenant.settle(
      [
        order({
          orderId,
          instant: moment,
          createdAt: moment,
          updatedAt: moment,
          lines: [line({ listMinor })],
          ...more,
        }),
      ],
      moment,
    );
  // A Wednesday in Rome.
  const now = utc('2026-11-25T14:00:00+01:00');

  test('by day, week and month of the shop’s clock, also where nothing happened', async () => {
    const tenant = await world.tenant();
    await buy(tenant, 1, utc('2025-11-30T23:59:00+01:00'), 64_000);
    await buy(tenant, 2, utc('2025-12-01T00:00:00+01:00'), 32_000);
    await buy(tenant, 3, utc('2026-08-31T00:00:00+02:00'), 16_000);
    await buy(tenant, 4, utc('2026-10-26T23:30:00+01:00'), 8000);
    await buy(tenant, 5, utc('2026-10-27T00:30:00+01:00'), 4000);
    await buy(tenant, 6, utc('2026-11-22T23:59:00+01:00'), 2000);
    await buy(tenant, 7, utc('2026-11-23T00:00:00+01:00'), 1000);
    await buy(tenant, 8, utc('2026-11-25T14:30:00+01:00'), 500);
    const of = async (range: '30d' | '13w' | '12m') =>
      (await chartFigures(world.database, tenant.store, range, now)).periods;
    const days = await of('30d');
    expect(days.map(({ period }) => period)).toHaveLength(30);
    expect([days[0]?.period, days.at(-1)?.period]).toEqual(['2026-10-27', '2026-11-25']);
    expect(days.filter(({ orders }) => orders > 0)).toEqual([
      { period: '2026-10-27', issued: 40, redeemed: 0, byHand: 0, orders: 1, paidMinor: 4000 },
      { period: '2026-11-22', issued: 20, redeemed: 0, byHand: 0, orders: 1, paidMinor: 2000 },
      { period: '2026-11-23', issued: 10, redeemed: 0, byHand: 0, orders: 1, paidMinor: 1000 },
    ]);
    const weeks = await of('13w');
    expect(weeks.map(({ period, issued }) => [period, issued])).toEqual([
      ['2026-08-31', 160],
      ...['09-07', '09-14', '09-21', '09-28', '10-05', '10-12', '10-19'].map((day) => [`2026-${day}`, 0]),
      ['2026-10-26', 120],
      ['2026-11-02', 0],
      ['2026-11-09', 0],
      ['2026-11-16', 20],
      ['2026-11-23', 10],
    ]);
    const months = await of('12m');
    expect(months.map(({ period, paidMinor }) => [period, paidMinor])).toEqual([
      ['2025-12', 32_000],
      ...['01', '02', '03', '04', '05', '06', '07'].map((month) => [`2026-${month}`, 0]),
      ['2026-08', 16_000],
      ['2026-09', 0],
      ['2026-10', 12_000],
      ['2026-11', 3000],
    ]);
    const file = chartFile({ range: '12m', grain: 'month', periods: months.slice(-1) }, 'EUR');
    expect(file.split('\n').slice(0, 2)).toEqual([
      'month,points_issued,points_redeemed,points_by_hand,member_orders,currency,paid',
      '2026-11,30,0,0,2,EUR,30.00',
    ]);
  });
  test('an address that asks for no range that there is gets twelve months', () => {
    const asked = (range: string) => rangeIn(new URLSearchParams({ range }));
    expect([asked('30d'), asked('13w'), asked('7d'), asked('')]).toEqual(['30d', '13w', '12m', '12m']);
  });
  test('members who cannot redeem anything need attention, until one can', async () => {
    const tenant = await world.tenant();
    const costs = (points: number, part = {}) => {
      const reward = { ...newReward('amount_off', 'five', 'EUR'), enabled: true, points, ...part };
      return { ...program(), rewards: [reward] } as ReturnType<typeof program>;
    };
    const said = async (document: ReturnType<typeof program>) =>
      (await attention(world.database, tenant.store, document, at('14:00'))).rewards;
    expect(await said(costs(50)), 'nobody is there yet').toBeNull();
    await buy(tenant, 1, at('12:00'), 4900);
    expect(await said(costs(50))).toEqual({ least: 50, most: 49 });
    expect(await said(costs(49))).toBeNull();
    expect(await said(costs(49, { enabled: false }))).toEqual({ least: null, most: 49 });
    const silent = { ...costs(50), earning: { ...program().earning, rates: [] } };
    expect(await said(silent), 'it gives no points').toBeNull();
  });
  test('a currency of the last 60 days in which the program gives nothing needs attention', async () => {
    const tenant = await world.tenant();
    const said = async (moment: Instant) => (await attention(world.database, tenant.store, program(), moment)).unrated;
    await buy(tenant, 1, at('12:00'), 1000);
    expect(await said(at('14:00'))).toEqual([]);
    await buy(tenant, 2, at('12:01'), 1000, { currency: 'CHF' });
    await buy(tenant, 3, at('12:02'), 1000, { currency: 'GBP', customerId: null, email: null });
    expect(await said(at('14:00'))).toEqual(['CHF']);
    expect(await said(instant(at('12:02') + 60 * 86_400_000))).toEqual([]);
  });
});
