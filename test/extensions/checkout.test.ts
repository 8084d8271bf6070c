// @vitest-environment jsdom
import { getExtension } from '@shopify/ui-extensions-tester';
import { createCartLine, createResult } from '@shopify/ui-extensions-tester/checkout';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { languages } from './languages';
import { numberOf } from '../../extensions/shared/cart';
import {
  answer,
  appAnswering,
  button,
  cancelled,
  close,
  code,
  lost,
  member,
  press,
  problem,
  program,
  quote,
  redeemed,
  rewards,
  sees,
  shown,
  speaking,
  summary,
  tokenOf,
  type,
} from './support';

const extension = getExtension('purchase.checkout.reductions.render-after', {
  configSearchDir: 'extensions/loyalty-checkout',
});
const euro = (amount: number) => ({ amount, currencyCode: 'EUR' as const });

beforeEach(() => extension.setUp());
afterEach(() => {
  close(extension);
  vi.resetModules();
  vi.useRealTimers();
});

type Answers = Parameters<typeof appAnswering>[0];

/** A checkout over 89.00 with one variant in it, whose app answers so. */
const open = async (
  answers: Answers = {},
  options: { locale?: string; guest?: boolean; discounts?: string[] } = {},
) => {
  const { locale = 'en', guest = false, discounts = [] } = options;
  const { shopify } = extension;
  const app = appAnswering({
    summary: () => (guest ? { program, member: null } : summary),
    rewards: () => ({ rewards }),
    quote: () => quote,
    redeem: () => redeemed(),
    cancel: () => cancelled,
    ...answers,
  });
  extension.fetch = app.fetch;
  shopify.sessionToken.get = () => Promise.resolve(tokenOf(guest ? null : '7'));
  Object.assign(shopify.i18n, speaking('loyalty-checkout', locale));
  shopify.localization.extensionLanguage.value = { isoCode: locale };
  shopify.localization.currency.value = { isoCode: 'EUR' };
  shopify.lines.value = [
    {
      ...createCartLine({ quantity: 2, cost: { totalAmount: euro(89) } }),
      ...variant('gid://shopify/ProductVariant/41'),
    },
  ];
  shopify.discountCodes.value = discounts.map((one) => ({ code: one }));
  const changes: unknown[] = [];
  const apply = (result: Parameters<typeof createResult<'applyDiscountCodeChange'>>[1] = { type: 'success' }) => {
    shopify.applyDiscountCodeChange = (change) => {
      changes.push(change);
      return Promise.resolve(createResult('applyDiscountCodeChange', result));
    };
  };
  apply();
  await extension.render();
  return { ...app, changes, apply, shopify };
};
const variant = (id: string) => ({ merchandise: { ...createCartLine().merchandise, id } });
const redeem = /^Redeem: .*5/;

describe('the checkout', () => {
  test('tells a guest what the order earns, and asks the app for nothing that is a member’s', async () => {
    const app = await open({}, { guest: true });
    await sees('This order brings at least 89 points.');
    await sees('Sign in to spend your balance in this order.');
    expect(app.asked.map(({ path }) => path).sort()).toEqual(['quote', 'summary']);
    expect(app.of('quote')[0]?.body).toEqual({ lines: [{ variant: '41', quantity: 2 }] });
    expect(button(/Redeem/)).toBeUndefined();
  });

  test('promises a guest no rewards that rest, are over, or are none', async () => {
    const resting = [
      { ...program, redeeming: { paused: true, last_day: null } },
      { ...program, redeeming: { paused: false, last_day: '2020-01-01' } },
      { ...program, rewards: [] },
    ];
    for (const one of resting) {
      await open({ summary: () => ({ program: one, member: null }) }, { guest: true });
      await sees('This order brings at least 89 points.');
      expect(shown()).not.toContain('Sign in');
      close(extension);
      extension.setUp();
    }
  });

  test('promises no points in another currency than the program’s, and takes no money off', async () => {
    const dollars = { ...program, currency: 'USD' };
    const app = await open({ summary: () => ({ program: dollars, member }) });
    await sees('Not in this currency.');
    expect([app.of('quote'), button(redeem)]).toEqual([[], undefined]);
  });

  test('shows a member the balance and the rewards that are codes, and redeems one into the order', async () => {
    const after = { ...member, available: 150, codes: [code] };
    let isRedeemed = false;
    const app = await open({
      summary: () => ({ program, member: isRedeemed ? after : member }),
      redeem: () => ((isRedeemed = true), redeemed()),
    });
    await sees('You have 250 points.');
    expect(shown()).not.toContain('How many?');
    await press(redeem);
    await sees('The discount is in your order.');
    expect(app.changes).toEqual([{ type: 'addDiscountCode', code: code.code }]);
    const [asked] = app.of('redeem');
    expect(asked?.authorization).toBe(`Bearer ${tokenOf('7')}`);
    expect(asked?.parameters.get('lang')).toBe('en');
    expect(asked?.body).toMatchObject({
      ...{ reward: 'five-off', points: 100 },
      cart: { subtotalMinor: 8900, remainingMinor: 8900, currency: 'EUR', discounts: [] },
    });
    await sees('You have 150 points.');
  });

  test('counts the products alone that a reward is for, and tells the app the lines', async () => {
    const product = numberOf(createCartLine().merchandise.product.id);
    const some = (more: object) => ({
      ...program,
      rewards: program.rewards.map((one) => ({
        ...{ ...one, takes_off: 'product' as const, lines: { product_ids: [product], collection_ids: [] } },
        ...more,
      })),
    });
    const app = await open({ summary: () => ({ program: some({}), member }) });
    await press(redeem);
    await vi.waitFor(() => expect(app.of('redeem')).toHaveLength(1));
    expect(app.of('redeem')[0]?.body).toMatchObject({
      cart: { lines: [{ product, amountMinor: 8900, discounted: false }] },
    });
    const reopened = async (more: object, words: string): Promise<void> => {
      close(extension);
      extension.setUp();
      await open({ summary: () => ({ program: some(more), member }) });
      await sees(words);
      expect(button(redeem)).toBeUndefined();
    };
    await reopened({ minimum_subtotal_minor: 12_000 }, 'From €120.00 of these products');
    await reopened(
      { lines: { product_ids: ['999999'], collection_ids: [] } },
      'For products that are not in the cart.',
    );
  });

  test('says what the checkout does not take; the code stays and can be used or given back', async () => {
    const app = await open({ summary: () => ({ program, member: { ...member, codes: [code] } }) });
    app.apply({ type: 'error', message: 'no' });
    await press(/^Use now/);
    await sees('This code does not go with this order. It stays yours');
    expect(app.of('cancel')).toHaveLength(0);
    await press(/^Give back/);
    await sees('The code is cancelled. Your points are back by 18:30.');
    expect(app.of('cancel')[0]?.body).toEqual({ id: code.redemption_id });
    // It was not in the order: nothing had to be taken out.
    expect(app.changes).toHaveLength(1);
  });

  test('takes a code out of the order before its points come back, and keeps them where that fails', async () => {
    const held = { summary: () => ({ program, member: { ...member, codes: [code] } }) };
    const app = await open(held, { discounts: [code.code.toLowerCase()] });
    await sees('Applied to this order');
    app.apply({ type: 'error', message: 'no' });
    await press(/^Give back/);
    await sees('The code could not be taken out of the order.');
    expect(app.of('cancel')).toHaveLength(0);
    app.apply();
    await press(/^Give back/);
    await sees('The code is cancelled.');
    expect(app.changes.at(-1)).toEqual({ type: 'removeDiscountCode', code: code.code });
  });

  test('shows the app’s refusal; the next press is another wish', async () => {
    const app = await open({ redeem: () => problem(409, 'not_enough_points', 'You have too few points.') });
    await press(redeem);
    await sees('You have too few points.');
    await press(redeem);
    await vi.waitFor(() => expect(app.of('redeem')).toHaveLength(2));
    expect(new Set(app.of('redeem').map(({ body }) => body?.id)).size).toBe(2);
    expect(app.changes).toEqual([]);
  });

  test('asks the same wish again after a lost answer, a wait and a broken app: nothing is paid twice', async () => {
    const answers = [lost, () => problem(429, 'too_many_requests'), () => answer('', 502), () => redeemed()];
    const app = await open({ redeem: () => answers.shift()?.() });
    await press(redeem);
    await sees('nothing is taken twice');
    for (const times of [2, 3, 4]) {
      await press(redeem);
      await vi.waitFor(() => expect(app.of('redeem')).toHaveLength(times));
    }
    await sees('The discount is in your order.');
    expect(new Set(app.of('redeem').map(({ body }) => body?.id)).size).toBe(1);
  });

  test('knows the wish again when the page was loaded anew, and not for another customer', async () => {
    const first = await open({ redeem: lost });
    await press(redeem);
    await sees('nothing is taken twice');
    const { storage } = first.shopify;
    const again = async (customer: string): Promise<unknown> => {
      close(extension);
      vi.resetModules();
      extension.setUp();
      extension.shopify.storage = storage;
      const app = await open({ redeem: lost });
      extension.shopify.sessionToken.get = () => Promise.resolve(tokenOf(customer));
      await press(redeem);
      await sees('nothing is taken twice');
      return app.of('redeem')[0]?.body?.id;
    };
    const id = first.of('redeem')[0]?.body?.id;
    expect(await again('7')).toBe(id);
    expect(await again('8')).not.toBe(id);
  });

  test('waits for a code that is on its way with the same id, and says so when it does not come', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const held = redeemed({ redemption: { id: code.redemption_id, state: 'held', code: null }, codes: [] });
    let times = 0;
    const app = await open({ redeem: () => (++times < 3 ? answer(held, 202) : redeemed()) });
    await press(redeem);
    await vi.advanceTimersByTimeAsync(2000);
    await vi.advanceTimersByTimeAsync(4000);
    await sees('The discount is in your order.');
    expect(new Set(app.of('redeem').map(({ body }) => body?.id)).size).toBe(1);
    times = -10;
    await press(redeem);
    await vi.advanceTimersByTimeAsync(14_000);
    await sees('The code will appear here shortly.');
    expect(app.changes).toHaveLength(1);
  });

  test('tries a new token once when the old one has run out', async () => {
    let times = 0;
    const app = await open({ summary: () => (++times === 1 ? problem(401, 'bad_token') : summary) });
    await sees('You have 250 points.');
    expect(app.of('summary')).toHaveLength(2);
  });

  test('shows what could not be read, in the app’s words, and reads it on the next press', async () => {
    let times = 0;
    await open({ summary: () => (++times <= 2 ? problem(401, 'bad_token', 'Please sign in.') : summary) });
    await sees('Please sign in.');
    await press('Try again');
    await sees('You have 250 points.');
  });

  test('offers nothing where codes cannot be changed, and nothing where there is no program', async () => {
    const { shopify } = extension;
    const { instructions } = shopify;
    instructions.value = { ...instructions.value, discounts: { canUpdateDiscountCodes: false } };
    await open();
    await sees('Codes cannot be changed in this checkout.');
    expect(button(/Redeem/)).toBeUndefined();
    close(extension);
    extension.setUp();
    await open({ summary: () => ({ program: null, member: null }) });
    await vi.waitFor(() => expect(document.body.querySelector('s-skeleton-paragraph')).toBeNull());
    expect(shown()).toBe('');
  });

  test('lets no more steps be chosen than cover what is left to pay', async () => {
    extension.shopify.discountAllocations.value = [{ type: 'automatic', title: 'Sale', discountedAmount: euro(79.5) }];
    const free = program.rewards.map((one) => ({ ...one, combines_with_order_discounts: true }));
    const app = await open({ summary: () => ({ program: { ...program, rewards: free }, member }) });
    await vi.waitFor(() => expect(document.body.querySelector('s-number-field')).not.toBeNull());
    // 9.50 are left: 10 steps of 20 points cover them.
    expect(document.body.querySelector('s-number-field')?.getAttribute('max')).toBe('200');
    type('s-number-field', '220');
    await sees('From 20 to 200, in steps of 20.');
    type('s-number-field', '180');
    await vi.waitFor(() => expect(shown()).not.toContain('in steps of'));
    await press(/^Redeem: Discount of your choice/);
    await vi.waitFor(() => expect(app.of('redeem')[0]?.body).toMatchObject({ points: 180 }));
    expect(app.of('redeem')[0]?.body).toMatchObject({ cart: { remainingMinor: 950, discounts: ['order'] } });
  });

  test('says nothing of what an order with a discount earns: nobody knows it before it is placed', async () => {
    extension.shopify.discountAllocations.value = [{ type: 'automatic', title: 'Sale', discountedAmount: euro(5) }];
    const app = await open();
    await sees('You have 250 points.');
    expect(app.of('quote')).toHaveLength(0);
    expect(shown()).not.toContain('This order brings');
  });

  test('says once what keeps all rewards from being taken', async () => {
    const refused = rewards.map((one) => ({ ...one, refused: { kind: 'paused', reason: 'Rewards are resting.' } }));
    await open({ rewards: () => ({ rewards: refused }) });
    await sees('Rewards are resting.');
    expect(shown().split('Rewards are resting.')).toHaveLength(2);
  });

  test('says why a reward cannot be taken: in the app’s words, or because of the order', async () => {
    extension.shopify.discountAllocations.value = [{ type: 'automatic', title: 'Sale', discountedAmount: euro(5) }];
    const refused = rewards.map((one, index) =>
      index === 0 ? { ...one, refused: { kind: 'not_enough_points', reason: 'You need 20 points more.' } } : one,
    );
    await open({ rewards: () => ({ rewards: refused }) });
    await sees('You need 20 points more.');
    await sees('Does not go with the discount of this order.');
    expect(button(/Redeem/)).toBeUndefined();
  });

  test('shows script in names as text', async () => {
    const evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    await open({ rewards: () => ({ rewards: rewards.map((one) => ({ ...one, name: evil })) }) });
    await sees(evil);
    expect(document.body.querySelector('img,script')).toBeNull();
    expect('hacked' in window).toBe(false);
  });

  test.each(languages)('has every text in %s', async (locale) => {
    await open({ summary: () => ({ program, member: { ...member, codes: [code] } }) }, { locale });
    await vi.waitFor(() => expect(document.body.querySelector('s-button')).not.toBeNull());
    expect(shown()).toContain(speaking('loyalty-checkout', locale).translate('codes.apply'));
    if (locale !== 'en') expect(shown()).not.toContain('You have');
  });
});
