import { expect, test } from 'vitest';
import type { GiftCardGrant } from '~/core/rewards/grants';
import { asId, type PlatformId } from '~/core/values/ids';
import type { IssueRequest } from '~/platforms/platform';
import type { ShopUnderTest } from './contract';

type Tools = {
  readonly shop: ShopUnderTest;
  readonly request: (code: string, part?: Partial<IssueRequest>) => IssueRequest;
};

const ten: GiftCardGrant = { kind: 'gift_card', amountMinor: 1000, currency: 'EUR', validDays: null };

/** The part of the contract that is about gift cards. */
export const keepsTheContractOfGiftCards = (tools: () => Tools): void => {
  const card = (code: string, part: Partial<IssueRequest> = {}): IssueRequest =>
    tools().request(code, { grant: ten, ...part });
  const issue = (request: IssueRequest) => tools().shop.platform.issueReward(request);
  const find = (code: string) => tools().shop.platform.findGiftCard(code);

  test('a gift card is made once, with its sum, for its customer, and found by its code', async () => {
    const before = tools().shop.countCards();
    const request = card('CARDTWICEAA', { lastDay: '2099-12-31' });
    const made = await issue(request);
    expect(made).toMatchObject({ ok: true });
    expect(await issue(request)).toEqual(made);
    expect(tools().shop.countCards()).toBe(before + 1);
    expect(await find('CARDTWICEAA')).toEqual({ ok: true, value: made.ok ? made.value.reference : '' });
    expect(await find('CARDTWICEAB')).toEqual({ ok: true, value: null });
    const { holder } = request;
    expect(tools().shop.cardOf('CARDTWICEAA')).toEqual({
      amountMinor: 1000,
      customerId: holder.kind === 'customer' ? holder.customerId : null,
      lastDay: '2099-12-31',
    });
  });

  test('a gift card that is another’s is not taken for ours: another note, customer, sum', async () => {
    expect(await issue(card('CARDOURSAA'))).toMatchObject({ ok: true });
    const anna = tools().shop.addCustomer({ email: 'anna@example.org', emailVerified: true });
    for (const other of [
      card('CARDOURSAA', { title: 'Another reward' }),
      card('CARDOURSAA', { holder: { kind: 'customer', customerId: anna } }),
      card('CARDOURSAA', { grant: { ...ten, amountMinor: 1001 } }),
    ])
      expect(await issue(other)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  test('a gift card for nobody is refused, and none is made', async () => {
    const nobody = asId<PlatformId>('999999');
    const answer = await issue(card('CARDNOBODY', { holder: { kind: 'customer', customerId: nobody } }));
    expect(answer).toMatchObject({ ok: false, error: { kind: 'refused', reasons: [expect.any(String)] } });
    expect(await find('CARDNOBODY')).toEqual({ ok: true, value: null });
  });

  test('a lost answer to a gift card is made up for, without a second card', async () => {
    const before = tools().shop.countCards();
    tools().shop.fail('lost');
    await issue(card('CARDLOSTAA'));
    expect(tools().shop.countCards(), 'it was made').toBe(before + 1);
    tools().shop.fail(null);
    expect(await issue(card('CARDLOSTAA'))).toMatchObject({ ok: true });
    expect(tools().shop.countCards()).toBe(before + 1);
  });

  test('the shop says on which conditions it makes gift cards', async () => {
    expect(await tools().shop.platform.readGivingTerms('gift_card')).toMatchObject({
      ok: true,
      value: { missingScopes: [], isOn: true },
    });
  });
};
