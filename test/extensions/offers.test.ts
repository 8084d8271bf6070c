import { describe, expect, test } from 'vitest';
import { numberOf, seenCart } from '../../extensions/shared/cart';
import { personOf, tongueOf } from '../../extensions/shared/host';
import { isChoice, nextReward, offersFor } from '../../extensions/shared/offers';
import { newId } from '../../extensions/shared/wishes';
import { dayIn } from '../../extensions/shared/words';
import { code, member, program, rewards, speaking, tokenOf } from './support';

const full = { subtotalMinor: 8900, remainingMinor: 8900, currency: 'EUR', discounts: [] };
const refusals = (cart: Parameters<typeof offersFor>[3], who = member) =>
  Object.fromEntries(
    offersFor(program, who, rewards, cart).map(({ reward, refusal }) => [
      reward.id,
      refusal === null ? null : 'cart' in refusal ? refusal.cart : refusal.text,
    ]),
  );

describe('what a cart can take', () => {
  test('is everything while nothing speaks against it; what is given needs no cart', () => {
    expect(new Set(Object.values(refusals(full)))).toEqual(new Set([null]));
    expect(new Set(Object.values(refusals(null)))).toEqual(new Set([null]));
    expect(refusals({ ...full, subtotalMinor: 0, remainingMinor: 0 })).toMatchObject({ visit: null });
  });
  test.each([
    ['other_currency', { currency: 'USD' }],
    ['cart_empty', { subtotalMinor: 0, remainingMinor: 0 }],
    ['nothing_left', { remainingMinor: 0 }],
    ['not_together', { discounts: ['order' as const] }],
    ['too_much', { remainingMinor: 499 }],
  ])('is refused: %s', (refusal, cart) => {
    expect(refusals({ ...full, ...cart })).toMatchObject({ 'five-off': refusal });
  });
  test('is refused below a reward’s minimum, and not at it', () => {
    const asking = { ...program, rewards: program.rewards.map((one) => ({ ...one, minimum_subtotal_minor: 8900 })) };
    const of = (subtotalMinor: number) =>
      offersFor(asking, member, rewards, { ...full, subtotalMinor }).find(({ reward }) => reward.id === 'five-off');
    expect([of(8899)?.refusal, of(8900)?.refusal]).toEqual([{ cart: 'minimum' }, null]);
  });
  test('is the shipping of goods that a discount of a product made free', () => {
    const shipping = {
      ...program,
      rewards: program.rewards.map((one) => ({ ...one, takes_off: 'shipping' as const })),
    };
    const free = { ...full, subtotalMinor: 0, remainingMinor: 0, discounts: ['product' as const] };
    const of = (cart: typeof free | typeof full) =>
      offersFor(shipping, member, rewards, cart).find(({ reward }) => reward.id === 'five-off')?.refusal;
    expect([of(free), of({ ...free, discounts: [] } as never)]).toEqual([null, { cart: 'cart_empty' }]);
  });
  test('is nothing beside a code of the member’s own that goes with nothing, in whatever letters it is written', () => {
    const held = { ...code, reward_id: 'five-off', code: 'FID-AAAA-BBBB' };
    const open = {
      ...program,
      rewards: program.rewards.map((one) => ({ ...one, combines_with_order_discounts: one.id !== 'five-off' })),
    };
    const cart = { ...full, discounts: ['order' as const] };
    const of = (inCart: readonly string[]) =>
      offersFor(open, { ...member, codes: [held] }, rewards, cart, inCart).find(
        ({ reward }) => reward.id === 'as-you-like',
      )?.refusal;
    expect([of([]), of(['fid-aaaa-bbbb'])]).toEqual([null, { cart: 'not_together' }]);
  });
  test('is not known without a cart where the cart decides: then the cart is asked for', () => {
    const needing = { ...program, rewards: program.rewards.map((one) => ({ ...one, needs_cart: true })) };
    const of = (cart: typeof full | null) =>
      offersFor(needing, member, rewards, cart).find(({ reward }) => reward.id === 'five-off')?.refusal;
    expect([of(null), of(full)]).toEqual([{ cart: 'cart_needed' }, null]);
  });
  test('leaves out what the app does not offer', () => {
    expect(offersFor(program, member, [], full)).toEqual([]);
  });
});

describe('a reward for some products only', () => {
  const line = (product: string | null, amountMinor: number, discounted = false) => ({
    ...{ product, amountMinor, discounted },
  });
  const cart = (...lines: ReturnType<typeof line>[]) => {
    const subtotalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const discounts = lines.some(({ discounted }) => discounted) ? ['product' as const] : [];
    return { ...full, subtotalMinor, remainingMinor: subtotalMinor, discounts, lines };
  };
  const products = { product_ids: ['1', '2'], collection_ids: [] };
  const offered = (id: string, inOrder: Parameters<typeof offersFor>[3], of: object = { lines: products }) =>
    offersFor(
      { ...program, rewards: program.rewards.map((one) => ({ ...one, takes_off: 'product' as const, ...of })) },
      member,
      rewards,
      inOrder,
    ).find(({ reward }) => reward.id === id);
  const refusal = (...[inOrder, of]: [Parameters<typeof offersFor>[3], object?]) =>
    offered('five-off', inOrder, of)?.refusal;

  test('counts these as if there were no others', () => {
    expect(refusal(cart(line('1', 500), line('3', 9000)))).toBeNull();
    expect(refusal(cart(line('1', 499), line('3', 9000)))).toEqual({ cart: 'too_much_for_these' });
    expect(refusal(cart(line('3', 9000), line(null, 100)))).toEqual({ cart: 'none_of_these' });
    const minimum = { lines: products, minimum_subtotal_minor: 1000 };
    expect(refusal(cart(line('1', 999), line('3', 9000)), minimum)).toEqual({ cart: 'minimum_of_these' });
    expect(refusal(cart(line('1', 400), line('2', 600)), minimum)).toBeNull();
  });
  test('finds nothing left of those that have a discount of their own', () => {
    expect(refusal(cart(line('1', 9000, true), line('3', 9000)))).toEqual({ cart: 'not_together' });
    expect(refusal(cart(line('1', 9000, true), line('2', 499)))).toEqual({ cart: 'too_much_for_these' });
    expect(refusal(cart(line('1', 9000, true), line('2', 500)))).toBeNull();
  });
  test('lets nobody choose more steps than cover what they cost', () => {
    expect(offered('as-you-like', cart(line('1', 250), line('3', 9000)))?.choice.max).toBe(60);
  });
  test('may be for any product where collections, or nothing, are said; the app knows it', () => {
    const some = cart(line('3', 9000));
    expect(refusal(some, { lines: { product_ids: [], collection_ids: ['8'] } })).toBeNull();
    expect(refusal(some, { lines: null })).toBeNull();
    expect(refusal(cart(line(null, 9000)), { lines: null })).toEqual({ cart: 'none_of_these' });
    expect(refusal({ ...some, lines: undefined } as never)).toBeNull();
  });
});

describe('what can be chosen', () => {
  const choiceWith = (remainingMinor: number, available: number) =>
    offersFor(program, { ...member, available }, rewards, { ...full, remainingMinor }).find(
      ({ reward }) => reward.id === 'as-you-like',
    )?.choice;
  test('is never more than the member has, nor more steps than cover what is left to pay', () => {
    expect(choiceWith(8900, 250)).toEqual({ min: 20, max: 240, step: 20 });
    expect(choiceWith(950, 250)).toEqual({ min: 20, max: 200, step: 20 });
    expect(choiceWith(8900, 1_000_000)).toEqual({ min: 20, max: 1780, step: 20 });
  });
  test('is whole steps within its bounds', () => {
    const choice = { min: 20, max: 180, step: 20 };
    const good = [20, 100, 180].map((points) => isChoice(choice, points));
    const bad = [0, 19, 30, 200, 20.5, Number.NaN].map((points) => isChoice(choice, points));
    expect([new Set(good), new Set(bad)]).toEqual([new Set([true]), new Set([false])]);
  });
});

const day = '2026-11-27';

test('the next reward is the cheapest that everybody can get; there is none while one can be had', () => {
  expect(nextReward(program, 250, day)).toBeNull();
  expect(nextReward(program, 5, day)).toMatchObject({ missing: 15, donePercent: 25 });
  expect(nextReward({ ...program, rewards: [] }, 5, day)).toBeNull();
  const within = (window: object) =>
    nextReward({ ...program, rewards: program.rewards.map((one) => ({ ...one, ...window })) }, 5, day);
  expect([within({ to: '2026-11-26' }), within({ from: '2026-11-28' })]).toEqual([null, null]);
  expect(within({ from: day, to: day })).toMatchObject({ missing: 15 });
  expect(nextReward({ ...program, redeeming: { paused: true, last_day: null } }, 5, day)).toBeNull();
  expect(nextReward({ ...program, redeeming: { paused: false, last_day: '2026-11-26' } }, 5, day)).toBeNull();
});

test('a checkout is its lines after their own discounts, less the discounts of the order', () => {
  const money = (amount: number) => ({ amount, currencyCode: 'EUR' });
  const line = (amount: number, off: readonly number[]) => ({
    ...{
      quantity: 1,
      merchandise: { id: 'gid://shopify/ProductVariant/1', product: { id: 'gid://shopify/Product/9' } },
    },
    cost: { totalAmount: money(amount) },
    discountAllocations: off.map((one) => ({ discountedAmount: money(one) })),
  });
  const lines = [line(19.99, []), line(0.1, [1]), line(0.2, [])];
  expect(seenCart(lines, [{ discountedAmount: money(5.01) }], 'EUR', 100)).toEqual({
    ...{ subtotalMinor: 2029, remainingMinor: 1528, currency: 'EUR', discounts: ['order', 'product'] },
    lines: [
      { product: '9', amountMinor: 1999, discounted: false },
      { product: '9', amountMinor: 10, discounted: true },
      { product: '9', amountMinor: 20, discounted: false },
    ],
  });
  expect(seenCart([line(900, [])], [{ discountedAmount: money(1000) }], 'JPY', 1)).toMatchObject({
    ...{ subtotalMinor: 900, remainingMinor: 0 },
  });
});

test('ids, tokens and languages of the platform are read whatever form they have', () => {
  expect(['gid://shopify/OrderIdentity/12', '12', 'gid://shopify/Order/', ''].map(numberOf)).toEqual([
    '12',
    '12',
    '',
    '',
  ]);
  expect([tokenOf('7'), tokenOf(null), 'mock', undefined, 'a.b.c'].map(personOf)).toEqual([
    ...['gid://shopify/Customer/7', null, null, null, null],
  ]);
  expect(['de-CH', 'IT', 'pt', ''].map(tongueOf)).toEqual(['de', 'it', 'en', 'en']);
});

test('an id is a UUID, also where the platform makes none', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(newId()).toMatch(uuid);
  const own = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true });
  const ids = [newId(), newId()];
  if (own !== undefined) Object.defineProperty(globalThis, 'crypto', own);
  expect(ids[0]).toMatch(uuid);
  expect(ids[0]).not.toBe(ids[1]);
});

describe('a day', () => {
  test.each([
    ['it', '1º gennaio 2098', '11 gennaio 2098'],
    ['fr', '1er janvier 2098', '11 janvier 2098'],
    ['de', '1. Januar 2098', '11. Januar 2098'],
    ['es', '1 de enero de 2098', '11 de enero de 2098'],
    ['en', 'January 1, 2098', 'January 11, 2098'],
  ] as const)('is written as it is read, the first of a month, too: %s', (language, first, other) => {
    const none = () => Promise.resolve(undefined);
    const kept = { read: none, write: none, forget: none };
    const host = { token: none, language, i18n: speaking('loyalty-checkout', language), kept };
    expect(['2098-01-01', '2098-01-11'].map((day) => dayIn(host, day))).toEqual([first, other]);
  });
});
