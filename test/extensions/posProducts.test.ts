// @vitest-environment jsdom
import { getExtension } from '@shopify/ui-extensions-tester';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { tillCart } from '../../extensions/loyalty-pos/src/till';
import { languages } from './languages';
import { giftCode, giftProgram, giftRedeemed, gifts } from './products';
import {
  appAnswering,
  button,
  cancelled,
  close,
  code,
  member,
  press,
  program,
  rewards,
  sees,
  shown,
  speaking,
} from './support';

const counter = getExtension('pos.home.modal.render', { configSearchDir: 'extensions/loyalty-pos' });
type Cart = typeof counter.shopify.cart.current.value;
type Line = Cart['lineItems'][number];
type Discount = Cart['cartDiscounts'][number];

const off = (discountDescription: string, amount = 5, type = 'Code'): Discount => ({
  amount,
  discountDescription,
  type,
});
const lineOf = (variantId: number, more: Partial<Line> = {}): Line =>
  ({
    ...{ uuid: `line-${variantId}`, variantId, quantity: 1, price: 89, title: 'Basket', discounts: [], taxable: true },
    ...{ taxLines: [], properties: {}, isGiftCard: false },
    ...more,
  }) as Line;
const cartOf = (more: object = {}): Cart =>
  ({
    ...{ subtotal: '89.00', taxTotal: '0.00', grandTotal: '89.00', cartDiscounts: [], lineItems: [lineOf(41)] },
    ...{ properties: {}, editable: true, customer: { id: 7 } },
    ...more,
  }) as Cart;

type Answers = Parameters<typeof appAnswering>[0];
type Till = {
  readonly cart?: object;
  readonly refusing?: readonly string[];
  readonly dismissed?: boolean;
  readonly locale?: string;
};

/** A till whose program has a product as a reward. It does what it is asked, but for what it refuses. */
const open = async (
  answers: Answers = {},
  { cart: more = {}, refusing = [], dismissed = false, locale = 'en' }: Till = {},
) => {
  const { cart, session } = counter.shopify;
  const app = appAnswering({
    'pos/member': () => ({ customer: '7', name: 'Giulia Rossi', program: giftProgram, member, rewards: gifts() }),
    'pos/redeem': () => giftRedeemed,
    'pos/cancel': () => cancelled,
    ...answers,
  });
  counter.fetch = app.fetch;
  session.getSessionToken = () => Promise.resolve('staff-token');
  Object.assign(session.currentSession, { currency: 'EUR' });
  Object.assign(counter.shopify.i18n, speaking('loyalty-pos', locale));
  counter.shopify.locale.current.value = locale;
  cart.current.value = cartOf(more);
  const done: unknown[] = [];
  const act = (name: string, values: readonly unknown[], change: () => Cart): Promise<void> => {
    done.push([name, ...values]);
    if (refusing.includes(name)) return Promise.reject(new Error('no'));
    cart.current.value = change();
    return Promise.resolve();
  };
  const now = (): Cart => cart.current.value;
  cart.addLineItem = async (variant, quantity, options) => {
    const { properties = {} } = options ?? {};
    const line = lineOf(variant, { properties, price: 24 });
    await act('add', [variant, quantity, properties], () =>
      dismissed ? now() : { ...now(), lineItems: [...now().lineItems, line] },
    );
    return dismissed ? '' : line.uuid;
  };
  cart.removeLineItem = (uuid) =>
    act('remove', [uuid], () => ({ ...now(), lineItems: now().lineItems.filter((line) => line.uuid !== uuid) }));
  cart.addCartCodeDiscount = (added) => act('code', [added], now);
  cart.removeCartDiscount = () => act('no discount', [], () => ({ ...now(), cartDiscounts: [] }));
  await counter.render();
  return { ...app, done };
};
const held = (codes: readonly object[], more: object = {}) => ({
  'pos/member': () => ({
    ...{ customer: '7', name: 'Giulia Rossi', program: giftProgram, rewards: gifts() },
    member: { ...member, codes },
    ...more,
  }),
});
const brought = ['add', 51, 1, { _fidelio: giftCode.code }];

beforeEach(() => counter.setUp());
afterEach(() => {
  close(counter);
  vi.resetModules();
});

describe('a product as a reward, at the till', () => {
  test('is chosen, comes into the cart as the code’s own, and then the code', async () => {
    const app = await open();
    await sees('100 points + €2.90');
    const list = document.body.querySelector('s-choice-list') as (HTMLElement & { values: string[] }) | null;
    if (list === null) throw new Error('There is nothing to choose.');
    list.values = ['52'];
    list.dispatchEvent(new Event('change'));
    await press('Redeem');
    await sees('is in the cart');
    expect(app.of('pos/redeem')[0]?.body).toMatchObject({ customer: '7', reward: 'gift', variant: '52' });
    expect(app.done).toEqual([
      ['add', 52, 1, { _fidelio: giftCode.code }],
      ['code', giftCode.code],
    ]);
  });

  test('is not added where it is in the cart already', async () => {
    const app = await open({}, { cart: { lineItems: [lineOf(51)] } });
    await press('Redeem');
    await sees('is in the cart');
    expect(app.done).toEqual([['code', giftCode.code]]);
  });

  test.each([
    ['is refused by the till', { refusing: ['add'] }, [brought]],
    ['staff does not oversell', { dismissed: true }, [brought]],
    [
      'has a code that the till refuses',
      { refusing: ['code'] },
      [brought, ['code', giftCode.code], ['remove', 'line-51']],
    ],
  ])('that %s is not in the cart, and the points come back', async (_, till, done) => {
    const app = await open({}, till);
    await press('Redeem');
    await sees('The till did not take the product or its code. Your points are back by 18:30.');
    expect(app.done).toEqual(done);
    expect(app.of('pos/cancel')[0]?.body).toEqual({ customer: '7', id: giftCode.redemption_id });
  });

  test('comes with a code that waited, and stays the member’s where the till refuses it', async () => {
    const app = await open(held([giftCode]), { refusing: ['code'] });
    await sees('Free product · Cup');
    await press('Use now');
    await sees(`The till did not take the code ${giftCode.code}. It stays with the member`);
    expect(app.done).toEqual([brought, ['code', giftCode.code], ['remove', 'line-51']]);
    expect(app.of('pos/cancel')).toHaveLength(0);
  });

  test('is taken out with its code: the code by staff, then the product', async () => {
    const own = lineOf(51, { properties: { _fidelio: giftCode.code }, discounts: [off(giftCode.code, 21.1)] });
    const app = await open(held([giftCode]), { cart: { lineItems: [lineOf(41), own] } });
    await sees('Applied to this order');
    await press('Give back');
    await sees(`Take the code ${giftCode.code} out of the cart by hand`);
    expect([app.done, app.of('pos/cancel')]).toEqual([[], []]);
    const { current } = counter.shopify.cart;
    current.value = cartOf({ lineItems: [lineOf(41), { ...own, discounts: [] }] });
    await press('Give back');
    await sees('The code is cancelled.');
    expect(app.done).toEqual([['remove', 'line-51']]);
    expect(app.of('pos/cancel')).toHaveLength(1);
  });

  test.each(languages)('has every text in %s', async (locale) => {
    await open({}, { refusing: ['add'], locale });
    await sees(speaking('loyalty-pos', locale).translate('rewards.which'));
    await press(speaking('loyalty-pos', locale).translate('rewards.redeem'));
    await sees(speaking('loyalty-pos', locale).translate('till.no_product'));
    expect(shown().includes('Which product')).toBe(locale === 'en');
  });
});

describe('a discount that is somebody else’s', () => {
  test('is not taken away with a code that is given back: staff takes the code out', async () => {
    const app = await open(held([code]), { cart: { cartDiscounts: [off('STAFF10', 10), off(code.code)] } });
    await press('Give back');
    await sees(`Take the code ${code.code} out of the cart by hand, then press “Give back” again.`);
    expect([app.done, app.of('pos/cancel')]).toEqual([[], []]);
    const { current } = counter.shopify.cart;
    current.value = cartOf({ cartDiscounts: [off('STAFF10', 10)] });
    await press('Give back');
    await sees('The code is cancelled.');
    expect([app.done, app.of('pos/cancel').length]).toEqual([[], 1]);
  });

  test('of the cart counts as what it takes off, in money or in percent', () => {
    const seen = (more: object) => tillCart(cartOf(more), 'EUR', 100);
    expect(seen({ cartDiscounts: [off('10 %', 10, 'Percentage')] })).toEqual({
      ...{ subtotalMinor: 8900, remainingMinor: 8010, currency: 'EUR', discounts: ['order'] },
      lines: [{ product: null, amountMinor: 8900, discounted: false }],
    });
    expect(seen({ cartDiscounts: [off('Five', 5, 'FixedAmount')] })).toMatchObject({ remainingMinor: 8400 });
    const line = lineOf(41, { productId: 9, quantity: 2, price: 44.5, discounts: [off('Half', 50, 'Percentage')] });
    expect(seen({ lineItems: [line] })).toMatchObject({
      ...{ subtotalMinor: 4450, remainingMinor: 4450, discounts: ['product'] },
      lines: [{ product: '9', amountMinor: 4450, discounted: true }],
    });
  });
});

test('a cart that cannot be changed takes nothing, and says so', async () => {
  await open(held([code], { program, rewards }), { cart: { editable: false } });
  await sees('The cart at the till cannot be changed now.');
  expect(button('Use now')).toBeUndefined();
  // What is given needs no cart.
  expect([...document.body.querySelectorAll('s-button')].filter((one) => one.textContent === 'Redeem')).toHaveLength(1);
});
