import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newReward, type Reward } from '~/core/rewards/section';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { donationFile, donationReport } from '~/features/donations/views/donationReport';
import { uuidv7 } from '~/process/uuid';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import { finishRedemptions } from '~/usecases/finishRedemption';
import { redeemReward } from '~/usecases/redeemReward';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const [anna, ben] = [asId<PlatformId>('77'), asId<PlatformId>('78')];
const newId = (): RedemptionId => asId<RedemptionId>(uuidv7());
const later = instant(Date.parse('2027-06-01T00:00:00Z'));

describe.each(engines)('a donation (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const bought = (orderId: number, customerId: PlatformId) =>
    order({ orderId, customerId, lines: [line({ listMinor: 30_000 })] });
  const giving = async (): Promise<Tenant> => {
    const reward = { ...newReward('donation', 'give', 'EUR'), enabled: true, charity: '=Bosco Vivo' } as Reward;
    const tenant = await world.tenant({ document: { ...program(), rewards: [reward] } });
    await tenant.settle([bought(1, anna), bought(2, ben)], at('12:01'));
    return tenant;
  };
  const give = (tenant: Tenant, customerId = anna, redemptionId = newId(), now = at('12:10')) =>
    redeemReward(
      tenant.deps,
      tenant.store,
      { redemptionId, customerId, rewardId: 'give', points: null, cart: null },
      now,
    );

  test('is given with the points in one step: the shop is not asked, and nobody looks after it', async () => {
    const tenant = await giving();
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    const id = newId();
    const given = await give(tenant, anna, id);
    expect(given).toMatchObject({
      ok: true,
      value: { state: 'used', points: 100, amountMinor: 500, currency: 'EUR', code: null, usedOrderId: null },
    });
    expect(tenant.shop.codes.size).toBe(0);
    expect((await tenant.balance(at('12:11'))).available).toBe(200);
    const row = await world.database.prisma.redemption.findUniqueOrThrow({
      where: { programId_id: { programId: tenant.store.programId, id } },
    });
    expect([row.nextLookAt, row.finishedAt?.getTime()]).toEqual([null, at('12:10')]);
    await finishRedemptions(tenant.deps, later);
    expect(await give(tenant, anna, id, at('12:20'))).toEqual(given);
    expect((await tenant.balance(at('12:21'))).available).toBe(200);
    expect((await tenant.entries()).filter(({ kind }) => kind === 'redeem')).toHaveLength(1);
    await tenant.audit();
  });

  test('never comes back: it cannot be cancelled, and a refunded order takes only its own points', async () => {
    const tenant = await giving();
    const id = newId();
    await give(tenant, anna, id);
    expect(await cancelRedemption(tenant.deps, tenant.store, anna, id, at('12:20'))).toEqual({
      ok: false,
      error: { kind: 'cannot_be_cancelled', state: 'used' },
    });
    await tenant.settle([{ ...bought(1, anna), updatedAt: at('13:00'), cancelledAt: at('13:00') }], at('13:01'));
    expect((await tenant.balance(at('13:02'))).debt).toBe(100);
    await tenant.audit();
  });

  test('is refused without points, and nothing is written', async () => {
    const tenant = await giving();
    for (let n = 0; n < 3; n += 1) await give(tenant);
    expect(await give(tenant)).toEqual({
      ok: false,
      error: { kind: 'not_enough_points', available: 0, asked: 100 },
    });
    expect(await donationReport(tenant.deps.database, tenant.store)).toMatchObject([{ count: 3 }]);
    await tenant.audit();
  });

  test('stands in the report of its local month and receiver, and in its file', async () => {
    const tenant = await giving();
    await give(tenant, anna);
    await give(tenant, ben);
    // 23:30 in UTC is the next day, and month, in Rome.
    await give(tenant, ben, newId(), instant(Date.parse('2026-06-30T22:30:00Z')));
    const lines = await donationReport(tenant.deps.database, tenant.store);
    const line = { charity: '=Bosco Vivo', currency: 'EUR' };
    expect(lines).toEqual([
      { ...line, month: '2026-07', count: 1, points: 100, amountMinor: 500 },
      { ...line, month: expect.stringMatching(/^2026-0[1-6]$/) as string, count: 2, points: 200, amountMinor: 1000 },
    ]);
    expect(donationFile(lines).split('\n').slice(0, 2)).toEqual([
      'month,receiver,currency,donations,points,amount',
      "2026-07,'=Bosco Vivo,EUR,1,100,5.00",
    ]);
  });
});
