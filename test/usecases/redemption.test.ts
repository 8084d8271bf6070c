import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '~/core/redemptions/states';
import { newReward, type Reward } from '~/core/rewards/section';
import { asId, type MemberId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { adjustPoints } from '~/usecases/adjustPoints';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import { publishMemberLater } from '~/usecases/effects/publishMember';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import { publishMember } from '~/usecases/publishMember';
import { redeemReward } from '~/usecases/redeemReward';
import { finishRedemption, finishRedemptions } from '~/usecases/finishRedemption';
import { uuidv7 } from '~/process/uuid';
import { at, line, order, program, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const customerId = asId<PlatformId>('77');
const newId = (): RedemptionId => asId<RedemptionId>(uuidv7());

describe.each(engines)('redeeming (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const bought = order({ lines: [line({ listMinor: 30_000 })] });
  const withPoints = async (): Promise<Tenant> => {
    const tenant = await world.tenant();
    await tenant.settle([bought], at('12:01'));
    return tenant;
  };
  const redeem = (tenant: Tenant, part: Partial<Parameters<typeof redeemReward>[2]> = {}, now = at('12:10')) =>
    redeemReward(
      tenant.deps,
      tenant.store,
      { redemptionId: newId(), customerId, rewardId: 'five-off', points: null, cart: null, ...part },
      now,
    );
  const issued = async (tenant: Tenant, part: Parameters<typeof redeem>[1] = {}) => {
    const answer = await redeem(tenant, part);
    if (!answer.ok) throw new Error(answer.error.kind);
    return { ...answer.value, code: codeOf(answer.value) };
  };
  const stateOf = async (tenant: Tenant, id: RedemptionId): Promise<string> =>
    (
      await world.database.prisma.redemption.findUniqueOrThrow({
        where: { programId_id: { programId: tenant.store.programId, id } },
      })
    ).state;
  const orderWith = (code: string, part: Parameters<typeof order>[0] = {}) =>
    order({
      orderId: 2002,
      instant: at('13:00'),
      updatedAt: at('13:00'),
      discountCodes: [code],
      lines: [line({ listMinor: 5000, discounts: [{ code, amountMinor: 500 }] })],
      ...part,
    });

  test('free shipping is held, issued, used by an order, and comes back with the whole order only', async () => {
    const reward = { ...newReward('free_shipping', 'ship', 'EUR'), enabled: true, points: 120 } as Reward;
    const tenant = await world.tenant({ document: { ...program(), rewards: [reward] } });
    await tenant.settle([bought], at('12:01'));
    const { code, ...redemption } = await issued(tenant, { rewardId: 'ship' });
    expect(redemption).toMatchObject({ state: 'issued', points: 120, amountMinor: null, currency: null });
    expect(tenant.shop.codes.get(code)?.request.grant).toMatchObject({ kind: 'free_shipping', maxRateMinor: null });
    await publishMember(tenant.deps, tenant.store.programId, redemption.memberId, at('12:11'));
    expect(tenant.shop.published.get('77')?.codes).toMatchObject([{ code, amount_minor: null }]);
    const used = orderWith(code, {
      lines: [line({ lineId: 1, quantity: 2, listMinor: 5000 })],
      shipping: { listMinor: 590, discounts: [{ code, amountMinor: 590 }], taxMinor: 0 },
    });
    await tenant.settle([used], at('13:01'));
    expect(await stateOf(tenant, redemption.id)).toBe('used');
    expect((await tenant.balance(at('13:02'))).available).toBe(300 - 120 + 50);
    const oneBack = { ...used, updatedAt: at('14:00'), refunds: [refund({ at: at('14:00'), lines: [[1, 1]] })] };
    await tenant.settle([oneBack], at('14:01'));
    expect((await tenant.balance(at('14:02'))).available).toBe(300 - 120 + 25);
    await tenant.settle([{ ...oneBack, updatedAt: at('15:00'), cancelledAt: at('15:00') }], at('15:01'));
    expect((await tenant.balance(at('15:02'))).available).toBe(300);
    await tenant.audit();
  });

  /** A code that was given back, and its points with it. */
  const released = async (tenant: Tenant) => {
    const redemption = await issued(tenant);
    await cancelRedemption(tenant.deps, tenant.store, customerId, redemption.id, at('12:30'));
    await finishRedemption(tenant.deps, tenant.store.programId, redemption.id, at('13:31'));
    return redemption;
  };

  test('points become a code that only this customer can use, and the balance falls at once', async () => {
    const tenant = await withPoints();
    const redemption = await issued(tenant);
    expect(redemption).toMatchObject({ state: 'issued', points: 100, amountMinor: 500 });
    expect(redemption.code).toMatch(/^[A-HJKMNP-TWXY3-9]{14}$/);
    expect(tenant.shop.codes.get(redemption.code)?.request).toMatchObject({
      holder: { kind: 'customer', customerId: '77' },
      title: `Fidelio · €5 off · ${redemption.id.slice(-8)}`,
    });
    expect((await tenant.balance(at('12:11'))).available).toBe(200);
    await tenant.audit();
  });

  test('the same id gives the same answer; with other content it is an error', async () => {
    const tenant = await withPoints();
    const redemptionId = newId();
    const [first, second] = [await issued(tenant, { redemptionId }), await issued(tenant, { redemptionId })];
    expect(second.code).toBe(first.code);
    expect(await redeem(tenant, { redemptionId, rewardId: 'as-you-like', points: 40 })).toEqual({
      ok: false,
      error: { kind: 'id_used_otherwise' },
    });
    expect(await redeem(tenant, { redemptionId, customerId: asId<PlatformId>('78') })).toEqual({
      ok: false,
      error: { kind: 'id_used_otherwise' },
    });
    expect((await tenant.balance(at('12:11'))).available).toBe(200);
  });

  test('who was merged meanwhile and asks again with the other customer’s id gets the same answer', async () => {
    const tenant = await withPoints();
    const redemptionId = newId();
    const first = await issued(tenant, { redemptionId });
    await mergeCustomers(tenant.deps, tenant.store, { gone: customerId, kept: asId<PlatformId>('78') }, at('12:20'));
    expect((await issued(tenant, { redemptionId, customerId: asId<PlatformId>('78') })).code).toBe(first.code);
    expect(await redeem(tenant, { redemptionId, customerId: asId<PlatformId>('79') })).toEqual({
      ok: false,
      error: { kind: 'id_used_otherwise' },
    });
    await tenant.audit();
  });

  test('what was spent on an order comes back before its own points are taken back', async () => {
    const tenant = await world.tenant({ document: program({ policies: { clawback: 'clamp' } }) });
    await tenant.settle([order({ lines: [line({ listMinor: 10_000 })] })], at('12:01'));
    const { code } = await issued(tenant);
    await tenant.settle([orderWith(code)], at('13:01'));
    const { id } = await world.database.prisma.member.findFirstOrThrow({
      where: { programId: tenant.store.programId },
    });
    const adjustment = {
      clientId: newId(),
      memberId: asId<MemberId>(id),
      points: -45,
      reason: 'x',
      actor: { kind: 'system' as const },
      by: 'x',
    };
    expect((await adjustPoints(tenant.deps, tenant.store.programId, adjustment, at('13:10'))).ok).toBe(true);
    await tenant.settle([orderWith(code, { updatedAt: at('14:00'), cancelledAt: at('14:00') })], at('14:01'));
    expect((await tenant.entries()).slice(-2).map(({ kind, points, forgiven }) => [kind, points, forgiven])).toEqual([
      ['return', 100, 0],
      ['clawback', -45, 0],
    ]);
    expect((await tenant.balance(at('14:02'))).available).toBe(55);
    await tenant.audit();
  });

  test('wishes that cannot be granted are refused with the reason and change nothing', async () => {
    const tenant = await withPoints();
    const cart = { subtotalMinor: 500, currency: 'EUR' };
    const refusals = await Promise.all([
      redeem(tenant, { rewardId: 'as-you-like', points: 320 }),
      redeem(tenant, { rewardId: 'as-you-like', points: 30 }),
      redeem(tenant, { rewardId: 'as-you-like' }),
      redeem(tenant, { rewardId: 'nothing' }),
      redeem(tenant, { points: 99 }),
      redeem(tenant, { cart: { ...cart, currency: 'USD' } }),
      redeem(tenant, { customerId: asId<PlatformId>('1') }),
      redeem(tenant, { cart: { ...cart, subtotalMinor: 0 } }),
      redeem(tenant, { cart: { ...cart, remainingMinor: 0 } }),
      redeem(tenant, { cart: { ...cart, remainingMinor: 499 } }),
      redeem(tenant, { cart: { ...cart, subtotalMinor: 450 } }),
      redeem(tenant, { cart: { ...cart, discounts: ['order'] } }),
      redeem(tenant, { rewardId: 'as-you-like', points: 20, cart: { ...cart, remainingMinor: 0 } }),
    ]);
    expect(refusals.map((answer) => (answer.ok ? 'ok' : answer.error.kind))).toEqual([
      'not_enough_points',
      'points_out_of_range',
      'points_missing',
      'unknown_reward',
      'other_price',
      'other_currency',
      'not_enough_points',
      'cart_empty',
      'nothing_left',
      'more_than_cart',
      'more_than_cart',
      'not_together',
      'nothing_left',
    ]);
    expect((await tenant.entries()).length).toBe(1);
  });

  test('never more points than the cart needs', async () => {
    const tenant = await withPoints();
    const redemption = await issued(tenant, {
      rewardId: 'as-you-like',
      points: 300,
      cart: { subtotalMinor: 450, currency: 'EUR' },
    });
    expect(redemption).toMatchObject({ points: 100, amountMinor: 500 });
    // What other discounts leave to pay is what the cart needs.
    const left = { subtotalMinor: 2000, remainingMinor: 250, currency: 'EUR', discounts: ['product' as const] };
    expect(
      await issued(tenant, { redemptionId: newId(), rewardId: 'as-you-like', points: 100, cart: left }),
    ).toMatchObject({ points: 60, amountMinor: 300 });
  });

  test('points of a code that was given back are seen on their way, until they are back', async () => {
    const tenant = await withPoints();
    const { id } = await issued(tenant);
    expect((await tenant.balance(at('13:00'))).returning).toBeNull();
    const cancelled = await cancelRedemption(
      tenant.deps,
      tenant.store,
      asId<PlatformId>('77'),
      id,
      instant(at('13:10') + 30_000),
    );
    expect(cancelled.ok).toBe(true);
    // Given back at 15:10:30 in Rome: an hour later, to the minute above, and one for the job.
    const returning = { points: 100, by: '2026-06-10T16:12', by_epoch: at('14:12') / 1000 };
    expect((await tenant.balance(at('13:11'))).returning).toEqual(returning);
    expect(tenant.shop.published.get('77'), 'the shop’s next page shows it').toMatchObject({ returning, codes: [] });
    await finishRedemptions(tenant.deps, at('14:12'));
    expect(await tenant.balance(at('14:12'))).toMatchObject({ available: 300, returning: null });
  });

  test('so are those of a code whose time is over, and the shop is told when it ends', async () => {
    const tenant = await withPoints();
    const { endsAt } = await issued(tenant);
    await finishRedemptions(tenant.deps, endsAt);
    const told = (await world.queue.fetch(publishMemberLater, 500)).filter(
      ({ data }) => data.programId === tenant.store.programId,
    );
    expect(told.length).toBeGreaterThan(0);
    expect((await tenant.balance(instant(endsAt + 1))).returning).toMatchObject({
      points: 100,
      by_epoch: endsAt / 1000 + 3660,
    });
  });

  test('a discount that the platform refuses gives the points back at once, with its words', async () => {
    const tenant = await withPoints();
    tenant.shop.failure = { kind: 'refused', reasons: ['Too many discounts.'] };
    const redemptionId = newId();
    expect(await redeem(tenant, { redemptionId })).toEqual({
      ok: false,
      error: { kind: 'refused_by_platform', reasons: ['Too many discounts.'] },
    });
    expect((await tenant.balance(at('12:11'))).available).toBe(300);
    expect((await tenant.entries()).map(({ kind, points }) => [kind, points])).toEqual([
      ['award', 300],
      ['redeem', -100],
      ['release', 100],
    ]);
    await tenant.audit();
  });

  test('while the platform cannot be asked the points stay held; the job makes the code later, once', async () => {
    const tenant = await withPoints();
    tenant.shop.failure = { kind: 'unavailable', reason: 'time-out' };
    const redemption = await issued(tenant);
    expect(redemption.state).toBe('held');
    expect((await tenant.balance(at('12:11'))).available).toBe(200);
    tenant.shop.failure = null;
    await finishRedemptions(tenant.deps, at('12:20'));
    await finishRedemption(tenant.deps, tenant.store.programId, redemption.id, at('12:21'));
    expect(await stateOf(tenant, redemption.id)).toBe('issued');
    expect(tenant.shop.codes.size).toBe(1);
    expect((await tenant.entries()).length).toBe(2);
  });

  test('an order with the code uses it, also when it comes before the confirmation', async () => {
    const tenant = await withPoints();
    tenant.shop.failure = { kind: 'unavailable', reason: 'time-out' };
    const held = await issued(tenant);
    await tenant.settle([orderWith(held.code)], at('13:01'));
    tenant.shop.failure = null;
    await finishRedemption(tenant.deps, tenant.store.programId, held.id, at('13:02'));
    expect(await stateOf(tenant, held.id)).toBe('used');
    expect((await tenant.balance(at('13:03'))).available).toBe(200 + 45);
    await tenant.audit();
  });

  test('a code given back returns its points after an hour, if the shop counts no use', async () => {
    const tenant = await withPoints();
    const redemption = await issued(tenant);
    expect((await cancelRedemption(tenant.deps, tenant.store, customerId, redemption.id, at('12:30'))).ok).toBe(true);
    expect(tenant.shop.codes.get(redemption.code)?.active).toBe(false);
    await finishRedemption(tenant.deps, tenant.store.programId, redemption.id, at('13:00'));
    expect((await tenant.balance(at('13:00'))).available).toBe(200);
    await finishRedemption(tenant.deps, tenant.store.programId, redemption.id, at('13:31'));
    await finishRedemption(tenant.deps, tenant.store.programId, redemption.id, at('13:32'));
    expect((await tenant.balance(at('13:33'))).available).toBe(300);
    await tenant.audit();
  });

  test('another customer cannot give it back, and a used one cannot be given back', async () => {
    const tenant = await withPoints();
    const redemption = await issued(tenant);
    expect(
      await cancelRedemption(tenant.deps, tenant.store, asId<PlatformId>('78'), redemption.id, at('12:30')),
    ).toEqual({
      ok: false,
      error: { kind: 'unknown_redemption' },
    });
    await tenant.settle([orderWith(redemption.code)], at('13:01'));
    expect(await cancelRedemption(tenant.deps, tenant.store, customerId, redemption.id, at('13:30'))).toEqual({
      ok: false,
      error: { kind: 'cannot_be_cancelled', state: 'used' },
    });
  });

  test('a code that has ended is switched off and released an hour later; a use keeps the points', async () => {
    const tenant = await withPoints();
    const [unused, used] = [await issued(tenant), await issued(tenant)];
    const end = unused.endsAt;
    await finishRedemptions(tenant.deps, instant(end + 1000));
    expect(tenant.shop.codes.get(unused.code)?.active).toBe(false);
    expect((await tenant.balance(instant(end + 2000))).available).toBe(100);
    const shopCode = tenant.shop.codes.get(used.code);
    if (shopCode !== undefined) shopCode.uses = 1;
    await finishRedemptions(tenant.deps, instant(end + 3_700_000));
    expect([await stateOf(tenant, unused.id), await stateOf(tenant, used.id)]).toEqual(['released', 'used']);
    expect((await tenant.balance(instant(end + 3_800_000))).available).toBe(200);
    await tenant.audit();
  });

  test('a released code that turns up on an order is redeemed again, as debt when the points are gone', async () => {
    const tenant = await withPoints();
    const redemption = await released(tenant);
    await tenant.settle([{ ...bought, updatedAt: at('13:40'), cancelledAt: at('13:40') }], at('13:41'));
    const late = orderWith(redemption.code, { financialStatus: 'pending' });
    await tenant.settle([late], at('13:50'));
    await tenant.settle([late], at('13:51'));
    expect(await stateOf(tenant, redemption.id)).toBe('used_late');
    expect(await tenant.balance(at('13:52'))).toMatchObject({ available: 0, debt: 100 });
    await tenant.audit();
  });

  test('a released code first seen on a refunded order is redeemed again and comes back at once', async () => {
    const tenant = await withPoints();
    const redemption = await released(tenant);
    const before = (await tenant.balance(at('13:40'))).available;
    const gone = orderWith(redemption.code, {
      updatedAt: at('13:45'),
      cancelledAt: at('13:45'),
      financialStatus: 'refunded',
    });
    await tenant.settle([gone], at('13:50'));
    expect(await stateOf(tenant, redemption.id)).toBe('used_late');
    expect(await tenant.balance(at('13:52'))).toMatchObject({ available: before, debt: 0 });
    expect((await tenant.entries()).map(({ kind, points }) => [kind, points]).slice(-2)).toEqual([
      ['redeem', -100],
      ['return', 100],
    ]);
    await tenant.audit();
  });

  test('a late use that is owed and refunded in part: the debt is cancelled first', async () => {
    const tenant = await withPoints();
    const redemption = await released(tenant);
    await tenant.settle([{ ...bought, updatedAt: at('13:40'), cancelledAt: at('13:40') }], at('13:41'));
    const lines = [
      line({
        quantity: 4,
        listMinor: 10_000,
        currentQuantity: 1,
        discounts: [{ code: redemption.code, amountMinor: 500 }],
      }),
    ];
    const partly = orderWith(redemption.code, {
      lines,
      financialStatus: 'pending',
      refunds: [refund({ refundId: 1, lines: [[1, 3]] })],
    });
    await tenant.settle([partly], at('13:50'));
    expect(await tenant.balance(at('13:52'))).toMatchObject({ available: 0, debt: 25 });
    await tenant.audit();
  });

  test('a debt that another order of the batch repays first is not cancelled again', async () => {
    const tenant = await withPoints();
    const redemption = await released(tenant);
    await tenant.settle([{ ...bought, updatedAt: at('13:40'), cancelledAt: at('13:40') }], at('13:41'));
    const late = orderWith(redemption.code, { financialStatus: 'pending' });
    await tenant.settle([late], at('13:50'));
    expect(await tenant.balance(at('13:51'))).toMatchObject({ available: 0, debt: 100 });
    const earlier = order({ orderId: 90, instant: at('12:01'), lines: [line({ listMinor: 3000 })] });
    await tenant.settle([{ ...late, updatedAt: at('13:52'), cancelledAt: at('13:52') }, earlier], at('13:53'));
    expect(await tenant.balance(at('13:54'))).toMatchObject({ available: 30, debt: 0 });
    await tenant.audit();
  });

  test('spent points come back with the refunded units they paid for, once, in any number of parts', async () => {
    const tenant = await withPoints();
    const { code } = await issued(tenant);
    const lines = (left: number) => [
      line({ quantity: 4, listMinor: 10_000, currentQuantity: left, discounts: [{ code, amountMinor: 500 }] }),
    ];
    const base = orderWith(code, { lines: lines(4) });
    const one = {
      ...base,
      updatedAt: at('14:00'),
      financialStatus: 'partially_refunded' as const,
      lines: lines(3),
      refunds: [refund({ refundId: 1, lines: [[1, 1]] })],
    };
    const three = {
      ...one,
      updatedAt: at('15:00'),
      lines: lines(1),
      refunds: [refund({ refundId: 1, lines: [[1, 1]] }), refund({ refundId: 2, lines: [[1, 2]] })],
    };
    const returned = async (): Promise<number> =>
      (await tenant.entries()).filter(({ kind }) => kind === 'return').reduce((sum, { points }) => sum + points, 0);
    await tenant.settle([base], at('13:01'));
    const seen: number[] = [];
    for (const snapshot of [one, one, three, one, { ...three, updatedAt: at('16:00'), cancelledAt: at('16:00') }]) {
      await tenant.settle([snapshot], at('16:01'));
      seen.push(await returned());
    }
    expect(seen).toEqual([25, 25, 75, 75, 100]);
    await tenant.audit();
  });

  test('200 clicks at once never spend more than the balance', async () => {
    const tenant = await withPoints();
    const answers = await Promise.all(Array.from({ length: 200 }, () => redeem(tenant)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    expect(new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.error.kind])))).toEqual(
      new Set(['not_enough_points']),
    );
    expect((await tenant.balance(at('12:11'))).available).toBe(0);
    await tenant.audit();
  });

  test('the summary is published when it changed, and not again', async () => {
    const tenant = await withPoints();
    const member = await world.database.prisma.member.findFirstOrThrow({
      where: { programId: tenant.store.programId },
    });
    await publishMember(tenant.deps, tenant.store.programId, asId(member.id), at('12:05'));
    expect(tenant.shop.published.get('77')).toMatchObject({ available: 300, codes: [] });
    tenant.shop.published.clear();
    await publishMember(tenant.deps, tenant.store.programId, asId(member.id), at('12:06'));
    expect(tenant.shop.published.size).toBe(0);
    const { code } = await issued(tenant); // the next page is painted from it, so it is published with the answer
    expect(tenant.shop.published.get('77')).toMatchObject({
      available: 200,
      codes: [{ code, points: 100, amount_minor: 500 }],
    });
  });
});
