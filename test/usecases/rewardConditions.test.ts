import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RewardConditions } from '~/core/rewards/conditions';
import { newReward, type Reward } from '~/core/rewards/section';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { perTongue } from '~/core/values/text';
import { refusalText } from '~/i18n/storefrontWords';
import { uuidv7 } from '~/process/uuid';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import { finishRedemption } from '~/usecases/finishRedemption';
import { redeemReward } from '~/usecases/redeemReward';
import { rewardUses } from '~/views/rewardUses';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const [anna, ben] = [asId<PlatformId>('77'), asId<PlatformId>('78')];

describe.each(engines)('the conditions of a reward, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  /** A program with one reward of 10 points; Anna and Ben have 300 points each. */
  const offering = async (conditions: Partial<RewardConditions>): Promise<Tenant> => {
    const reward = { ...newReward('amount_off', 'five', 'EUR'), enabled: true, points: 10, ...conditions } as Reward;
    const level = (id: string, threshold: number) => ({
      id,
      name: perTongue(() => id.toUpperCase()),
      threshold,
      entryPoints: null,
      color: null,
      icon: null,
      perks: [],
    });
    const document = {
      ...program(),
      rewards: [reward],
      segments: [{ id: 'vip', name: perTongue(() => 'VIP'), customerTags: ['Friend'] }],
      tiers: {
        metric: 'spend' as const,
        currency: 'EUR',
        window: { kind: 'lifetime' as const },
        keep: { kind: 'window' as const },
        requalify: 'drop_to_qualified' as const,
        graceDays: 0,
        skippedRewards: 'reached_only' as const,
        levels: [level('silver', 10_000), level('gold', 50_000)],
      },
    };
    const tenant = await world.tenant({ document });
    const bought = (orderId: number, customerId: PlatformId) =>
      order({ orderId, customerId, lines: [line({ listMinor: 30_000 })] });
    await tenant.settle([bought(1, anna), bought(2, ben)], at('12:01'));
    return tenant;
  };
  const take = (tenant: Tenant, customerId = anna, now = at('12:10')) =>
    redeemReward(
      tenant.deps,
      tenant.store,
      { redemptionId: asId<RedemptionId>(uuidv7()), customerId, rewardId: 'five', points: null, cart: null },
      now,
    );
  const refusedAs = async (asked: ReturnType<typeof take>) => {
    const answer = await asked;
    if (answer.ok) throw new Error('it was given');
    return refusalText('en', answer.error);
  };

  test('a reward for other tiers says for whom it is, and moves no points', async () => {
    const tenant = await offering({ tierIds: ['gold'] });
    expect(await refusedAs(take(tenant))).toBe('For members of GOLD.');
    expect((await tenant.balance(at('12:11'))).available).toBe(300);
    expect(await take(await offering({ tierIds: ['silver', 'gold'] }))).toMatchObject({ ok: true });
  });

  test('a segment is asked of the shop at that moment, and a shop that does not answer gives nothing', async () => {
    const tenant = await offering({ segmentIds: ['vip'] });
    expect(await refusedAs(take(tenant))).toBe('This reward is for other customers of the shop.');
    tenant.shop.putCustomer('77', { marks: ['FRIEND'] });
    expect(await take(tenant)).toMatchObject({ ok: true });
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    expect(await refusedAs(take(tenant, anna, at('12:20')))).toMatch(/does not answer/);
    expect((await tenant.balance(at('12:21'))).available).toBe(290);
  });

  test('once a month: what was given back does not count', async () => {
    const tenant = await offering({ limits: { perMember: { count: 1, per: 'month' }, total: null } });
    const first = await take(tenant);
    if (!first.ok) throw new Error(first.error.kind);
    expect(await refusedAs(take(tenant))).toBe('Once a month. Again from 1 Jul 2026.');
    expect(await take(tenant, ben)).toMatchObject({ ok: true });
    await cancelRedemption(tenant.deps, tenant.store, anna, first.value.id, at('12:30'));
    expect(await refusedAs(take(tenant, anna, at('12:31')))).toMatch(/^Once a month/);
    await finishRedemption(tenant.deps, tenant.store.programId, first.value.id, at('13:31'));
    expect(await take(tenant, anna, at('13:32'))).toMatchObject({ ok: true });
    const uses = await rewardUses(tenant.deps.database, tenant.store.programId);
    expect(uses, 'Ben’s and Anna’s second: the first was given back').toEqual({ five: 2 });
  });

  test('of three, exactly three are given, however many ask at once', async () => {
    const tenant = await offering({ limits: { perMember: null, total: 3 } });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => take(tenant, index % 2 === 0 ? anna : ben)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.error.kind]))).toEqual(Array(9).fill('all_taken'));
    expect(await refusedAs(take(tenant, ben))).toBe('All taken. Your balance stays.');
    await tenant.audit();
  });

  test('the window is that of the program’s days', async () => {
    const tenant = await offering({ window: { from: '2026-06-11', to: '2026-06-11' } });
    expect(await refusedAs(take(tenant, anna, at('21:59')))).toBe('On offer from 11 Jun 2026.');
    expect(await take(tenant, anna, at('22:00'))).toMatchObject({ ok: true });
    expect(await refusedAs(take(tenant, anna, at('22:00', 11)))).toBe('This reward was on offer until 11 Jun 2026.');
  });
});
