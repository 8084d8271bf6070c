import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDocument } from '~/core/program/migration';
import type { ProgramDocument } from '~/core/program/document';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { explain } from '~/i18n/explain';
import { uuidv7 } from '~/process/uuid';
import { matureMembers } from '~/usecases/matureMembers';
import { publishProgram } from '~/usecases/publishProgram';
import { redeemReward } from '~/usecases/redeemReward';
import { line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const moment = (text: string): Instant => instant(Date.parse(text));
const [anna] = [asId<PlatformId>('77')];
const bought = (orderId: number, when: string, minor: number) => {
  const at = moment(when);
  return order({ orderId, instant: at, createdAt: at, updatedAt: at, lines: [line({ listMinor: minor })] });
};

describe('a document about a season', () => {
  const season = (last: string, day: string, part: { readonly minimumLifeDays?: number } = {}) =>
    readDocument({
      ...program({ earning: { window: { from: '2026-02-01', to: last } } }),
      policies: { ...program().policies, expiry: { kind: 'on_date', day }, ...part },
    });
  test('lets the points of the last day live as long as the program promises', () => {
    expect(season('2026-07-31', '2026-08-29')).toMatchObject({
      ok: false,
      error: [
        {
          path: 'policies.expiry.day',
          problem: { kind: 'life_too_short', last: '2026-07-31', days: 30, earliest: '2026-08-30' },
        },
      ],
    });
    expect(season('2026-07-31', '2026-08-30')).toMatchObject({ ok: true });
    expect(season('2026-07-31', '2026-07-31', { minimumLifeDays: 0 })).toMatchObject({ ok: true });
  });
  test('does not end before it begins', () => {
    const wrong = { ...program(), earning: { ...program().earning, window: { from: '2026-02-02', to: '2026-02-01' } } };
    expect(readDocument(wrong)).toMatchObject({
      ok: false,
      error: [{ path: 'earning.window.to', problem: { kind: 'last_before_first' } }],
    });
  });
});

describe.each(engines)('seasons and pauses, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  // 7.F, Raccolta, without its jolly: 1 point per 10.00 from 1 February to 31 July, all points end with 15 September.
  const raccolta = (): ProgramDocument =>
    program({
      rate: [1, 1000],
      earning: { window: { from: '2026-02-01', to: '2026-07-31' } },
      policies: { expiry: { kind: 'on_date', day: '2026-09-15' } },
    });
  const redeem = (tenant: Tenant, now: Instant, points: number) =>
    redeemReward(
      tenant.deps,
      tenant.store,
      { redemptionId: asId<RedemptionId>(uuidv7()), customerId: anna, rewardId: 'as-you-like', points, cart: null },
      now,
    );

  test('orders earn on the days of the window, by the store’s clock, and say why they do not', async () => {
    const tenant = await world.tenant({ document: raccolta() });
    const day = moment('2026-08-02T12:00:00Z');
    await tenant.settle(
      [
        bought(1, '2026-01-31T22:30:00Z', 8500), // 23:30 in Rome
        bought(2, '2026-01-31T23:10:00Z', 3999), // 00:10 on 1 February
        bought(3, '2026-07-31T21:59:59Z', 10_000),
        bought(4, '2026-07-31T22:00:00Z', 5000), // 1 August
      ],
      day,
    );
    expect((await tenant.balance(day)).available).toBe(3 + 10);
    const { prisma } = tenant.deps.database;
    const rows = await prisma.order.findMany({
      where: { programId: tenant.store.programId },
      orderBy: { orderId: 'asc' },
    });
    expect(rows.map(({ entitlement }) => Number(entitlement))).toEqual([0, 3, 10, 0]);
    await tenant.audit();
  });

  test('all points end with one day, whenever they were earned; a refund before it takes them as ever', async () => {
    const tenant = await world.tenant({ document: raccolta() });
    const july = moment('2026-07-31T12:00:00Z');
    await tenant.settle([bought(1, '2026-02-03T12:00:00Z', 20_000), bought(2, '2026-07-31T10:00:00Z', 8000)], july);
    expect(await tenant.balance(july)).toMatchObject({ available: 28, expiring: { points: 28, on: '2026-09-15' } });
    expect((await tenant.balance(moment('2026-09-15T21:59:59Z'))).available).toBe(28);
    const after = moment('2026-09-15T22:00:00Z');
    expect((await tenant.balance(after)).available).toBe(0);
    await matureMembers(tenant.deps, after);
    expect((await tenant.entries()).map(({ kind, points }) => `${kind} ${points}`)).toEqual([
      'award 20',
      'award 8',
      'expire -20',
      'expire -8',
    ]);
    await tenant.audit();
  });

  test('a later last day lengthens lives, an earlier one takes nothing from points that are there', async () => {
    const tenant = await world.tenant({ document: raccolta() });
    const july = moment('2026-07-01T12:00:00Z');
    await tenant.settle([bought(1, '2026-02-03T12:00:00Z', 20_000)], july);
    const ending = (day: string): ProgramDocument => ({
      ...raccolta(),
      policies: { ...raccolta().policies, expiry: { kind: 'on_date', day } },
    });
    const publish = (day: string, basedOn: number) =>
      publishProgram(tenant.deps, tenant.store.programId, { document: ending(day), basedOn, by: 'test' }, july);
    await publish('2026-10-31', 1);
    expect((await tenant.balance(july)).expiring).toEqual({ points: 20, on: '2026-10-31' });
    await publish('2026-08-31', 2);
    expect((await tenant.balance(july)).expiring).toEqual({ points: 20, on: '2026-10-31' });
  });

  test('while earning is paused orders earn nothing and say so; those of before keep what they earned', async () => {
    const tenant = await world.tenant();
    await tenant.settle([bought(1, '2026-06-01T10:00:00Z', 5000)], moment('2026-06-01T10:01:00Z'));
    const paused = program({ earning: { paused: true } });
    const pausing = moment('2026-06-02T00:00:00Z');
    await publishProgram(tenant.deps, tenant.store.programId, { document: paused, basedOn: 1, by: 'test' }, pausing);
    const later = moment('2026-06-03T10:01:00Z');
    // The first order comes again, edited: it is judged by the version of its own moment.
    const edited = { ...bought(1, '2026-06-01T10:00:00Z', 6000), updatedAt: later };
    await tenant.settle([bought(2, '2026-06-03T10:00:00Z', 5000), edited], later);
    expect((await tenant.balance(later)).available).toBe(60);
    const why = { v: 1, kind: 'order', order: '#2', programVersion: 2, currency: 'EUR' } as const;
    const words = explain(
      { ...why, worth: 'nothing', because: 'earning_paused', before: 0 },
      0,
      0,
      'en',
      program().names,
    ).sentence;
    expect(words).toBe('Order #2 earns nothing: earning was paused when it was placed.');
  });

  test('while redeeming is paused or over no points move; codes that are there stay good', async () => {
    const tenant = await world.tenant();
    const now = moment('2026-06-02T10:00:00Z');
    await tenant.settle([bought(1, '2026-06-01T10:00:00Z', 50_000)], now);
    const first = await redeem(tenant, now, 20);
    if (!first.ok) throw new Error(first.error.kind);
    const { programId } = tenant.store;
    await publishProgram(
      tenant.deps,
      programId,
      { document: { ...program(), redeeming: { paused: true, lastDay: null } }, basedOn: 1, by: 'test' },
      now,
    );
    expect(await redeem(tenant, now, 20)).toEqual({ ok: false, error: { kind: 'redeeming_paused' } });
    expect(tenant.shop.codes.get(first.value.code ?? '')).toMatchObject({ active: true });
    const ending = { ...program(), redeeming: { paused: false, lastDay: '2026-06-30' } };
    await publishProgram(tenant.deps, programId, { document: ending, basedOn: 2, by: 'test' }, now);
    expect(await redeem(tenant, moment('2026-06-30T21:59:59Z'), 20)).toMatchObject({ ok: true });
    expect(await redeem(tenant, moment('2026-06-30T22:00:00Z'), 20)).toEqual({
      ok: false,
      error: { kind: 'redeeming_over', to: '2026-06-30' },
    });
    expect((await tenant.balance(moment('2026-06-30T22:00:01Z'))).available).toBe(500 - 40);
    await tenant.audit();
  });
});
