import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { storeById, type Store } from '~/db/stores';
import { uuidv7 } from '~/process/uuid';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import type { Deps } from '~/usecases/deps';
import { finishRedemptions } from '~/usecases/finishRedemption';
import { redeemReward } from '~/usecases/redeemReward';
import { at, line, order } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

describe.each(engines)('what one platform does and another does not (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const customerId = asId<PlatformId>('77');
  const withPoints = async (): Promise<Tenant> => {
    const tenant = await world.tenant();
    await tenant.settle([order({ lines: [line({ listMinor: 30_000 })] })], at('12:01'));
    return tenant;
  };
  const redeem = (deps: Deps, store: Store) =>
    redeemReward(
      deps,
      store,
      { redemptionId: asId<RedemptionId>(uuidv7()), customerId, rewardId: 'five-off', points: null, cart: null },
      at('12:10'),
    );

  test('what the store’s platform cannot make is refused before any points move', async () => {
    const tenant = await withPoints();
    const abilitiesOf: Tenant['deps']['abilitiesOf'] = (platform) => ({
      ...tenant.deps.abilitiesOf(platform),
      grants: new Set(['free_shipping']),
    });
    const refused = await redeem({ ...tenant.deps, abilitiesOf }, tenant.store);
    expect(refused).toEqual({ ok: false, error: { kind: 'not_made_here' } });
    expect([(await tenant.entries()).length, tenant.shop.codes.size]).toEqual([1, 0]);
    expect(await redeem(tenant.deps, tenant.store)).toMatchObject({ ok: true });
  });
  test('points wait as long after a code’s end as the shop says', async () => {
    const tenant = await withPoints();
    await tenant.deps.database.prisma.store.updateMany({
      where: { programId: tenant.store.programId },
      data: { codeHoldMinutes: 240 },
    });
    const store = await storeById(tenant.deps.database.prisma, tenant.store.programId, tenant.store.storeId);
    if (store === null) throw new Error('no store');
    const redemption = await redeem(tenant.deps, store);
    if (!redemption.ok) throw new Error(redemption.error.kind);
    await cancelRedemption(tenant.deps, store, customerId, redemption.value.id, at('13:00'));
    for (const [time, available] of [
      ['16:59', 200],
      ['17:00', 300],
    ] as const) {
      await finishRedemptions(tenant.deps, at(time));
      expect([time, (await tenant.balance(at(time))).available]).toEqual([time, available]);
    }
  });
});
