import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newReward, type Reward, type RewardOf } from '~/core/rewards/section';
import { creditEnd, type Transfer } from '~/core/transfers/transfer';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { findTransfer } from '~/db/transfers';
import type { CreditRequest } from '~/platforms/platform';
import { uuidv7 } from '~/process/uuid';
import type { Deps } from '~/usecases/deps';
import { finishRedemptions } from '~/usecases/finishRedemption';
import { mergeMembers } from '~/usecases/mergeMembers';
import { redeemReward } from '~/usecases/redeemReward';
import { carryOutTransfer, carryOutTransfers } from '~/usecases/transfers/carryOutTransfer';
import { limitedTransfers } from '~/views/limitedTransfers';
import { at, line, order, program } from 'test/support/builders';
import { engines, runsOn } from 'test/support/database';
import { numbers, unsteady } from 'test/support/unsteady';
import { openWorld, type Tenant, type World } from 'test/support/world';

const [anna, ben] = [asId<PlatformId>('77'), asId<PlatformId>('78')];
const newId = (): RedemptionId => asId<RedemptionId>(uuidv7());

test('a credit ends within the last hour of its last day, by the bytes of its key', () => {
  const end = instant(Date.parse('2027-06-10T22:00:00Z'));
  expect(creditEnd(end, new Uint8Array([0, 0, 0]))).toBe(end - 1000);
  expect(creditEnd(end, new Uint8Array([0, 14, 15]))).toBe(end - 3_600_000);
  expect(creditEnd(end, new Uint8Array([0, 14, 16]))).toBe(end - 1000);
});

describe.each(engines)('store credit (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const bought = (orderId: number, customerId = anna) =>
    order({ orderId, customerId, lines: [line({ listMinor: 30_000 })] });
  const offering = async (part: Partial<RewardOf<'store_credit'>> = {}): Promise<Tenant> => {
    const reward = { ...newReward('store_credit', 'credit', 'EUR'), enabled: true, points: 100, ...part } as Reward;
    const tenant = await world.tenant({ document: { ...program(), rewards: [reward] } });
    await tenant.settle([bought(1), bought(2, ben)], at('12:01'));
    return tenant;
  };
  const take = (tenant: Tenant, redemptionId = newId(), now = at('12:10'), deps = tenant.deps, customerId = anna) =>
    redeemReward(deps, tenant.store, { redemptionId, customerId, rewardId: 'credit', points: null, cart: null }, now);
  const stateOf = async ({ store: { programId } }: Tenant, id: RedemptionId): Promise<string> =>
    (await world.database.prisma.redemption.findUniqueOrThrow({ where: { programId_id: { programId, id } } })).state;
  const transferOf = async ({ store: { programId } }: Tenant, id: RedemptionId): Promise<Transfer> => {
    const transfer = await findTransfer(world.database.prisma, programId, id);
    if (transfer === null) throw new Error('no transfer');
    return transfer;
  };
  const creditsOf = ({ shop }: Tenant, customerId = anna) => shop.credits.get(customerId) ?? [];
  const turn = async (tenant: Tenant, now: Instant, deps = tenant.deps): Promise<void> => {
    await finishRedemptions(deps, now);
    await carryOutTransfers(deps, now);
  };

  test('is in the account at once, ends with its last day, and nothing of it comes back with an order', async () => {
    const tenant = await offering({ validDays: 30 });
    const id = newId();
    expect(await take(tenant, id)).toMatchObject({ ok: true, value: { state: 'used', points: 100, code: null } });
    const [credit, ...others] = creditsOf(tenant);
    expect(others).toEqual([]);
    expect(credit).toMatchObject({ amountMinor: 1000, currency: 'EUR' });
    const endOfDay = Date.parse('2026-07-10T22:00:00Z');
    expect(credit?.expiresAt).toBeLessThan(endOfDay);
    expect(credit?.expiresAt).toBeGreaterThanOrEqual(endOfDay - 3_600_000);
    expect(await transferOf(tenant, id)).toMatchObject({
      state: 'done',
      reference: credit?.reference,
      nextLookAt: null,
    });
    expect(await take(tenant, id, at('12:20'))).toMatchObject({ ok: true, value: { state: 'used' } });
    await tenant.settle([{ ...bought(1), updatedAt: at('13:00'), cancelledAt: at('13:00') }], at('13:01'));
    expect((await tenant.balance(at('13:02'))).debt).toBe(100);
    expect(creditsOf(tenant)).toHaveLength(1);
    await tenant.audit();
  });

  test('whose answer was lost is looked for, and not sent a second time when it is there', async () => {
    const tenant = await offering();
    const id = newId();
    tenant.shop.failure = { kind: 'lost' };
    expect(await take(tenant, id)).toMatchObject({ ok: true, value: { state: 'held' } });
    tenant.shop.failure = null;
    await turn(tenant, at('12:11'));
    expect(creditsOf(tenant)).toHaveLength(1);
    expect(await stateOf(tenant, id)).toBe('used');
    await tenant.audit();
  });

  test('that was never done is sent again only when it was not there twice, a minute apart', async () => {
    const tenant = await offering();
    const id = newId();
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    await take(tenant, id);
    tenant.shop.failure = null;
    const { programId } = tenant.store;
    const look = (seconds: number): Promise<void> =>
      carryOutTransfer(tenant.deps, programId, id, instant(at('12:10') + seconds * 1000));
    await look(19);
    expect((await transferOf(tenant, id)).absentAt).toBeNull();
    await look(20);
    expect((await transferOf(tenant, id)).absentAt).toBe(at('12:10') + 20_000);
    await look(79);
    expect(creditsOf(tenant)).toEqual([]);
    await look(80);
    expect(creditsOf(tenant)).toHaveLength(1);
    expect(await stateOf(tenant, id)).toBe('used');
    await tenant.audit();
  });

  test('that comes late, between the two looks, is found by the second', async () => {
    const tenant = await offering();
    const id = newId();
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    await take(tenant, id);
    tenant.shop.failure = null;
    await turn(tenant, instant(at('12:10') + 20_000));
    const { amountMinor, currency, expiresAt } = await transferOf(tenant, id);
    tenant.shop.credits.set(anna, [{ reference: 'late', amountMinor, currency, expiresAt }]);
    await turn(tenant, instant(at('12:10') + 90_000));
    expect(creditsOf(tenant)).toHaveLength(1);
    expect(await transferOf(tenant, id)).toMatchObject({ state: 'done', reference: 'late' });
  });

  test('goes one after the other to one member, and a credit of the same sum and end is not taken for two', async () => {
    const tenant = await offering();
    const [first, second] = [newId(), newId()];
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    await take(tenant, first);
    tenant.shop.failure = null;
    // The first is not there yet: the second waits, whatever the shop would say.
    expect(await take(tenant, second, instant(at('12:10') + 1000))).toMatchObject({ value: { state: 'held' } });
    expect(creditsOf(tenant)).toEqual([]);
    const { programId } = tenant.store;
    const { expiresAt } = await transferOf(tenant, first);
    await world.database.prisma.transfer.update({
      where: { programId_id: { programId, id: second } },
      data: { expiresAt: new Date(expiresAt) },
    });
    for (let minute = 11; minute < 20; minute += 1) {
      // The answer to the second gets lost before anything is done.
      const isSecond = (await stateOf(tenant, first)) === 'used' && (await transferOf(tenant, second)).attempts === 0;
      tenant.shop.failure = isSecond ? { kind: 'unavailable', reason: 'away' } : null;
      await turn(tenant, at(`12:${minute}`));
    }
    expect([await stateOf(tenant, first), await stateOf(tenant, second)]).toEqual(['used', 'used']);
    expect(creditsOf(tenant)).toHaveLength(2);
    await tenant.audit();
  });

  test('that the account has no room for stays, is tried every day, and stands on Home', async () => {
    const tenant = await offering();
    const { programId } = tenant.store;
    tenant.shop.creditLimitMinor = 500;
    const id = newId();
    expect(await take(tenant, id)).toMatchObject({ ok: true, value: { state: 'held' } });
    expect(await limitedTransfers(world.database, programId)).toBe(1);
    expect((await tenant.balance(at('12:11'))).available).toBe(200);
    for (const hour of ['13:00', '23:00']) await turn(tenant, at(hour));
    expect((await transferOf(tenant, id)).attempts).toBe(1);
    await turn(tenant, instant(at('12:10') + 86_400_000));
    expect((await transferOf(tenant, id)).attempts).toBe(2);
    tenant.shop.creditLimitMinor = 5000;
    await turn(tenant, instant(at('12:10') + 2 * 86_400_000));
    expect(await stateOf(tenant, id)).toBe('used');
    expect(await limitedTransfers(world.database, programId)).toBe(0);
    await tenant.audit();
  });

  test('that the shop refuses ends with the reason, and the points are back', async () => {
    const tenant = await offering();
    tenant.shop.strangers.add('77');
    const id = newId();
    expect(await take(tenant, id)).toEqual({
      ok: false,
      error: { kind: 'refused_by_platform', reasons: ['The customer does not exist.'] },
    });
    expect(await transferOf(tenant, id)).toMatchObject({ state: 'ended', refusal: 'The customer does not exist.' });
    expect((await tenant.balance(at('12:11'))).available).toBe(300);
    await tenant.audit();
  });

  test('is not sent for somebody who was erased, and moves along when members are merged', async () => {
    const tenant = await offering();
    const { programId } = tenant.store;
    const id = newId();
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    const taken = await take(tenant, id, at('12:10'), tenant.deps, ben);
    const from = taken.ok ? taken.value.memberId : undefined;
    tenant.shop.failure = null;
    const [to] = await world.database.prisma.member.findMany({ where: { programId, id: { not: from ?? '' } } });
    if (from === undefined || to === undefined) throw new Error('no members');
    await mergeMembers(tenant.deps, programId, { from, to: asId(to.id) }, { kind: 'system' }, at('12:11'));
    expect((await transferOf(tenant, id)).memberId).toBe(to.id);
    for (let minute = 12; minute < 16; minute += 1) await turn(tenant, at(`12:${minute}`));
    expect(creditsOf(tenant, ben)).toHaveLength(1);
    const gone = newId();
    tenant.shop.creditLimitMinor = 500;
    await take(tenant, gone, at('12:20'));
    await world.database.prisma.transfer.update({
      where: { programId_id: { programId, id: gone } },
      data: { customerId: null },
    });
    tenant.shop.creditLimitMinor = 5000;
    await turn(tenant, instant(at('12:20') + 86_400_000));
    expect(await stateOf(tenant, gone)).toBe('released');
    expect(creditsOf(tenant)).toEqual([]);
    await tenant.audit();
  });

  test('whatever goes wrong, there is one credit for points that are spent, and none for others', async () => {
    const runs = runsOn(engine, 100);
    const tenant = await offering({ points: 1 });
    const random = numbers(20_261_129);
    const ask = unsteady(random, 0.5);
    const platform = {
      ...tenant.shop,
      creditAccount: (request: CreditRequest) => ask(() => tenant.shop.creditAccount(request)),
      listCredits: (...asked: Parameters<typeof tenant.shop.listCredits>) =>
        unsteady(random, 0.05, ['away', 'died_before', 'died_after'])(() => tenant.shop.listCredits(...asked)),
    };
    const deps: Deps = { ...tenant.deps, platformOf: () => platform };
    const customers = Array.from({ length: 20 }, (_, n) => asId<PlatformId>(String(500 + n)));
    await tenant.settle(
      customers.map((customerId, n) => bought(10 + n, customerId)),
      at('12:01'),
    );
    const ids = Array.from({ length: runs }, newId);
    const ownerOf = (index: number): PlatformId => customers[index % customers.length] ?? anna;
    let now: Instant = at('12:10');
    for (const [index, id] of ids.entries()) {
      do await take(tenant, id, now, deps, ownerOf(index)).catch(() => null);
      while (random() < 0.5);
      now = instant(now + 1000);
    }
    const held = { programId: tenant.store.programId, state: 'held' };
    // The process dies again and again, and comes back.
    for (
      let turns = 0;
      turns < 500 && (await world.database.prisma.redemption.count({ where: held })) > 0;
      turns += 1
    ) {
      now = instant(now + 61_000);
      await carryOutTransfers(deps, now).catch(() => null);
      if (turns % 5 === 0) await finishRedemptions(deps, now).catch(() => null);
    }
    const states = await Promise.all(ids.map((id) => stateOf(tenant, id)));
    expect(new Set(states)).toEqual(new Set(['used', 'released']));
    const used = ids.filter((_, index) => states[index] === 'used');
    const references = await Promise.all(used.map(async (id) => (await transferOf(tenant, id)).reference));
    expect([...references].sort()).toEqual(
      customers
        .flatMap((customerId) => creditsOf(tenant, customerId))
        .map(({ reference }) => reference)
        .sort(),
    );
    for (const customerId of customers)
      expect((await tenant.balance(now, customerId)).available).toBe(300 - creditsOf(tenant, customerId).length);
    await tenant.audit();
  }, 300_000);
});
