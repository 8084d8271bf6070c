import { expect, test } from 'vitest';
import type { ShippingOffer } from '~/core/tiers/shippingOffers';
import type { PlatformId } from '~/core/values/ids';
import { perTongue } from '~/core/values/text';
import type { ShopUnderTest } from './contract';

const offer = (mark: string, part: Partial<ShippingOffer> = {}): ShippingOffer => ({
  mark,
  name: perTongue(() => mark),
  currency: 'EUR',
  minimumSubtotalMinor: null,
  maxRateMinor: null,
  ...part,
});

/** The part of the contract that is about shipping for whoever wears a mark. */
export const keepsTheContractOfOffers = (open: () => ShopUnderTest): void => {
  const keep = async (...offers: ShippingOffer[]): Promise<void> => {
    expect(await open().platform.keepShippingOffers(offers)).toEqual({ ok: true, value: null });
  };

  test('offers of shipping are as they are said, once each, and end when they are not said any more', async () => {
    const [gold, silver] = [
      offer('tier:gold'),
      offer('tier:silver', { minimumSubtotalMinor: 3000, maxRateMinor: 900 }),
    ];
    await keep(gold, silver);
    const [first, second] = open().offers();
    expect([first, second]).toMatchObject([
      { mark: 'tier:gold', minimumSubtotalMinor: null, maxRateMinor: null },
      { mark: 'tier:silver', minimumSubtotalMinor: 3000, maxRateMinor: 900 },
    ]);
    await keep(gold, silver);
    expect(open().offers()).toEqual([first, second]);
    await keep(gold, { ...silver, minimumSubtotalMinor: 4000 });
    expect(open().offers()).toMatchObject([first, { mark: 'tier:silver', minimumSubtotalMinor: 4000 }]);
    expect(open().offers()).toHaveLength(2);
    await keep({ ...silver, maxRateMinor: null, minimumSubtotalMinor: null });
    expect(open().offers()).toMatchObject([{ mark: 'tier:silver', minimumSubtotalMinor: null, maxRateMinor: null }]);
    await keep();
    expect(open().offers()).toEqual([]);
  });

  test('who carries a mark is listed, once each, page by page; others are not', async () => {
    const { addCustomer, mark, platform } = open();
    const customers = Array.from({ length: 3 }, (_, n) =>
      addCustomer({ email: `carrier-${n}@example.com`, emailVerified: true }),
    );
    for (const customer of customers.slice(0, 2)) mark(customer, ['tier:pearl', 'friend']);
    mark(customers[2] as PlatformId, ['tier:pearls']);
    const found: PlatformId[] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page: Awaited<ReturnType<typeof platform.listMarked>> = await platform.listMarked('tier:pearl', cursor);
      if (!page.ok) throw new Error(page.error.kind);
      found.push(...page.value.customerIds);
      cursor = page.value.next;
    }
    expect([...found].sort()).toEqual(customers.slice(0, 2).sort());
    expect(await platform.listMarked('tier:none', null)).toEqual({ ok: true, value: { customerIds: [], next: null } });
  });

  test('an offer whose making nobody heard of is there once after the next time', async () => {
    open().fail('lost');
    expect(await open().platform.keepShippingOffers([offer('tier:black')])).toMatchObject({
      ok: false,
      error: { kind: 'unavailable' },
    });
    open().fail(null);
    await keep(offer('tier:black'));
    expect(open().offers()).toMatchObject([{ mark: 'tier:black' }]);
    await keep();
  });
};
