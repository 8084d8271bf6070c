import { expect, test } from 'vitest';
import type { ShippingOffer } from '~/core/tiers/shippingOffers';
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
