import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newReward, type Reward, type RewardKind } from '~/core/rewards/section';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Result } from '~/core/values/result';
import { uploadCodes } from '~/features/codePools/usecases/uploadCodes';
import type { Platform } from '~/platforms/platform';
import { uuidv7 } from '~/process/uuid';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import type { Deps } from '~/usecases/deps';
import { finishRedemptions } from '~/usecases/finishRedemption';
import { redeemReward } from '~/usecases/redeemReward';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { numbers, unsteady, type Trouble } from 'test/support/unsteady';
import { openWorld, type Tenant, type World } from 'test/support/world';

const customerId = asId<PlatformId>('77');
const cup = asId<PlatformId>('41');
const hour = 3_600_000;
const newId = (): RedemptionId => asId<RedemptionId>(uuidv7());
const later = (now: Instant, hours: number): Instant => instant(now + hours * hour);

type Case = { readonly kind: RewardKind; readonly part: object; readonly wish: object; readonly points: number };
const cart = { subtotalMinor: 10_000, currency: 'EUR' };
const codes: readonly Case[] = [
  { kind: 'amount_off', part: { points: 20, amountMinor: 500 }, wish: {}, points: 20 },
  {
    kind: 'chosen_amount_off',
    part: { stepPoints: 5, stepAmountMinor: 100, minPoints: 5, maxPoints: 100 },
    wish: { points: 30, cart },
    points: 30,
  },
  { kind: 'percent_off', part: { points: 15, basisPoints: 2000, capMinor: 1000 }, wish: { cart }, points: 15 },
  { kind: 'free_shipping', part: { points: 10 }, wish: {}, points: 10 },
  { kind: 'free_product', part: { points: 10, variantIds: [cup] }, wish: { variantId: cup }, points: 10 },
];
const given: readonly Case[] = [
  { kind: 'donation', part: { points: 10, charity: 'Bosco' }, wish: {}, points: 10 },
  { kind: 'experience', part: { points: 30 }, wish: {}, points: 30 },
  { kind: 'pool_code', part: { points: 20 }, wish: {}, points: 20 },
];

// Trouble once, then all is well.
const once = (trouble: Trouble) => {
  let isOver = false;
  const ask = unsteady(() => 0, 1, [trouble]);
  return async <Value, Failure>(work: () => Promise<Result<Value, Failure>>) => {
    if (isOver) return work();
    isOver = true;
    return ask(work);
  };
};

describe.each(engines)('when a step fails (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  /** A program with one reward of a kind; the member has 300 points. */
  const offering = async ({ kind, part }: Case): Promise<Tenant> => {
    const reward = { ...newReward(kind, 'only', 'EUR'), enabled: true, ...part } as Reward;
    const tenant = await world.tenant({ document: { ...program(), rewards: [reward] } });
    tenant.shop.variants.set(cup, {
      ...{ variantId: cup, productId: cup, vendor: null, handle: 'cup', priceMinor: 1290, currency: 'EUR' },
      isAvailable: true,
    });
    await tenant.settle([order({ lines: [line({ listMinor: 30_000 })] })], at('12:01'));
    if (kind === 'pool_code')
      await uploadCodes(tenant.deps, tenant.store, { poolId: 'only', text: 'A\nB\nC\n' }, at('12:02'));
    return tenant;
  };
  const take = (
    tenant: Tenant,
    { wish }: Case,
    redemptionId: RedemptionId,
    deps: Deps = tenant.deps,
    now = at('12:10'),
  ) =>
    redeemReward(
      deps,
      tenant.store,
      { redemptionId, customerId, rewardId: 'only', points: null, cart: null, ...wish },
      now,
    );
  const available = async (tenant: Tenant, now: Instant) => (await tenant.balance(now)).available;
  const stateOf = async (id: RedemptionId) =>
    (await world.database.prisma.redemption.findFirst({ where: { id } }))?.state ?? null;
  const moves = async (tenant: Tenant) =>
    (await tenant.entries()).filter(({ kind }) => kind !== 'award').map(({ kind, points }) => `${kind} ${points}`);
  const through = (tenant: Tenant, part: Partial<Platform>): Deps => ({
    ...tenant.deps,
    platformOf: () => ({ ...tenant.shop, ...part }),
  });

  describe.each(codes)('a code of the kind $kind', (one) => {
    test('that the shop refuses gives its points back at once', async () => {
      const tenant = await offering(one);
      const ask = once('refused');
      const deps = through(tenant, { issueReward: (request) => ask(() => tenant.shop.issueReward(request)) });
      const id = newId();
      expect(await take(tenant, one, id, deps)).toMatchObject({ ok: false, error: { kind: 'refused_by_platform' } });
      expect([await stateOf(id), await available(tenant, at('12:11'))]).toEqual(['released', 300]);
      expect([await moves(tenant), tenant.shop.codes.size]).toEqual([
        [`redeem ${-one.points}`, `release ${one.points}`],
        0,
      ]);
      await tenant.audit();
    });

    test.each([
      ['away', 0],
      ['died_before', 0],
      ['lost', 1],
      ['died_after', 1],
    ] as const)('%s: its points stay held, and it is made later, once', async (trouble, made) => {
      const tenant = await offering(one);
      const ask = once(trouble);
      const deps = through(tenant, { issueReward: (request) => ask(() => tenant.shop.issueReward(request)) });
      const id = newId();
      await take(tenant, one, id, deps).catch(() => null);
      expect([await stateOf(id), tenant.shop.codes.size]).toEqual(['held', made]);
      expect(await available(tenant, at('12:11'))).toBe(300 - one.points);
      await finishRedemptions(deps, at('12:30'));
      expect(await take(tenant, one, id, deps)).toMatchObject({ ok: true, value: { state: 'issued' } });
      expect([await moves(tenant), tenant.shop.codes.size]).toEqual([[`redeem ${-one.points}`], 1]);
      expect(await available(tenant, at('12:31'))).toBe(300 - one.points);
      await tenant.audit();
    });

    test.each([
      ['voidReward', 'away'],
      ['voidReward', 'lost'],
      ['readRewardUse', 'away'],
      ['readRewardUse', 'died_after'],
    ] as const)('given back, while %s is %s: its points come back when it was asked, once', async (step, trouble) => {
      const tenant = await offering(one);
      const id = newId();
      expect((await take(tenant, one, id)).ok).toBe(true);
      let isTroubled = true;
      const ask = unsteady(() => 0, 1, [trouble]);
      const step1 = async <Value, Failure>(name: string, work: () => Promise<Result<Value, Failure>>) =>
        isTroubled && name === step ? ask(work) : work();
      const deps = through(tenant, {
        voidReward: (reference) => step1('voidReward', () => tenant.shop.voidReward(reference)),
        readRewardUse: (code) => step1('readRewardUse', () => tenant.shop.readRewardUse(code)),
      });
      expect((await cancelRedemption(deps, tenant.store, customerId, id, at('12:30'))).ok).toBe(true);
      const due = later(at('12:30'), 2);
      await finishRedemptions(deps, due).catch(() => null);
      // Nobody knows yet whether it was used.
      expect([await stateOf(id), await available(tenant, due)]).toEqual(['cancelling', 300 - one.points]);
      isTroubled = false;
      for (let turn = 1; turn <= 3; turn += 1) await finishRedemptions(deps, later(due, 24 * turn));
      expect([await stateOf(id), await available(tenant, later(due, 96))]).toEqual(['released', 300]);
      expect(await moves(tenant)).toEqual([`redeem ${-one.points}`, `release ${one.points}`]);
      await tenant.audit();
    });

    test.each(['lost', 'died_after'] as const)(
      'made, its answer %s, and refused when it is asked again: it is there, and its points are spent',
      async (trouble) => {
        const tenant = await offering(one);
        const ask = once(trouble);
        const id = newId();
        const lost = through(tenant, { issueReward: (request) => ask(() => tenant.shop.issueReward(request)) });
        await take(tenant, one, id, lost).catch(() => null);
        const refusing = through(tenant, {
          issueReward: () => Promise.resolve({ ok: false, error: { kind: 'refused', reasons: ['No.'] } }),
        });
        await finishRedemptions(refusing, at('12:30'));
        expect([await stateOf(id), tenant.shop.codes.size]).toEqual(['issued', 1]);
        expect([await moves(tenant), await available(tenant, at('12:31'))]).toEqual([
          [`redeem ${-one.points}`],
          300 - one.points,
        ]);
        await tenant.audit();
      },
    );

    test('whatever goes wrong, in 15 runs there is one code for points that are spent, and none for others', async () => {
      const tenant = await offering(one);
      const ask = unsteady(numbers(20_261_129), 0.6);
      const deps = through(tenant, { issueReward: (request) => ask(() => tenant.shop.issueReward(request)) });
      let now: Instant = at('12:10');
      const ids = Array.from({ length: Math.min(15, Math.floor(300 / one.points)) }, newId);
      for (const id of ids) {
        await take(tenant, one, id, deps).catch(() => null);
        // Pressed again, twice at once, from two windows.
        now = instant(now + 1000);
        await Promise.allSettled([take(tenant, one, id, deps, now), take(tenant, one, id, deps, now)]);
      }
      const waiting = () =>
        world.database.prisma.redemption.count({ where: { programId: tenant.store.programId, state: 'held' } });
      for (let turn = 0; turn < 300 && (await waiting()) > 0; turn += 1) {
        now = instant(now + 600_000);
        await finishRedemptions(deps, now).catch(() => null);
      }
      const states = await Promise.all(ids.map(stateOf));
      const issued = states.filter((state) => state === 'issued').length;
      expect(states.filter((state) => state === 'released').length + issued).toBe(ids.length);
      expect([...tenant.shop.codes.values()].filter(({ active }) => active)).toHaveLength(issued);
      expect(await available(tenant, now)).toBe(300 - issued * one.points);
      await tenant.audit();
    });
  });

  describe.each(given)('what is given at once, of the kind $kind', (one) => {
    // The process dies before the transaction is committed, or after it and before the answer.
    const dying = (tenant: Tenant, when: 'before' | 'after'): Deps => {
      let isOver = false;
      const prisma = new Proxy(tenant.deps.database.prisma, {
        get: (client, name, receiver) => {
          if (name !== '$transaction') return Reflect.get(client, name, receiver) as unknown;
          return async (...[work, options]: Parameters<typeof client.$transaction>) => {
            const isNow = !isOver;
            isOver = true;
            const run = work as unknown as (tx: unknown) => Promise<unknown>;
            const answer = await client.$transaction(async (tx) => {
              const done = await run(tx);
              if (isNow && when === 'before') throw new Error('died before it was committed');
              return done;
            }, options);
            if (isNow) throw new Error('died before the answer');
            return answer;
          };
        },
      });
      return { ...tenant.deps, database: { ...tenant.deps.database, prisma } };
    };
    test.each(['before', 'after'] as const)(
      'a process that dies %s it is written: given once or not at all',
      async (when) => {
        const tenant = await offering(one);
        const id = newId();
        await expect(take(tenant, one, id, dying(tenant, when))).rejects.toThrow('died');
        expect(await available(tenant, at('12:11'))).toBe(when === 'before' ? 300 : 300 - one.points);
        expect(await stateOf(id)).toBe(when === 'before' ? null : one.kind === 'experience' ? 'issued' : 'used');
        // Pressed again it is there once.
        expect(await take(tenant, one, id)).toMatchObject({ ok: true, value: { points: one.points } });
        expect([await moves(tenant), await available(tenant, at('12:12'))]).toEqual([
          [`redeem ${-one.points}`],
          300 - one.points,
        ]);
        if (one.kind === 'pool_code')
          expect(await world.database.prisma.poolCode.count({ where: { redemptionId: id } })).toBe(1);
        await tenant.audit();
      },
    );
    test('a shop that is away is not asked', async () => {
      const tenant = await offering(one);
      tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
      expect(await take(tenant, one, newId())).toMatchObject({ ok: true });
      expect(await available(tenant, at('12:11'))).toBe(300 - one.points);
    });
  });
});
