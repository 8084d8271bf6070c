import { expect, test } from 'vitest';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import type { CreditRequest } from '~/platforms/platform';
import type { ShopUnderTest } from './contract';

type Tools = { readonly shop: ShopUnderTest };

/** The part of the contract that is about store credit. */
export const keepsTheContractOfStoreCredit = (tools: () => Tools): void => {
  const end = instant(Date.parse('2099-12-31T22:41:07Z'));
  const request = (customerId: PlatformId, part: Partial<CreditRequest> = {}): CreditRequest => ({
    ...{ customerId, amountMinor: 1000, currency: 'EUR', expiresAt: end },
    ...part,
  });
  const somebody = (name: string): PlatformId =>
    tools().shop.addCustomer({ email: `${name}@example.org`, emailVerified: true });
  const credit = (asked: CreditRequest) => tools().shop.platform.creditAccount(asked);
  const list = async (customerId: PlatformId, currency = 'EUR') => {
    const read = await tools().shop.platform.listCredits(customerId, currency, instant(Date.now() - 86_400_000));
    return read.ok ? read.value : [];
  };

  test('store credit is in the account as it was asked for, its end kept to the second', async () => {
    const carla = somebody('carla');
    expect(await list(carla)).toEqual([]);
    const made = await credit(request(carla));
    const { reference } = made.ok ? made.value : { reference: '' };
    expect(await list(carla)).toEqual([{ reference, amountMinor: 1000, currency: 'EUR', expiresAt: end }]);
    expect(await list(carla, 'USD')).toEqual([]);
  });

  test('what is asked for twice is there twice: nothing but us keeps it from that', async () => {
    const dora = somebody('dora');
    await credit(request(dora));
    await credit(request(dora, { expiresAt: instant(end + 1000) }));
    const credits = await list(dora);
    expect(credits.map(({ expiresAt }) => expiresAt).sort()).toEqual([end, end + 1000]);
    expect(new Set(credits.map(({ reference }) => reference)).size).toBe(2);
  });

  test('a lost answer to store credit is not asked for again: it is there once, and can be read', async () => {
    const emma = somebody('emma');
    tools().shop.fail('lost');
    expect(await credit(request(emma))).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    tools().shop.fail(null);
    expect(await list(emma)).toMatchObject([{ amountMinor: 1000, expiresAt: end }]);
  });

  test('a full account is told apart from a refusal; nobody’s account, and another currency, are refused', async () => {
    const fede = somebody('fede');
    tools().shop.limitCredit(1500);
    expect(await credit(request(fede))).toMatchObject({ ok: true });
    expect(await credit(request(fede))).toMatchObject({ ok: false, error: { kind: 'limit_reached' } });
    tools().shop.limitCredit(1_500_000);
    for (const wrong of [request(asId<PlatformId>('999999')), request(fede, { currency: 'USD' })])
      expect(await credit(wrong)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(await list(fede)).toHaveLength(1);
  });

  test('the shop says on which conditions it gives store credit', async () => {
    expect(await tools().shop.platform.readGivingTerms('store_credit')).toMatchObject({
      ok: true,
      value: { missingScopes: [], isOn: true },
    });
  });
};
