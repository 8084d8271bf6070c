import { expect, test } from 'vitest';
import type { AmountOffGrant, FreeProductGrant } from '~/core/rewards/grants';
import type { RewardLines } from '~/core/rewards/lines';
import { asId, type PlatformId } from '~/core/values/ids';
import type { Result } from '~/core/values/result';
import { perTongue } from '~/core/values/text';
import type { IssueRequest, Platform } from '~/platforms/platform';
import type { ShopUnderTest } from './contract';

type Opened = {
  readonly shop: ShopUnderTest;
  readonly request: (code: string, part?: Partial<IssueRequest>) => IssueRequest;
};

const combinesWith = { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true };
const amountOff: AmountOffGrant = {
  kind: 'amount_off',
  amountMinor: 500,
  currency: 'EUR',
  minimumSubtotalMinor: null,
  combinesWith,
};
const [nobody, elsewhere] = [asId<PlatformId>('999999'), asId<PlatformId>('wc-7:a.b_c')];

const valueOf = <Value>(result: Result<Value, unknown>): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** The part of the contract that is about products: what they cost, what they are called, codes for one of them. */
export const keepsTheContractOfProducts = (open: () => Opened): void => {
  const shop = (): ShopUnderTest => open().shop;
  const platform = (): Platform => shop().platform;
  const productGrant = (part: Partial<FreeProductGrant> = {}): FreeProductGrant => ({
    kind: 'free_product',
    variantId: shop().variant,
    name: perTongue(() => 'Tea'),
    amountMinor: 500,
    currency: 'EUR',
    minimumSubtotalMinor: null,
    collectionIds: [],
    combinesWith,
    ...part,
  });
  test('a code of one product is made once, also with a minimum; another value or condition is not the same', async ({
    skip,
  }) => {
    if (!shop().module.can.grants.has('free_product')) skip();
    const minimum = productGrant({ minimumSubtotalMinor: 3000, collectionIds: [shop().collection] });
    const before = shop().countCodes();
    for (const [code, grant, others] of [
      ['ITEM', productGrant(), [productGrant({ amountMinor: 501 }), amountOff, minimum]],
      ['ITEM-MIN', minimum, [{ ...minimum, minimumSubtotalMinor: 3001 }, productGrant()]],
    ] as const) {
      const made = valueOf(await platform().issueReward(open().request(code, { grant })));
      expect(valueOf(await platform().issueReward(open().request(code, { grant })))).toEqual(made);
      for (const other of others)
        expect(await platform().issueReward(open().request(code, { grant: other }))).toMatchObject({
          ok: false,
          error: { kind: 'refused' },
        });
    }
    expect(shop().countCodes()).toBe(before + 2);
    const order = open().request('ORDER-WIDE');
    valueOf(await platform().issueReward(order));
    expect((await platform().issueReward({ ...order, grant: productGrant() })).ok).toBe(false);
  });

  test('a code of some lines is made once; one of others or of everything is not it', async () => {
    const { product, collection } = shop();
    const percentOff = { kind: 'percent_off', basisPoints: 1000, currency: 'EUR', minimumSubtotalMinor: null } as const;
    const lines: Readonly<Record<string, { readonly lines?: RewardLines }>> = {
      ALL: {},
      PRODUCT: { lines: { kind: 'product', productIds: [product] } },
      COLLECTION: { lines: { kind: 'collection', collectionIds: [collection] } },
    };
    for (const value of [amountOff, { ...percentOff, combinesWith }])
      for (const of of ['ALL', 'PRODUCT', 'COLLECTION']) {
        const code = `${value.kind.slice(0, 3)}-${of}`;
        const before = shop().countCodes();
        const made = valueOf(await platform().issueReward(open().request(code, { grant: { ...value, ...lines[of] } })));
        for (const [other, theirs] of Object.entries(lines)) {
          const answer = await platform().issueReward(open().request(code, { grant: { ...value, ...theirs } }));
          if (other === of) expect(answer).toEqual({ ok: true, value: made });
          else expect([code, other, answer]).toMatchObject([code, other, { ok: false, error: { kind: 'refused' } }]);
        }
        if (shop().module.can.grants.has('free_product'))
          expect((await platform().issueReward(open().request(code, { grant: productGrant() }))).ok).toBe(false);
        expect(shop().countCodes()).toBe(before + 1);
      }
  });

  test('variants are read with what they cost now; those that there are not are left out', async () => {
    const read = valueOf(await platform().readVariants([shop().variant, nobody, elsewhere]));
    expect([...read.values()]).toEqual([
      {
        variantId: shop().variant,
        productId: shop().product,
        vendor: expect.stringMatching(/./) as unknown,
        handle: expect.stringMatching(/./) as unknown,
        priceMinor: expect.any(Number) as unknown,
        currency: 'EUR',
        isAvailable: true,
      },
    ]);
    expect(read.get(shop().variant)?.priceMinor).toBeGreaterThan(0);
    shop().sellOut(shop().variant);
    const after = valueOf(await platform().readVariants([shop().variant]));
    expect(after.get(shop().variant)).toMatchObject({ isAvailable: false });
  });

  test('things of the shop are read with their titles; those that there are not are left out', async () => {
    for (const kind of ['product', 'collection', 'variant'] as const) {
      const read = valueOf(await platform().readThings(kind, [nobody, shop()[kind], elsewhere]));
      const title = expect.stringMatching(/./) as unknown;
      expect(read).toEqual([{ id: shop()[kind], title, picture: expect.stringMatching(/^https?:/) as unknown }]);
    }
    expect(await platform().readThings('product', [])).toEqual({ ok: true, value: [] });
  });
};
