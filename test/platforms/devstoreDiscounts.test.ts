import { beforeEach, describe, expect, test } from 'vitest';
import { returnTarget } from '~/core/redemptions/returned';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { readOrderPayload } from '~/platforms/shopify/orderPayload';
import { collectionOf } from 'test/devstore/admin-api/catalogue';
import { createBasic } from 'test/devstore/admin-api/discounts';
import type { BasicInput, ItemsInput } from 'test/devstore/admin-api/inputs';
import { appliedCodes, cartJson, linesOf } from 'test/devstore/checkout/cart';
import { placeOrder, refundOrder } from 'test/devstore/checkout/orders';
import { registrationFrom } from 'test/devstore/process/registration';
import { createDevstore, nowOf, type Cart, type Devstore, type OrderPayload } from 'test/devstore/process/state';

const app = registrationFrom({ apiKey: 'k', apiSecret: 's', appUrl: 'http://localhost:1' });

/** What the local shop sells: name, collection, price. Their products are numbered from 1, their variants from 11. */
const sold = [
  ['tea', 'pantry', 1000],
  ['cake', 'pantry', 500],
  ['cup', 'home', 2400],
  ['soap', 'care', 333],
] as const;
type Name = (typeof sold)[number][0];

describe('discounts of products in the local shop', () => {
  let store: Devstore;
  beforeEach(() => {
    store = createDevstore(app);
    sold.forEach(([handle, collection, priceMinor], index) =>
      store.products.push({
        ...{ id: index + 1, variantId: index + 11, handle, title: handle, vendor: 'Us', collection, priceMinor },
        ...{ description: '', color: '#000' },
      }),
    );
  });

  const numberOf = (name: Name): number => sold.findIndex(([one]) => one === name) + 1;
  const products = (...names: Name[]): ItemsInput => ({
    products: { productsToAdd: names.map((name) => `gid://shopify/Product/${numberOf(name)}`) },
  });
  const collections = (...handles: string[]): ItemsInput => ({
    collections: { add: handles.map((handle) => `gid://shopify/Collection/${collectionOf(handle)}`) },
  });
  const variant = (name: Name): ItemsInput => ({
    products: { productVariantsToAdd: [`gid://shopify/ProductVariant/${numberOf(name) + 10}`] },
  });
  const everything: ItemsInput = { all: true };
  const amount = (text: string) => ({ discountAmount: { amount: text } });
  const all = { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true };
  const create = (code: string, items: ItemsInput, value: object, part: BasicInput = {}) =>
    createBasic(store, { code, title: code, combinesWith: all, customerGets: { items, value }, ...part });
  const make = (...wish: Parameters<typeof create>): void => expect(create(...wish).userErrors).toEqual([]);
  const least = (text: string): BasicInput => ({
    minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: text } },
  });
  const cartOf = (units: Partial<Record<Name, number>>, ...codes: string[]): Cart => ({
    token: 't',
    codes,
    lines: sold.flatMap(([name], index) => {
      const quantity = units[name] ?? 0;
      return quantity > 0 ? [{ variantId: index + 11, quantity }] : [];
    }),
  });
  const json = (...cart: Parameters<typeof cartOf>) => cartJson(store, cartOf(...cart), null);
  /** What a cart's codes take off each of its lines, and off the cart as a whole. */
  const taken = (...cart: Parameters<typeof cartOf>) => {
    const { items, cart_level_discount_applications: ofCart } = json(...cart);
    return {
      lines: items.map((item) => item.line_level_discount_allocations.reduce((sum, one) => sum + one.amount, 0)),
      cart: ofCart.map((one) => one.total_allocated_amount),
    };
  };
  const reasons = (...cart: Parameters<typeof cartOf>) =>
    appliedCodes(store, cartOf(...cart), null).map(({ reason }) => reason);
  const notTogether = 'This discount code cannot be combined with another';

  test('take an amount off their own lines, spread by what these cost, and never more than that', () => {
    make('P', products('tea', 'cake'), amount('6.00'));
    expect(taken({ tea: 1, cake: 1, cup: 2 }, 'P')).toEqual({ lines: [400, 200, 0], cart: [] });
    expect(taken({ cake: 1, cup: 2 }, 'P')).toEqual({ lines: [500, 0], cart: [] });
    make('C', collections('pantry', 'care'), amount('9.99'));
    const { lines } = taken({ tea: 1, cake: 1, cup: 1, soap: 1 }, 'C');
    expect([lines[2], lines.reduce((sum, off) => sum + off, 0)]).toEqual([0, 999]);
    expect(taken({ soap: 1, cup: 1 }, 'C').lines).toEqual([0, 333]);
    make('V', variant('cup'), amount('5.00'));
    expect(taken({ tea: 1, cup: 2 }, 'V').lines).toEqual([0, 500]);
  });

  test('take a percentage off line by line, while one of the order is spread', () => {
    make('LINES', collections('care', 'pantry'), { percentage: 0.125 });
    make('ORDER', everything, { percentage: 0.125 });
    // 12.5 % of 3.33 is 0.416, of 10.00 1.25, of 5.00 0.625; of all of it 2.291.
    expect(taken({ soap: 1, tea: 1, cake: 1, cup: 1 }, 'LINES')).toEqual({ lines: [125, 63, 0, 42], cart: [] });
    expect(taken({ soap: 1, tea: 1, cake: 1 }, 'ORDER')).toEqual({ lines: [0, 0, 0], cart: [229] });
    make('WHOLE', products('soap'), { percentage: 1 });
    expect(taken({ soap: 3, tea: 1 }, 'WHOLE').lines).toEqual([0, 999]);
  });

  test('count their own lines only for the minimum, and are not valid where there is none of them', () => {
    make('P', products('tea'), amount('5.00'), least('20.00'));
    make('ORDER', everything, amount('5.00'), least('20.00'));
    const tooLittle = 'Add items to reach the minimum of this discount code';
    expect(reasons({ tea: 1, cup: 1 }, 'P')).toEqual([tooLittle]);
    expect(reasons({ tea: 2, cup: 1 }, 'P')).toEqual([null]);
    expect(reasons({ tea: 1, cup: 1 }, 'ORDER')).toEqual([null]);
    make('C', collections('care'), amount('1.00'));
    const notValid = 'This discount code is not valid for the items in your cart';
    expect([...reasons({ cup: 9 }, 'P'), ...reasons({ cup: 9 }, 'C')]).toEqual([notValid, notValid]);
  });

  test('are asked as discounts of products whether they go with others', () => {
    const without = (part: Partial<typeof all>): BasicInput => ({ combinesWith: { ...all, ...part } });
    make('LINES', products('tea'), amount('5.00'));
    make('ALONE', products('cup'), amount('5.00'), without({ orderDiscounts: false }));
    make('ORDER', everything, amount('5.00'));
    make('NO-PRODUCTS', everything, amount('5.00'), without({ productDiscounts: false }));
    make('NO-ORDERS', everything, amount('5.00'), without({ orderDiscounts: false }));
    const cart = { tea: 1, cup: 1 };
    expect(reasons(cart, 'LINES', 'ORDER')).toEqual([null, null]);
    expect(reasons(cart, 'LINES', 'NO-ORDERS')).toEqual([null, null]);
    for (const [one, other] of [
      ['LINES', 'NO-PRODUCTS'],
      ['ORDER', 'ALONE'],
    ] as const) {
      expect(reasons(cart, one, other)).toEqual([null, notTogether]);
      expect(reasons(cart, other, one)).toEqual([null, notTogether]);
    }
    expect(reasons(cart, 'LINES', 'ALONE')).toEqual([null, null]);
  });

  test('share a cart, but no line: the first one keeps it, and one that is left without a line does not apply', () => {
    make('PANTRY', collections('pantry'), amount('3.00'));
    make('TEA', products('tea'), amount('1.00'));
    make('MANY', products('tea', 'cup'), amount('2.00'));
    make('CUP', variant('cup'), { percentage: 0.5 });
    const cart = { tea: 1, cake: 1, cup: 1 };
    expect(reasons(cart, 'PANTRY', 'TEA')).toEqual([null, notTogether]);
    expect(taken(cart, 'PANTRY', 'TEA').lines).toEqual([200, 100, 0]);
    expect(reasons(cart, 'PANTRY', 'CUP')).toEqual([null, null]);
    expect(taken(cart, 'PANTRY', 'MANY').lines, 'only the cup is free for it').toEqual([200, 100, 200]);
    expect(reasons(cart, 'PANTRY', 'MANY', 'CUP')).toEqual([null, null, notTogether]);
  });

  test('are five in an order at most, those of the order among them', () => {
    const codes = ['tea', 'cake', 'cup', 'soap'] as const;
    for (const name of codes) make(name.toUpperCase(), products(name), amount('1.00'));
    for (const code of ['ORDER', 'MORE']) make(code, everything, amount('1.00'));
    const units = { tea: 1, cake: 1, cup: 1, soap: 1 };
    expect(reasons(units, 'TEA', 'CAKE', 'CUP', 'SOAP', 'ORDER', 'MORE')).toEqual([
      ...[null, null, null, null, null],
      'An order takes no more discount codes',
    ]);
    expect(reasons(units, 'TEA', 'ORDER', 'MORE')).toEqual([null, null, null]);
  });

  test('come before those of the order, which are counted from what is left, whichever was entered first', () => {
    make('TEN', everything, { percentage: 0.1 });
    make('TEA', products('tea'), amount('4.00'));
    for (const codes of [
      ['TEN', 'TEA'],
      ['TEA', 'TEN'],
    ])
      expect(taken({ tea: 1, cup: 1 }, ...codes)).toEqual({ lines: [400, 0], cart: [300] });
  });

  test('stand at their lines in the cart, and what the lines come to is less', () => {
    make('TEA', products('tea'), amount('4.00'));
    make('TEN', everything, { percentage: 0.1 });
    expect(json({ tea: 2, cup: 1 }, 'TEA', 'TEN')).toMatchObject({
      items: [
        {
          ...{ line_price: 2000, final_line_price: 1600 },
          line_level_discount_allocations: [{ amount: 400, discount_application: { title: 'TEA' } }],
        },
        { line_price: 2400, final_line_price: 2400, line_level_discount_allocations: [] },
      ],
      ...{ original_total_price: 4400, items_subtotal_price: 4000, total_discount: 800, total_price: 3600 },
      cart_level_discount_applications: [{ title: 'TEN', total_allocated_amount: 400 }],
      discount_codes: [
        { code: 'TEA', applicable: true },
        { code: 'TEN', applicable: true },
      ],
    });
  });

  test('are not made for nothing, for what there is not, or for two kinds of things at once', () => {
    const blank = [{ message: "Items in 'customer get' can't be blank", code: 'BLANK' }];
    for (const items of [products(), collections(), {}])
      expect(create('B', items, amount('1.00'))).toMatchObject({ codeDiscountNode: null, userErrors: blank });
    const unknown: ItemsInput = { products: { productsToAdd: ['gid://shopify/Product/1', 'gid://shopify/Product/9'] } };
    expect(create('U', unknown, { percentage: 0.1 }).userErrors).toMatchObject([
      { field: ['basicCodeDiscount', 'customerGets'], message: 'Product does not exist', code: 'INVALID' },
    ]);
    expect(() => create('M', { ...products('tea'), ...collections('care') }, amount('1.00'))).toThrow('of one kind');
    expect(() => create('M', { all: true, ...products('tea') }, amount('1.00'))).toThrow('of one kind');
    expect(store.discounts.size).toBe(0);
  });

  const place = (...cart: Parameters<typeof cartOf>): OrderPayload => {
    const discounts = appliedCodes(store, cartOf(...cart), null).flatMap(({ discount }) => discount ?? []);
    const lines = linesOf(store, cartOf(...cart));
    return placeOrder(store, { lines, customer: null, email: 'a@b.c', shippingMinor: 0, discounts, at: nowOf(store) });
  };
  const read = (order: OrderPayload): OrderSnapshot => {
    const snapshot = readOrderPayload(JSON.parse(JSON.stringify(order)), (email) => email);
    if (!snapshot.ok) throw new Error(snapshot.error.sentence);
    return snapshot.value;
  };

  test('are in the order as what they are, and its parts are what was taken off', () => {
    make('TEN', everything, { percentage: 0.1 });
    make('C', collections('pantry'), amount('10.00'));
    const order = place({ tea: 1, cake: 1, cup: 1 }, 'TEN', 'C');
    expect(order.discount_applications).toMatchObject([
      { code: 'TEN', target_selection: 'all', target_type: 'line_item', value: '10', value_type: 'percentage' },
      { code: 'C', target_selection: 'entitled', target_type: 'line_item', value: '10.00', value_type: 'fixed_amount' },
    ]);
    expect(order.discount_codes).toMatchObject([{ amount: '2.90' }, { amount: '10.00' }]);
    const ofCode = (code: string) =>
      read(order).lines.map(({ discounts }) => discounts.find((share) => share.code === code)?.amountMinor ?? 0);
    expect(ofCode('C')).toEqual([667, 333, 0]);
    expect(ofCode('TEN').reduce((sum, part) => sum + part, 0)).toBe(290);
    expect(order).toMatchObject({ subtotal_price: '26.10', total_discounts: '12.90', total_price: '26.10' });
  });

  test('bring back points with the units that they were for, and none with others', () => {
    make('TEA', products('tea'), amount('10.00'));
    const back = (units: Partial<Record<Name, number>>): ReturnType<typeof returnTarget> => {
      const order = place({ tea: 4, cup: 1 }, 'TEA');
      expect(read(order).lines.map(({ discounts }) => discounts)).toEqual([[{ code: 'TEA', amountMinor: 1000 }], []]);
      const lines = order.line_items.flatMap(({ id, title }) => {
        const quantity = units[title as Name] ?? 0;
        return quantity === 0 ? [] : [{ lineId: id, quantity }];
      });
      refundOrder(store, order.id, { lines });
      expect(read(order).financialStatus).toBe('partially_refunded');
      return returnTarget(read(order), 'TEA', 333);
    };
    expect(back({ tea: 4 })).toMatchObject({ points: 333, because: 'units', discountBackMinor: 1000 });
    expect(back({ cup: 1 })).toMatchObject({ points: 0, because: 'units', discountBackMinor: 0 });
    expect(back({ tea: 2 })).toMatchObject({ points: 167, because: 'units', discountBackMinor: 500 });
    expect(back({ tea: 1, cup: 1 })).toMatchObject({ points: 83, discountBackMinor: 250 });
  });
});
