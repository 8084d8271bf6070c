import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type MemberId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { customerIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import { adjustPoints } from '~/usecases/adjustPoints';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import { matureMembers } from '~/usecases/matureMembers';
import { publishProgram } from '~/usecases/publishProgram';
import { redeemReward } from '~/usecases/redeemReward';
import { finishRedemptions } from '~/usecases/finishRedemption';
import { at, bonus, line, order, program, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

// The public complaints about other products that concern balances, each under its number in `reference/products.md` §2
// and §5. Those about races (2.8, 5.3), tiers (2.16, 5.7), imports (2.23, 5.8) and merges (5.9) stand with their own
// subjects.

const money = (minor: number, part: Partial<Parameters<typeof line>[0]> = {}) => [line({ listMinor: minor, ...part })];
const customer = asId<PlatformId>('77');

describe.each(engines)('what others get wrong, on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  const sumOf = async (tenant: Tenant): Promise<number> =>
    (await tenant.entries()).reduce((sum, { points }) => sum + points, 0);
  const available = async (tenant: Tenant, now: Instant): Promise<number> => (await tenant.balance(now)).available;
  const redeem = (
    tenant: Tenant,
    points: number,
    now: Instant,
    cart: { subtotalMinor: number; currency: string } | null = null,
    id: string = randomUUID(),
  ) =>
    redeemReward(
      tenant.deps,
      tenant.store,
      { redemptionId: asId<RedemptionId>(id), customerId: customer, rewardId: 'as-you-like', points, cart },
      now,
    );
  const codeOf = async (tenant: Tenant, points: number, now: Instant): Promise<string> => {
    const redeemed = await redeem(tenant, points, now);
    if (!redeemed.ok) throw new Error(redeemed.error.kind);
    return redeemed.value.code ?? 'no code';
  };
  const paidWith = (code: string, orderId: number, part: Parameters<typeof order>[0] = {}) =>
    order({
      orderId,
      discountCodes: [code],
      lines: money(4000, { quantity: 2, discounts: [{ code, amountMinor: 500 }] }),
      ...part,
    });

  test('products.md 2.1 and 2.25: the same order event again, at any later time, gives nothing more', async () => {
    const tenant = await world.tenant();
    const bought = order({ orderId: 1, lines: money(5000) });
    for (const when of [at('12:01'), at('12:02'), at('12:00', 20)]) await tenant.settle([bought, bought], when);
    expect((await tenant.entries()).map(({ points }) => points)).toEqual([50]);
  });

  test('products.md 2.2: each further status of an order gives nothing more', async () => {
    const tenant = await world.tenant();
    const states = [
      { financialStatus: 'pending' as const, updatedAt: at('12:00') },
      { financialStatus: 'authorized' as const, updatedAt: at('12:01') },
      { financialStatus: 'paid' as const, updatedAt: at('12:02') },
      { financialStatus: 'paid' as const, fulfillmentStatus: 'partial' as const, updatedAt: at('12:03') },
      { financialStatus: 'paid' as const, fulfillmentStatus: 'fulfilled' as const, updatedAt: at('12:04') },
    ];
    for (const state of states)
      await tenant.settle([order({ orderId: 1, lines: money(5000), ...state })], state.updatedAt);
    expect((await tenant.entries()).map(({ points }) => points)).toEqual([50]);
  });

  test('products.md 2.3: a redemption confirmed twice, after a lost answer, is one code and costs once', async () => {
    const tenant = await world.tenant();
    await tenant.settle([order({ orderId: 1, lines: money(20_000) })], at('12:01'));
    const id = randomUUID();
    const [first, again] = [
      await redeem(tenant, 100, at('12:02'), null, id),
      await redeem(tenant, 100, at('12:03'), null, id),
    ];
    expect(first.ok && again.ok && first.value.code === again.value.code).toBe(true);
    expect([await available(tenant, at('12:04')), tenant.shop.codes.size]).toEqual([100, 1]);
  });

  test('products.md 2.4: buy, refund, keep the points: not here, however often', async () => {
    const tenant = await world.tenant();
    for (let n = 1; n <= 5; n += 1) {
      const bought = order({ orderId: n, lines: money(10_000) });
      await tenant.settle([bought], at('12:01'));
      const back = {
        updatedAt: at('13:00'),
        financialStatus: 'refunded' as const,
        refunds: [refund({ at: at('13:00'), lines: [[1, 1]] })],
        lines: money(10_000, { currentQuantity: 0 }),
      };
      await tenant.settle([{ ...bought, ...back }], at('13:00'));
    }
    expect(await sumOf(tenant)).toBe(0);
    await tenant.audit();
  });

  test('products.md 2.5: a refund, in parts or not, does not take the points of the reward twice', async () => {
    const tenant = await world.tenant();
    await tenant.settle([order({ orderId: 1, lines: money(20_000) })], at('12:01'));
    const code = await codeOf(tenant, 100, at('12:02'));
    await tenant.settle([paidWith(code, 2)], at('12:03'));
    expect(await available(tenant, at('12:03'))).toBe(100 + 35);
    const half = {
      refunds: [refund({ refundId: 1, lines: [[1, 1]] })],
      financialStatus: 'partially_refunded' as const,
    };
    await tenant.settle([paidWith(code, 2, { ...half, updatedAt: at('14:00') })], at('14:00'));
    // Half the order's 35 points go (the last unit's 17), half the 100 spent points come back.
    expect(await available(tenant, at('14:00'))).toBe(100 + 18 + 50);
    const whole = {
      refunds: [refund({ refundId: 1, lines: [[1, 1]] }), refund({ refundId: 2, lines: [[1, 1]] })],
      financialStatus: 'refunded' as const,
    };
    await tenant.settle([paidWith(code, 2, { ...whole, updatedAt: at('15:00') })], at('15:00'));
    expect(await available(tenant, at('15:00'))).toBe(200);
    await tenant.audit();
  });

  test('products.md 2.6, 5.2: a refund takes back by the rule of the order, in parts that sum up', async () => {
    const tenant = await world.tenant();
    const lines = (left: number) => money(9999, { quantity: 3, currentQuantity: left });
    await tenant.settle([order({ orderId: 1, lines: lines(3) })], at('12:01'));
    await publishProgram(
      tenant.deps,
      tenant.store.programId,
      { document: program({ rate: [7, 100] }), basedOn: 1, by: 'test' },
      at('13:00'),
    );
    for (const [n, when] of [
      [1, at('14:00')],
      [2, at('15:00')],
      [3, at('16:00')],
    ] as const) {
      const refunds = Array.from({ length: n }, (_, index) => refund({ refundId: index + 1, lines: [[1, 1]] }));
      await tenant.settle(
        [
          order({
            orderId: 1,
            updatedAt: when,
            financialStatus: n === 3 ? 'refunded' : 'partially_refunded',
            refunds,
            lines: lines(3 - n),
          }),
        ],
        when,
      );
    }
    expect((await tenant.entries()).map(({ points }) => points)).toEqual([99, -33, -33, -33]);
  });

  test('products.md 2.7: points once spent cannot be spent again, through whatever door', async () => {
    const tenant = await world.tenant();
    await tenant.settle([order({ orderId: 1, lines: money(10_000) })], at('12:01'));
    expect((await redeem(tenant, 100, at('12:02'))).ok).toBe(true);
    expect((await redeem(tenant, 20, at('12:03'))).ok).toBe(false);
    const member = await memberOfIdentity(
      tenant.deps.database.prisma,
      customerIdentity(tenant.store.programId, tenant.store.storeId, customer),
    );
    const taking = {
      clientId: randomUUID(),
      memberId: member ?? asId<MemberId>(''),
      points: -1,
      reason: 'x',
      actor: { kind: 'system' as const },
      by: 'x',
    };
    expect((await adjustPoints(tenant.deps, tenant.store.programId, taking, at('12:04'))).ok).toBe(false);
    expect(await available(tenant, at('12:05'))).toBe(0);
  });

  test('products.md 2.9 and 5.5: every lot lapses, whatever kind of entry opened it', async () => {
    const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
    const tiers = {
      metric: 'orders' as const,
      currency: 'EUR',
      window: { kind: 'lifetime' as const },
      levels: [{ id: 'one', name, threshold: 1, entryPoints: 30 }],
    };
    const document = program({
      tiers,
      policies: { expiry: { kind: 'after_months', months: 1, endOfMonth: false }, minimumLifeDays: 0 },
    });
    const tenant = await world.tenant({ document });
    await tenant.settle([order({ orderId: 1 })], at('12:01'));
    const member = await memberOfIdentity(
      tenant.deps.database.prisma,
      customerIdentity(tenant.store.programId, tenant.store.storeId, customer),
    );
    const giving = {
      clientId: randomUUID(),
      memberId: member ?? asId<MemberId>(''),
      points: 5,
      reason: 'x',
      actor: { kind: 'system' as const },
      by: 'x',
    };
    expect((await adjustPoints(tenant.deps, tenant.store.programId, giving, at('12:04'))).ok).toBe(true);
    expect((await tenant.entries()).map(({ kind }) => kind).sort()).toEqual(['adjust', 'award', 'bonus']);
    const later = instant(Date.parse('2026-07-10T22:00:00Z'));
    await matureMembers(tenant.deps, later);
    expect([await available(tenant, later), await sumOf(tenant)]).toEqual([0, 0]);
    expect((await tenant.entries()).filter(({ kind }) => kind === 'expire')).toHaveLength(3);
  });

  test('products.md 2.10: points are whole and rounded once; not a thousandth is lost or made', async () => {
    const cases = [
      { rate: [5, 250] as const, minor: 300, worth: 6 },
      { rate: [1, 100] as const, minor: 1999, worth: 19 },
      { rate: [1, 1] as const, minor: 1, worth: 1 },
      { rate: [1, 100] as const, minor: 99, worth: 0 },
      { rate: [1, 1000] as const, minor: 10_500, worth: 10 },
    ];
    for (const { rate, minor, worth } of cases) {
      const tenant = await world.tenant({ document: program({ rate }) });
      await tenant.settle([order({ orderId: 1, lines: money(minor) })], at('12:01'));
      expect(await sumOf(tenant)).toBe(worth);
    }
  });

  test('products.md 2.11: what a discount took off earns nothing, and the discount is no line that earns', async () => {
    const tenant = await world.tenant();
    const lines = [line({ listMinor: 10_000, discounts: [{ code: 'SALE', amountMinor: 2500 }] })];
    await tenant.settle([order({ orderId: 1, discountCodes: ['SALE'], lines })], at('12:01'));
    expect(await sumOf(tenant)).toBe(75);
  });

  test('products.md 2.12: points of a code that is not used come back, once', async () => {
    const tenant = await world.tenant();
    await tenant.settle([order({ orderId: 1, lines: money(20_000) })], at('12:01'));
    const id = randomUUID();
    await redeem(tenant, 100, at('12:02'), null, id);
    for (let n = 0; n < 3; n += 1)
      await cancelRedemption(tenant.deps, tenant.store, customer, asId<RedemptionId>(id), at('12:03'));
    for (const when of [at('13:30'), at('14:30'), at('15:30')]) await finishRedemptions(tenant.deps, when);
    expect((await tenant.entries()).filter(({ kind }) => kind === 'release').map(({ points }) => points)).toEqual([
      100,
    ]);
    expect(await available(tenant, at('16:00'))).toBe(200);
  });

  test('products.md 2.13, 5.1: cancel, refund, complete again end in one balance, in any order', async () => {
    const bought = order({ orderId: 1, lines: money(6000, { quantity: 2 }) });
    const states = [
      bought,
      { ...bought, updatedAt: at('13:00'), fulfillmentStatus: 'fulfilled' as const },
      {
        ...bought,
        updatedAt: at('14:00'),
        financialStatus: 'partially_refunded' as const,
        refunds: [refund({ lines: [[1, 1]] })],
        lines: money(6000, { quantity: 2, currentQuantity: 1 }),
      },
      {
        ...bought,
        updatedAt: at('15:00'),
        cancelledAt: at('15:00'),
        financialStatus: 'partially_refunded' as const,
        refunds: [refund({ lines: [[1, 1]] })],
        lines: money(6000, { quantity: 2, currentQuantity: 1 }),
      },
      {
        ...bought,
        updatedAt: at('16:00'),
        financialStatus: 'partially_refunded' as const,
        refunds: [refund({ lines: [[1, 1]] })],
        lines: money(6000, { quantity: 2, currentQuantity: 1 }),
      },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...states, ...states.slice(0, 4)], { minLength: 9, maxLength: 9 }),
        async (arrival) => {
          const tenant = await world.tenant();
          for (const state of arrival) await tenant.settle([state], at('17:00'));
          expect(await sumOf(tenant)).toBe(30);
          await tenant.audit();
        },
      ),
      { numRuns: 12 },
    );
  });

  test('products.md 2.14: negative, broken and absurd numbers of points are refused and change nothing', async () => {
    const tenant = await world.tenant();
    await tenant.settle([order({ orderId: 1, lines: money(20_000) })], at('12:01'));
    for (const points of [-100, 0, 1.5, Number.NaN, 1e15, 30])
      expect((await redeem(tenant, points, at('12:02'))).ok, String(points)).toBe(false);
    expect([await available(tenant, at('12:03')), tenant.shop.codes.size, (await tenant.entries()).length]).toEqual([
      200, 0, 1,
    ]);
  });

  test('products.md 2.15 and 5.4: no discount, no points spent: what the shop refuses comes back at once', async () => {
    const tenant = await world.tenant();
    await tenant.settle([order({ orderId: 1, lines: money(20_000) })], at('12:01'));
    tenant.shop.failure = { kind: 'refused', reasons: ['The terms are not met.'] };
    expect(await redeem(tenant, 100, at('12:02'))).toMatchObject({
      ok: false,
      error: { kind: 'refused_by_platform', reasons: ['The terms are not met.'] },
    });
    expect(await available(tenant, at('12:03'))).toBe(200);
  });

  test('products.md 2.17 and 5.6: a reward never costs more than the cart needs', async () => {
    const tenant = await world.tenant();
    await tenant.settle([order({ orderId: 1, lines: money(300_00) })], at('12:01'));
    const redeemed = await redeem(tenant, 300, at('12:02'), { subtotalMinor: 500, currency: 'EUR' });
    expect(redeemed).toMatchObject({ ok: true, value: { points: 100, amountMinor: 500 } });
    expect(await available(tenant, at('12:03'))).toBe(200);
    expect(
      await redeem(tenant, 100, at('12:04'), { subtotalMinor: 50, currency: 'EUR' }),
      'the smallest step that covers it',
    ).toMatchObject({
      ok: true,
      value: { points: 20 },
    });
    expect(await available(tenant, at('12:05'))).toBe(180);
  });

  test('products.md 1.1: of two multipliers the best counts, or their sum when the document says so', async () => {
    const both = (stacking: 'exclusive' | 'additive') => [
      bonus({ id: 'a', times: 1.5 }),
      bonus({ id: 'b', times: 2, stacking }),
    ];
    for (const [stacking, worth] of [
      ['exclusive', 200],
      ['additive', 250],
    ] as const) {
      const tenant = await world.tenant({ document: program({ earning: { bonuses: both(stacking) } }) });
      await tenant.settle([order({ orderId: 1, lines: money(10_000) })], at('12:01'));
      expect(await sumOf(tenant)).toBe(worth);
    }
  });
});
