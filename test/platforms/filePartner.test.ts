import { afterAll, beforeAll, expect, test } from 'vitest';
import { newReward, type Reward } from '~/core/rewards/section';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { filePartner } from '~/features/partners/usecases/filePartner';
import { uuidv7 } from '~/process/uuid';
import { redeemReward } from '~/usecases/redeemReward';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { withFiles } from 'test/support/partners';
import { openWorld, type World } from 'test/support/world';
import { partnerKeepsTheContract } from './partnerContract';

for (const engine of engines) {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  // Codes are given to redemptions that exist: whatever they are of.
  const gift = { ...newReward('donation', 'give', 'EUR'), enabled: true, points: 1, charity: 'Bosco Vivo' } as Reward;
  const customerId = asId<PlatformId>('77');

  const openWith = async (codes: readonly string[]) => {
    const tenant = await world.tenant({ document: { ...program(), rewards: [gift] } });
    const { deps, store } = tenant;
    const { programId, timeZone } = store;
    await tenant.settle([order({ lines: [line({ listMinor: 30_000 })] })], at('12:01'));
    await withFiles(tenant, codes);
    return {
      partner: filePartner(deps, { programId, partnerId: 'cine', timeZone }, at('12:10')),
      newReference: async () => {
        const redemptionId = asId<RedemptionId>(uuidv7());
        const wish = { redemptionId, customerId, rewardId: 'give', points: null, cart: null };
        const taken = await redeemReward(deps, store, wish, at('12:05'));
        if (!taken.ok) throw new Error(taken.error.kind);
        return redemptionId;
      },
      orders: () => world.database.prisma.poolCode.count({ where: { programId, redemptionId: { not: null } } }),
    };
  };
  partnerKeepsTheContract(`with files (${engine})`, () => openWith(['CODE-A', 'CODE-B', 'CODE-C']));

  test(`the last code is not sold out for the order that gets it at the same moment (${engine})`, async () => {
    const { partner, newReference, orders } = await openWith(['CODE-A']);
    const reference = await newReference();
    const wanted = { reference, itemId: 'ticket', email: null };
    const placed = await Promise.all(Array.from({ length: 8 }, () => partner.place(wanted)));
    expect(placed).toEqual(Array(8).fill({ ok: true, value: null }));
    expect(await orders()).toBe(1);
  });
}
