import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type MemberId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { actOnMember, memberFormSchema, type ActionOutcome } from '~/http/shopify/memberActions';
import type { Merchant } from '~/http/shopify/merchant';
import { adjustPoints } from '~/usecases/adjustPoints';
import { redeemReward } from '~/usecases/redeemReward';
import { attention } from '~/features/health/views/attention';
import { recentEntries } from '~/db/entries';
import { homeFigures } from '~/views/homeFigures';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

describe.each(engines)('points given by hand (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const withMember = async (): Promise<{ readonly tenant: Tenant; readonly memberId: MemberId }> => {
    const tenant = await world.tenant();
    await tenant.settle([order({ lines: [line({ listMinor: 1_000_000 })] })], at('12:01'));
    const { id } = await world.database.prisma.member.findFirstOrThrow({
      where: { programId: tenant.store.programId },
    });
    return { tenant, memberId: asId<MemberId>(id) };
  };
  const give = async (
    { tenant, memberId }: Awaited<ReturnType<typeof withMember>>,
    points: number,
    now: Instant,
  ): Promise<void> => {
    const adjustment = {
      clientId: randomUUID(),
      memberId,
      points,
      reason: 'x',
      actor: { kind: 'staff' as const, id: '1' },
      by: 'staff 1',
    };
    expect((await adjustPoints(tenant.deps, tenant.store.programId, adjustment, now)).ok).toBe(true);
  };

  test('are a figure of their own on Home, and do not hide among those that orders earned', async () => {
    const given = await withMember();
    await give(given, 300, at('13:00'));
    await give(given, -50, at('13:01'));
    const figures = await homeFigures(world.database, given.tenant.store, program(), at('14:00'));
    expect(figures.now).toMatchObject({ issued: 10_000, byHand: 250, redeemed: 0 });
  });
  test('what happened last stands first on Home, in whatever order a history was written', async () => {
    const tenant = await world.tenant();
    const days = ['2026-10-05', '2026-11-14', '2026-09-30'];
    for (const [index, day] of days.entries()) {
      const moment = instant(Date.parse(`${day}T10:00:00Z`));
      const bought = { orderId: index + 1, instant: moment, createdAt: moment, updatedAt: moment };
      await tenant.settle([order({ ...bought, lines: [line()] })], instant(at('12:01') + index));
    }
    const entries = await recentEntries(world.database.prisma, tenant.store.programId, 2);
    const shown = entries.map(({ occurredAt }) => new Date(occurredAt).toISOString().slice(0, 10));
    expect(shown).toEqual(['2026-11-14', '2026-10-05']);
  });
  test('this month is compared with the same days of the last one, up to the same time of the day', async () => {
    const tenant = await world.tenant();
    const buy = (orderId: number, moment: Instant, listMinor: number) =>
      tenant.settle(
        [order({ orderId, instant: moment, createdAt: moment, updatedAt: moment, lines: [line({ listMinor })] })],
        moment,
      );
    const utc = (text: string): Instant => instant(Date.parse(text));
    await buy(1, utc('2026-09-30T23:30:00+02:00'), 70_000);
    await buy(2, utc('2026-10-05T10:00:00+02:00'), 1000);
    await buy(3, utc('2026-10-25T13:59:00+01:00'), 2000);
    await buy(4, utc('2026-10-25T14:01:00+01:00'), 4000);
    await buy(5, utc('2026-10-31T10:00:00+01:00'), 8000);
    await buy(6, utc('2026-11-24T10:00:00+01:00'), 16_000);
    const { now, before } = await homeFigures(
      world.database,
      tenant.store,
      program(),
      utc('2026-11-25T14:00:00+01:00'),
    );
    expect(before).toEqual({ period: '2026-10', issued: 30, redeemed: 0, byHand: 0, orders: 2, paidMinor: 3000 });
    expect(now.issued).toBe(160);
  });
  test('on a day that the last month does not have, all of that month stands beside it', async () => {
    const tenant = await world.tenant();
    const utc = (text: string): Instant => instant(Date.parse(text));
    const days = ['2026-02-01T00:00:00+01:00', '2026-02-28T23:59:00+01:00', '2026-03-01T00:00:00+01:00'];
    for (const [index, day] of days.entries()) {
      const moment = utc(day);
      const one = { orderId: index + 1, instant: moment, createdAt: moment, updatedAt: moment };
      await tenant.settle([order({ ...one, lines: [line({ listMinor: 10 ** index * 1000 })] })], moment);
    }
    const comparedOn = async (day: string) =>
      (await homeFigures(world.database, tenant.store, program(), utc(`${day}T00:10:00+02:00`))).before?.orders;
    expect([await comparedOn('2026-03-31'), await comparedOn('2026-03-30')]).toEqual([2, 2]);
    expect(await comparedOn('2026-03-28')).toBe(1);
  });
  test('need attention for a week when they make the liability jump', async () => {
    const given = await withMember();
    const jump = async (now: Instant) => (await attention(world.database, given.tenant.store, program(), now)).jump;
    await give(given, 999, at('13:00'));
    expect(await jump(at('14:00')), 'not a tenth of what there was').toBeNull();
    await give(given, 1001, at('13:05'));
    expect(await jump(at('14:00'))).toEqual({ points: 2000, worthMinor: 10_000 });
    expect(await jump(instant(at('13:06') + 7 * 86_400_000))).toBeNull();
  });

  describe('by staff on a member’s page', () => {
    const act = (
      { tenant, memberId }: Awaited<ReturnType<typeof withMember>>,
      values: Readonly<Record<string, string>>,
    ): Promise<ActionOutcome> => {
      const merchant = {
        ...tenant,
        database: world.database,
        language: 'it',
        staffId: '78123456',
      } as unknown as Merchant;
      const form = { intent: 'adjust', wish: randomUUID(), reason: 'Scuse', ...values };
      return actOnMember(merchant, memberId, memberFormSchema.parse(form));
    };
    const plain = (text: string | null): string | null => text?.replace(/\s/g, ' ') ?? null;
    test('switches a code off for its own member, once, and never one that an order used', async () => {
      const given = await withMember();
      const { store, deps } = given.tenant;
      const customerId = asId<PlatformId>('77');
      const redeem = async (): Promise<string> => {
        const redemptionId = asId<RedemptionId>(randomUUID());
        const wish = { redemptionId, customerId, rewardId: 'five-off', points: null, cart: null };
        const redeemed = await redeemReward(deps, store, { ...wish, answer: null, variantId: null }, at('12:30'));
        if (!redeemed.ok) throw new Error(redeemed.error.kind);
        return redemptionId;
      };
      const stateOf = async (id: string): Promise<string> =>
        (await world.database.prisma.redemption.findFirstOrThrow({ where: { programId: store.programId, id } })).state;
      const cancel = (id: string) => act(given, { intent: 'cancel', redemption: id });
      const id = await redeem();
      const other = await withMember();
      expect(await act(other, { intent: 'cancel', redemption: id })).toEqual({
        refusal: 'Questo codice non è di questo iscritto in questo negozio.',
        ask: null,
      });
      expect(await stateOf(id)).toBe('issued');
      expect(await cancel(id)).toEqual({ refusal: null, ask: null });
      expect(await stateOf(id)).toBe('cancelling');
      expect(await cancel(id), 'the same again').toEqual({ refusal: null, ask: null });
      const used = await redeem();
      await world.database.prisma.redemption.updateMany({ where: { id: used }, data: { state: 'used' } });
      expect((await cancel(used)).refusal).toMatch(/^Questo codice non si può più annullare/);
    });
    test('every refusal is a sentence about this member, in the page’s language', async () => {
      const given = await withMember();
      for (const [points, words] of [
        ['1,5', 'Solo numeri interi, senza decimali.'],
        ['dieci', '«dieci» non è un numero. Scrivi solo cifre, per esempio 10.'],
        ['', 'Inserisci un numero.'],
        ['0', 'Inserisci un numero intero diverso da 0.'],
      ] as const)
        expect([points, await act(given, { points })]).toEqual([points, { refusal: words, ask: null }]);
      const tooMany = await act(given, { points: '−10.001', confirmed: 'on' });
      expect(plain(tooMany.refusal)).toBe('Il saldo è di 10.000 punti: non si possono togliere 10.001 punti.');
      const unseen = await act(given, { points: '−10.001' });
      expect([plain(unseen.refusal), unseen.ask], 'what cannot be done is not asked about').toEqual([
        'Il saldo è di 10.000 punti: non si possono togliere 10.001 punti.',
        null,
      ]);
      expect((await given.tenant.entries()).length).toBe(1);
    });
    test('a large one asks with what it is worth, and is done once when that was seen', async () => {
      const given = await withMember();
      const wish = randomUUID();
      const asked = await act(given, { wish, points: '5.000' });
      expect([asked.refusal, plain(asked.ask)]).toEqual([
        null,
        '5.000 punti: valgono fino a 250,00 €. È quello che vuoi?',
      ]);
      expect((await given.tenant.entries()).length).toBe(1);
      for (let press = 0; press < 2; press += 1)
        expect(await act(given, { wish, points: '5.000', confirmed: 'on' })).toEqual({ refusal: null, ask: null });
      expect((await given.tenant.entries()).map(({ points }) => points)).toEqual([10_000, 5000]);
      expect(await act(given, { wish, points: '5.000' }), 'what was done is not asked about again').toEqual({
        refusal: null,
        ask: null,
      });
      const taken = await act(given, { points: '-15.000' });
      expect([taken.refusal, plain(taken.ask)]).toEqual([
        null,
        '−15.000 punti: valgono fino a 750,00 €. È quello che vuoi?',
      ]);
      expect((await given.tenant.entries()).length).toBe(2);
    });
  });
});
