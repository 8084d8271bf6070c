import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '~/core/redemptions/states';
import { newReward, type Reward, type RewardOf } from '~/core/rewards/section';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { explain } from '~/i18n/explain';
import { refusalText } from '~/i18n/storefrontWords';
import { uuidv7 } from '~/process/uuid';
import { finishRedemption } from '~/usecases/finishRedemption';
import { publishMember } from '~/usecases/publishMember';
import { publishProgramSummary } from '~/usecases/publishProgram';
import { redeemReward } from '~/usecases/redeemReward';
import { storefrontRewards } from '~/views/storefrontRewards';
import { at, line, order, program, refund } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const customerId = asId<PlatformId>('77');
const cup = asId<PlatformId>('41');
const vase = asId<PlatformId>('42');

describe.each(engines)('a free product, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  /** Points for a cup of 12.90 (2.90 is paid for it) or a vase that is sold out; the member has 300. */
  const offering = async (part: Partial<RewardOf<'free_product'>> = {}): Promise<Tenant> => {
    const own = { id: 'gift', enabled: true, points: 10, variantIds: [cup, vase], copayMinor: 290, ...part };
    const reward = { ...newReward('free_product', 'gift', 'EUR'), ...own } as Reward;
    const tenant = await world.tenant({ document: { ...program(), rewards: [reward] } });
    sell(tenant, 1290);
    const sold = {
      variantId: vase,
      productId: vase,
      vendor: null,
      handle: 'vase',
      priceMinor: 4000,
      currency: 'EUR',
      isAvailable: false,
    };
    tenant.shop.variants.set(vase, sold);
    await tenant.settle([order({ lines: [line({ listMinor: 30_000 })] })], at('12:01'));
    return tenant;
  };
  const sell = (tenant: Tenant, priceMinor: number): void =>
    void tenant.shop.variants.set(cup, {
      variantId: cup,
      productId: cup,
      vendor: null,
      handle: 'cup',
      priceMinor,
      currency: 'EUR',
      isAvailable: true,
    });
  const take = (tenant: Tenant, part: Partial<Parameters<typeof redeemReward>[2]> = {}) =>
    redeemReward(
      tenant.deps,
      tenant.store,
      {
        redemptionId: asId<RedemptionId>(uuidv7()),
        customerId,
        rewardId: 'gift',
        points: 10,
        cart: null,
        variantId: cup,
        ...part,
      },
      at('12:10'),
    );
  const available = async (tenant: Tenant): Promise<number> => (await tenant.balance(at('12:20'))).available;

  test('is made at the price of the moment, told to the cart, used by an order, and back with its refund', async () => {
    const tenant = await offering();
    sell(tenant, 1390);
    const taken = await take(tenant);
    if (!taken.ok) throw new Error(taken.error.kind);
    const { value } = taken;
    expect(value).toMatchObject({ state: 'issued', points: 10, amountMinor: 1100, currency: 'EUR' });
    const code = codeOf(value);
    expect(tenant.shop.codes.get(code)?.request.grant).toMatchObject({ variantId: cup, amountMinor: 1100 });
    await publishMember(tenant.deps, tenant.store.programId, value.memberId, at('12:11'));
    expect(tenant.shop.published.get('77')?.codes).toMatchObject([{ code, variant_id: '41' }]);
    const bought = order({
      orderId: 2002,
      instant: at('13:00'),
      updatedAt: at('13:00'),
      discountCodes: [code],
      lines: [
        line({ lineId: 1, listMinor: 1390, discounts: [{ code, amountMinor: 1100 }] }),
        line({ lineId: 2, listMinor: 3000 }),
      ],
    });
    await tenant.settle([bought], at('13:01'));
    expect((await tenant.balance(at('13:02'))).available).toBe(300 - 10 + 32);
    const back = { ...bought, updatedAt: at('14:00'), refunds: [refund({ at: at('14:00'), lines: [[1, 1]] })] };
    await tenant.settle([back], at('14:01'));
    // The points of the cup are back, the three that it earned are gone (32 split by 2.90 and 30.00).
    expect((await tenant.balance(at('14:02'))).available).toBe(300 + 29);
    await tenant.audit();
  });

  test('one that is sold out, gone or none of those on offer is refused in words, and no point moves', async () => {
    const tenant = await offering();
    const refusedAs = async (variantId: PlatformId | null) => {
      const taken = await take(tenant, { variantId });
      if (taken.ok) throw new Error('it was given');
      return refusalText('it', taken.error);
    };
    const away = 'Al momento questo prodotto non è disponibile. Il tuo saldo resta com’è.';
    expect(await refusedAs(vase)).toBe(away);
    tenant.shop.variants.delete(cup);
    expect(await refusedAs(cup)).toBe(away);
    for (const other of [null, asId<PlatformId>('43')])
      expect(await refusedAs(other)).toBe('Prima scegli un prodotto.');
    expect([await available(tenant), tenant.shop.codes.size]).toEqual([300, 0]);
    await tenant.audit();
  });

  test('while the shop does not answer nothing is held, and it is said', async () => {
    const tenant = await offering();
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    expect(await take(tenant)).toEqual({ ok: false, error: { kind: 'shop_away' } });
    expect(await available(tenant)).toBe(300);
  });

  test('what the shop refuses to make gives the points back at once', async () => {
    const tenant = await offering();
    const redemptionId = asId<RedemptionId>(uuidv7());
    const issue = tenant.shop.issueReward;
    Object.assign(tenant.shop, {
      issueReward: () => Promise.resolve({ ok: false, error: { kind: 'refused', reasons: ['No such variant'] } }),
    });
    expect(await take(tenant, { redemptionId })).toEqual({
      ok: false,
      error: { kind: 'refused_by_platform', reasons: ['No such variant'] },
    });
    Object.assign(tenant.shop, { issueReward: issue });
    expect(await available(tenant)).toBe(300);
    await tenant.audit();
  });

  test('made, and the answer lost: points stay held, and the job finds the code at its own price', async () => {
    const tenant = await offering();
    const redemptionId = asId<RedemptionId>(uuidv7());
    const read = tenant.shop.readVariants;
    Object.assign(tenant.shop, {
      readVariants: async (ids: readonly PlatformId[]) => {
        const sold = await read(ids);
        tenant.shop.failure = { kind: 'lost' };
        return sold;
      },
    });
    expect(await take(tenant, { redemptionId })).toMatchObject({ ok: true, value: { state: 'held' } });
    expect([await available(tenant), tenant.shop.codes.size]).toEqual([290, 1]);
    Object.assign(tenant.shop, { readVariants: read });
    tenant.shop.failure = null;
    sell(tenant, 9990);
    await finishRedemption(tenant.deps, tenant.store.programId, redemptionId, at('12:30'));
    const again = await take(tenant, { redemptionId });
    expect(again).toMatchObject({ ok: true, value: { state: 'issued', amountMinor: 1000 } });
    expect([await available(tenant), tenant.shop.codes.size]).toEqual([290, 1]);
    // The same id for another product is another wish.
    expect(await take(tenant, { redemptionId, variantId: vase })).toMatchObject({
      error: { kind: 'id_used_otherwise' },
    });
    await tenant.audit();
  });

  test('five presses at once with points for one give one', async () => {
    const tenant = await offering({ points: 300 });
    const taken = await Promise.all(Array.from({ length: 5 }, () => take(tenant, { points: 300 })));
    expect(taken.filter(({ ok }) => ok)).toHaveLength(1);
    expect([await available(tenant), tenant.shop.codes.size]).toEqual([0, 1]);
    await tenant.audit();
  });

  test('the shop learns the products by their addresses; without an answer nothing is published', async () => {
    const tenant = await offering();
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    await expect(publishProgramSummary(tenant.deps, tenant.store)).rejects.toThrow('could not be published: away');
    tenant.shop.failure = null;
    await publishProgramSummary(tenant.deps, tenant.store);
    expect(tenant.shop.programs.at(-1)?.rewards).toMatchObject([
      {
        apply: 'item',
        items: [
          { variant_id: '41', handle: 'cup' },
          { variant_id: '42', handle: 'vase' },
        ],
      },
    ]);
  });

  test('its entry says by its name what the points were spent on', async () => {
    const tenant = await offering();
    await take(tenant);
    const [entry] = await world.database.prisma.entry.findMany({
      where: { programId: tenant.store.programId, kind: 'redeem' },
    });
    const why = entry?.why as unknown as Parameters<typeof explain>[0];
    expect(explain(why, -10, 0, 'it', program().names).sentence).toBe('In cambio di «Prodotto omaggio»');
  });

  test('is offered as the products that can be had now, by the shop’s names; none of them, it is away', async () => {
    const tenant = await offering();
    for (const [id, title] of [
      [cup, 'Cup - Blue'],
      [vase, 'Vase'],
    ] as const)
      tenant.shop.things.set(`variant ${id}`, { id, title, picture: null });
    const offered = async () => {
      const read = await storefrontRewards(tenant.deps, tenant.store, customerId, at('12:02'));
      return read.ok ? read.value.map(({ items, refusal }) => [items, refusal?.kind ?? null]) : read.error;
    };
    expect(await offered()).toEqual([[[{ variantId: cup, name: 'Cup - Blue' }], null]]);
    // It costs no more than what the member would pay.
    sell(tenant, 290);
    expect(await offered()).toEqual([[[], 'product_away']]);
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    expect(await offered()).toEqual({ kind: 'unavailable', reason: 'away' });
  });
});
