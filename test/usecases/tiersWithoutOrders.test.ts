import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { newReward } from '~/core/rewards/section';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { perTongue } from '~/core/values/text';
import { nextDueAt } from '~/db/due';
import { uuidv7 } from '~/process/uuid';
import { redeemReward } from '~/usecases/redeemReward';
import { requalifyMembers } from '~/usecases/requalifyMembers';
import { at, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { importsOf } from 'test/support/imports';
import { openWorld, type Tenant, type World } from 'test/support/world';

const now = at('12:00', 15);

/** A level that everybody has from the beginning, one that asks for something, and a reward for the first. */
const welcoming = (): ProgramDocument => {
  const levels = [
    { id: 'friend', name: perTongue(() => 'Friend'), threshold: 0, entryPoints: 30 },
    { id: 'gold', name: perTongue(() => 'Gold'), threshold: 50_000 },
  ];
  return programDocumentSchema.parse({
    ...program(),
    tiers: { metric: 'spend', currency: 'EUR', window: { kind: 'lifetime' }, levels },
    rewards: [{ ...newReward('amount_off', 'five', 'EUR'), enabled: true, points: 50, tierIds: ['friend'] }],
  });
};

describe.each(engines)('members without an order, on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  const tiersOf = async ({ deps, store }: Tenant) => {
    const { prisma } = deps.database;
    const where = { programId: store.programId };
    return (await prisma.member.findMany({ where, orderBy: { createdAt: 'asc' } })).map(({ tier }) => tier);
  };

  test('have the tier that asks for nothing, and what is for it', async () => {
    const tenant = await world.tenant({ document: welcoming() });
    await importsOf(tenant, now).post('customer_id,points\n77,60\n');
    await requalifyMembers(tenant.deps, now);
    expect(await tiersOf(tenant)).toEqual(['friend']);
    // It was reached before anything happened: nothing is paid for that, as for members with orders.
    expect((await tenant.balance(now)).available).toBe(60);
    const wish = { redemptionId: asId<RedemptionId>(uuidv7()), customerId: asId<PlatformId>('77'), rewardId: 'five' };
    expect(await redeemReward(tenant.deps, tenant.store, { ...wish, points: null, cart: null }, now)).toMatchObject({
      ok: true,
    });
    await tenant.audit();
  });

  test('whom only an older state of another one’s order names have it, too', async () => {
    const tenant = await world.tenant({ document: welcoming() });
    const first = order({ customerId: asId<PlatformId>('77') });
    const second = order({ customerId: asId<PlatformId>('78'), updatedAt: instant(first.updatedAt + 60_000) });
    await tenant.settle([second], now);
    await tenant.settle([first], now);
    await requalifyMembers(tenant.deps, now);
    expect(await tiersOf(tenant)).toEqual(['friend', 'friend']);
  });

  test('of a program without tiers wait for nothing', async () => {
    const tenant = await world.tenant();
    const where = { programId: tenant.store.programId };
    await importsOf(tenant, now).post('customer_id,points\n77,60\n');
    expect(await tenant.deps.database.prisma.member.findMany({ where })).toMatchObject([{ nextTierChangeAt: null }]);
    expect(await nextDueAt(tenant.deps.database.prisma)).not.toBe(now);
  });
});
