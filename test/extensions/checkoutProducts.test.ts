// @vitest-environment jsdom
import { getExtension } from '@shopify/ui-extensions-tester';
import { createCartLine, createResult } from '@shopify/ui-extensions-tester/checkout';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { languages } from './languages';
import { giftCode, giftProgram, giftRedeemed, gifts, holder } from './products';
import {
  appAnswering,
  button,
  cancelled,
  close,
  member,
  press,
  quote,
  sees,
  shown,
  speaking,
  tokenOf,
} from './support';

const extension = getExtension('purchase.checkout.reductions.render-after', {
  configSearchDir: 'extensions/loyalty-checkout',
});
const euro = (amount: number) => ({ amount, currencyCode: 'EUR' as const });
const gidOf = (variant: string): string => `gid://shopify/ProductVariant/${variant}`;
const lineOf = (variant: string, attributes: readonly { key: string; value: string }[] = []) => ({
  ...createCartLine({ quantity: 1, cost: { totalAmount: euro(24) } }),
  ...{ id: `gid://shopify/CartLine/${variant}`, attributes: [...attributes] },
  merchandise: { ...createCartLine().merchandise, id: gidOf(variant) },
});

type Change = { readonly type: string };
type Answers = Parameters<typeof appAnswering>[0];

/** A checkout that does what it is asked, but for the changes of these types. */
const open = async (
  answers: Answers = {},
  options: { refusing?: string[]; held?: boolean; variants?: string[]; canAdd?: boolean; locale?: string } = {},
) => {
  const { refusing = [], held = false, variants = ['41'], canAdd = true, locale = 'en' } = options;
  const { shopify } = extension;
  const app = appAnswering({
    summary: () => ({ program: giftProgram, member: held ? holder : member }),
    rewards: () => ({ rewards: gifts() }),
    quote: () => quote,
    redeem: () => giftRedeemed,
    cancel: () => cancelled,
    ...answers,
  });
  extension.fetch = app.fetch;
  shopify.sessionToken.get = () => Promise.resolve(tokenOf('7'));
  Object.assign(shopify.i18n, speaking('loyalty-checkout', locale));
  shopify.localization.extensionLanguage.value = { isoCode: locale };
  shopify.localization.currency.value = { isoCode: 'EUR' };
  shopify.lines.value = variants.map((variant) => lineOf(variant));
  shopify.discountCodes.value = [];
  const { instructions } = shopify;
  const lines = { ...instructions.value.lines, canAddCartLine: canAdd, canRemoveCartLine: canAdd };
  instructions.value = { ...instructions.value, lines };
  const changes: Change[] = [];
  const isRefused = ({ type }: Change): boolean => refusing.includes(type);
  shopify.applyDiscountCodeChange = (change) => {
    changes.push(change);
    if (isRefused(change))
      return Promise.resolve(createResult('applyDiscountCodeChange', { type: 'error', message: 'no' }));
    const others = shopify.discountCodes.value.filter((one) => one.code !== change.code);
    shopify.discountCodes.value = change.type === 'addDiscountCode' ? [...others, { code: change.code }] : others;
    return Promise.resolve(createResult('applyDiscountCodeChange', { type: 'success' }));
  };
  shopify.applyCartLinesChange = (change) => {
    changes.push(change);
    if (isRefused(change))
      return Promise.resolve(createResult('applyCartLinesChange', { type: 'error', message: 'no' }));
    if (change.type === 'addCartLine')
      shopify.lines.value = [
        ...shopify.lines.value,
        lineOf(change.merchandiseId.replace(/.*\//, ''), change.attributes ?? []),
      ];
    if (change.type === 'removeCartLine')
      shopify.lines.value = shopify.lines.value.filter(({ id }) => id !== change.id);
    return Promise.resolve(createResult('applyCartLinesChange', { type: 'success' }));
  };
  await extension.render();
  return { ...app, changes, shopify };
};

const choose = (variant: string): void => {
  const select = document.body.querySelector('s-select') as (HTMLElement & { value: string }) | null;
  if (select === null) throw new Error('There is nothing to choose.');
  select.value = variant;
  select.dispatchEvent(new Event('change'));
};
const added = (variant: string) => ({
  ...{ type: 'addCartLine', merchandiseId: gidOf(variant), quantity: 1 },
  attributes: [{ key: '_fidelio', value: giftCode.code }],
});
const addedCode = { type: 'addDiscountCode', code: giftCode.code };

describe('a product as a reward, in the checkout', () => {
  beforeEach(() => extension.setUp());
  afterEach(() => {
    close(extension);
    vi.resetModules();
  });

  test('is chosen, comes into the order as the code’s own, and then the code takes its price off', async () => {
    const app = await open();
    await sees('100 points + €2.90');
    await vi.waitFor(() => expect(document.body.querySelectorAll('s-option')).toHaveLength(2));
    choose('52');
    await press('Redeem: A gift');
    await sees('The discount is in your order.');
    expect(app.of('redeem')[0]?.body).toMatchObject({ reward: 'gift', points: 100, variant: '52' });
    expect(app.changes).toEqual([added('52'), addedCode]);
  });

  test('is not added where it is in the order already', async () => {
    const app = await open({}, { variants: ['51'] });
    await press('Redeem: A gift');
    await sees('The discount is in your order.');
    expect(app.changes).toEqual([addedCode]);
  });

  test('that Shopify does not add gives the points back, and no code is tried', async () => {
    const app = await open({}, { refusing: ['addCartLine'] });
    await press('Redeem: A gift');
    await sees('The product could not be added to this order. Your points are back by 18:30.');
    expect(app.changes).toEqual([added('51')]);
    expect(app.of('cancel')[0]?.body).toEqual({ id: giftCode.redemption_id });
  });

  test('goes out again when its code is refused, and the points come back', async () => {
    const app = await open({}, { refusing: ['addDiscountCode'] });
    await press('Redeem: A gift');
    await sees('The product could not be added to this order. Your points are back by 18:30.');
    const out = { type: 'removeCartLine', id: 'gid://shopify/CartLine/51', quantity: 1 };
    expect(app.changes).toEqual([added('51'), addedCode, out]);
    expect(app.of('cancel')).toHaveLength(1);
  });

  test('that stays in the order at full price is not passed over in silence', async () => {
    const app = await open({}, { refusing: ['addDiscountCode', 'removeCartLine'] });
    await press('Redeem: A gift');
    await sees(
      'the product is still in your order at full price. You can take it out in the cart. Your points are back',
    );
    expect(app.of('cancel')).toHaveLength(1);
  });

  test('is not offered where lines cannot be changed, unless it is in the order', async () => {
    await open({}, { canAdd: false });
    await sees('You have 250 points.');
    expect(button(/^Redeem/)).toBeUndefined();
    close(extension);
    extension.setUp();
    const app = await open({}, { canAdd: false, variants: ['52'] });
    await press('Redeem: A gift');
    await sees('The discount is in your order.');
    expect(app.of('redeem')[0]?.body).toMatchObject({ variant: '52' });
  });

  test('comes with a code that waited, and leaves the order with it', async () => {
    const app = await open({}, { held: true });
    await press('Use now: Free product · Cup');
    await sees('Applied to this order');
    // A code in the order has paid for the cup: only the notebook is left to take.
    await vi.waitFor(() => expect(document.body.querySelector('s-select')).toBeNull());
    await press(/^Give back/);
    await sees('The code is cancelled.');
    const out = { type: 'removeCartLine', id: 'gid://shopify/CartLine/51', quantity: 1 };
    expect(app.changes).toEqual([added('51'), addedCode, out, { type: 'removeDiscountCode', code: giftCode.code }]);
    expect(app.shopify.lines.value).toHaveLength(1);
  });

  test('is back in the order when its code cannot be taken out, and no points come back', async () => {
    const app = await open({}, { held: true, refusing: ['removeDiscountCode'] });
    await press(/^Use now/);
    await sees('Applied to this order');
    await press(/^Give back/);
    await sees('The code could not be taken out of the order. Nothing has changed.');
    expect(app.shopify.lines.value).toHaveLength(2);
    expect(app.of('cancel')).toHaveLength(0);
  });

  test('is paid for once, however fast somebody presses', async () => {
    const app = await open();
    await vi.waitFor(() => expect(button('Redeem: A gift')).toBeDefined());
    const press = button('Redeem: A gift');
    press?.click();
    press?.click();
    await sees('The discount is in your order.');
    expect(app.of('redeem')).toHaveLength(1);
    expect(app.changes).toEqual([added('51'), addedCode]);
  });

  test('chosen otherwise after a lost answer is another wish', async () => {
    const app = await open({ redeem: () => Promise.reject(new TypeError('lost')) });
    await press('Redeem: A gift');
    await sees('nothing is taken twice');
    choose('52');
    await press('Redeem: A gift');
    await vi.waitFor(() => expect(app.of('redeem')).toHaveLength(2));
    expect(new Set(app.of('redeem').map(({ body }) => body?.id)).size).toBe(2);
  });

  test.each(languages)('has every text in %s', async (locale) => {
    await open({}, { refusing: ['addDiscountCode', 'removeCartLine'], locale });
    await vi.waitFor(() => expect(document.body.querySelector('s-select')).not.toBeNull());
    expect(document.body.querySelector('s-select')?.getAttribute('label') === 'Which product').toBe(locale === 'en');
    await press(/A gift$/);
    await sees(speaking('loyalty-checkout', locale).translate('checkout.product_left'));
    expect(shown().includes('full price')).toBe(locale === 'en');
  });
});
