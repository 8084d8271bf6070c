import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newReward, type Reward, type RewardOf } from '~/core/rewards/section';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { giftCardCodes } from '~/views/giftCardCodes';
import type { IssueRequest } from '~/platforms/platform';
import { uuidv7 } from '~/process/uuid';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import type { Deps } from '~/usecases/deps';
import { finishRedemption, finishRedemptions } from '~/usecases/finishRedemption';
import { redeemReward } from '~/usecases/redeemReward';
import { at, line, order, program } from 'test/support/builders';
import { engines, runsOn } from 'test/support/database';
import { numbers, unsteady } from 'test/support/unsteady';
import { openWorld, type Tenant, type World } from 'test/support/world';

const customerId = asId<PlatformId>('77');
const newId = (): RedemptionId => asId<RedemptionId>(uuidv7());

describe.each(engines)('a gift card (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const bought = order({ lines: [line({ listMinor: 30_000 })] });
  const offering = async (part: Partial<RewardOf<'gift_card'>> = {}): Promise<Tenant> => {
    const reward = { ...newReward('gift_card', 'card', 'EUR'), enabled: true, points: 1, ...part } as Reward;
    const tenant = await world.tenant({ document: { ...program(), rewards: [reward] } });
    await tenant.settle([bought], at('12:01'));
    return tenant;
  };
  const wish = (redemptionId = newId()) => ({
    ...{ redemptionId, customerId, rewardId: 'card' },
    ...{ points: null, cart: null },
  });
  const take = (tenant: Tenant, redemptionId = newId(), now = at('12:10'), deps = tenant.deps) =>
    redeemReward(deps, tenant.store, wish(redemptionId), now);
  const rowOf = ({ store: { programId } }: Tenant, id: RedemptionId) =>
    world.database.prisma.redemption.findUniqueOrThrow({ where: { programId_id: { programId, id } } });
  const cards = ({ shop }: Tenant): readonly IssueRequest[] => [...shop.codes.values()].map(({ request }) => request);
  const codeOf = async ({ deps, store }: Tenant, id: RedemptionId) =>
    (await giftCardCodes(deps.database, deps.secrets, store.programId, [id])).get(id);

  test('is made once the points are held, and is money then: its code is kept nowhere and can be shown again', async () => {
    const tenant = await offering({ points: 100, validDays: 30 });
    const id = newId();
    const taken = await take(tenant, id);
    expect(taken).toMatchObject({
      ok: true,
      value: { state: 'used', points: 100, amountMinor: 1000, currency: 'EUR', code: null },
    });
    const [card, ...others] = cards(tenant);
    expect(others).toEqual([]);
    expect(card).toMatchObject({ grant: { kind: 'gift_card', amountMinor: 1000 }, lastDay: '2026-07-10' });
    expect(card?.code).toMatch(/^[A-HJKMNP-TWXY3-9]{14}$/);
    expect(await codeOf(tenant, id)).toBe(card?.code);
    expect(
      JSON.stringify(await rowOf(tenant, id), (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)),
    ).not.toContain(card?.code);
    expect(await take(tenant, id, at('12:20'))).toMatchObject({ ok: true, value: { id, state: 'used' } });
    expect(cards(tenant)).toHaveLength(1);
    expect((await tenant.balance(at('12:21'))).available).toBe(200);
    await tenant.audit();
  });

  test('without an end it lives on, and nothing of it comes back: not by hand, not with an order', async () => {
    const tenant = await offering({ points: 100 });
    const id = newId();
    await take(tenant, id);
    expect(cards(tenant)[0]?.lastDay).toBeNull();
    expect(await cancelRedemption(tenant.deps, tenant.store, customerId, id, at('12:20'))).toEqual({
      ok: false,
      error: { kind: 'cannot_be_cancelled', state: 'used' },
    });
    await finishRedemptions(tenant.deps, instant(Date.parse('2030-01-01T00:00:00Z')));
    expect((await rowOf(tenant, id)).state).toBe('used');
    await tenant.settle([{ ...bought, updatedAt: at('13:00'), cancelledAt: at('13:00') }], at('13:01'));
    expect((await tenant.balance(at('13:02'))).debt).toBe(100);
    await tenant.audit();
  });

  test('that the shop refuses gives the points back, with the reason for staff', async () => {
    const tenant = await offering({ points: 100 });
    tenant.shop.strangers.add('77');
    const id = newId();
    expect(await take(tenant, id)).toEqual({
      ok: false,
      error: { kind: 'refused_by_platform', reasons: ['The customer does not exist.'] },
    });
    expect((await rowOf(tenant, id)).state).toBe('released');
    expect(await codeOf(tenant, id)).toBeUndefined();
    expect((await tenant.balance(at('12:11'))).available).toBe(300);
    await tenant.audit();
  });

  test('whose answer was lost is not given back by a later refusal: it is there', async () => {
    const tenant = await offering({ points: 100 });
    const id = newId();
    tenant.shop.failure = { kind: 'lost' };
    expect(await take(tenant, id)).toMatchObject({ ok: true, value: { state: 'held' } });
    expect(await codeOf(tenant, id)).toBeUndefined();
    tenant.shop.failure = null;
    // The access was taken away since.
    tenant.shop.strangers.add('77');
    await finishRedemption(tenant.deps, tenant.store.programId, id, at('12:11'));
    expect((await rowOf(tenant, id)).state).toBe('used');
    expect(cards(tenant)).toHaveLength(1);
    expect(await codeOf(tenant, id)).toBe(cards(tenant)[0]?.code);
    await tenant.audit();
  });

  test('is not asked for any more for somebody who was erased; one that was made stays given', async () => {
    for (const isMade of [true, false]) {
      const tenant = await offering({ points: 100 });
      const id = newId();
      tenant.shop.failure = isMade ? { kind: 'lost' } : { kind: 'unavailable', reason: 'away' };
      await take(tenant, id);
      tenant.shop.failure = null;
      const { programId } = tenant.store;
      await world.database.prisma.redemption.update({
        where: { programId_id: { programId, id } },
        data: { customerId: null },
      });
      await finishRedemption(tenant.deps, programId, id, at('12:11'));
      expect((await rowOf(tenant, id)).state).toBe(isMade ? 'used' : 'released');
      expect(cards(tenant)).toHaveLength(isMade ? 1 : 0);
      await tenant.audit();
    }
  });

  test('whatever goes wrong, there is one card for points that are spent, and none for others', async () => {
    const runs = runsOn(engine, 100);
    const tenant = await offering();
    const random = numbers(20_261_128);
    const ask = unsteady(random, 0.6);
    // What was asked before a process died comes to its end, long before ten minutes are over.
    const underWay = new Set<Promise<unknown>>();
    const slowly = async <Value>(work: () => Promise<Value>): Promise<Value> => {
      const answer = new Promise((resolve) => setTimeout(resolve, Math.floor(random() * 4))).then(work);
      underWay.add(answer);
      void answer.catch(() => null).finally(() => underWay.delete(answer));
      return answer;
    };
    const settled = async (): Promise<void> => {
      while (underWay.size > 0) {
        await Promise.allSettled(underWay);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const platform = {
      ...tenant.shop,
      issueReward: (request: IssueRequest) => slowly(() => ask(() => tenant.shop.issueReward(request))),
      findGiftCard: (code: string) => slowly(() => ask(() => tenant.shop.findGiftCard(code))),
    };
    const deps: Deps = { ...tenant.deps, platformOf: () => platform };
    const ids = Array.from({ length: runs }, newId);
    let now: Instant = at('12:10');
    for (const id of ids) {
      // The shopper may press again, or leave: then the sweep goes on.
      for (let presses = 0; presses < 3 && random() < 0.7; presses += 1)
        await take(tenant, id, now, deps).catch(() => null);
      // Twice at once, from two windows.
      await Promise.allSettled([take(tenant, id, now, deps), take(tenant, id, now, deps)]);
    }
    await settled();
    // A process that dies leaves the rest of its turn to the next one: as many turns as it takes, within ten days.
    const waiting = () =>
      world.database.prisma.redemption.count({ where: { programId: tenant.store.programId, state: 'held' } });
    for (let turn = 0; turn < 1_440 && (await waiting()) > 0; turn += 1) {
      now = instant(now + 600_000);
      await finishRedemptions(deps, now).catch(() => null);
      await settled();
    }
    const rows = await Promise.all(ids.map((id) => rowOf(tenant, id)));
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['used', 'released']));
    const used = rows.filter(({ state }) => state === 'used');
    const codes = await Promise.all(used.map(({ id }) => codeOf(tenant, asId<RedemptionId>(id))));
    expect([...codes].sort()).toEqual(
      cards(tenant)
        .map(({ code }) => code)
        .sort(),
    );
    expect((await tenant.balance(now)).available).toBe(300 - used.length);
    await tenant.audit();
  }, 300_000);
});
