// @vitest-environment jsdom
import { getExtension } from '@shopify/ui-extensions-tester';
import { createCartLine } from '@shopify/ui-extensions-tester/checkout';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { languages } from './languages';
import {
  appAnswering,
  close,
  lost,
  member,
  press,
  problem,
  program,
  quote,
  sees,
  shown,
  speaking,
  summary,
  tokenOf,
} from './support';

const configSearchDir = 'extensions/loyalty-checkout';
const thankYou = getExtension('purchase.thank-you.block.render', { configSearchDir });
const orderStatus = getExtension('customer-account.order-status.block.render', { configSearchDir });

const unknown = { points: null, state: 'unknown', availableOn: null, text: null };
const line = {
  ...createCartLine({ quantity: 1, cost: { totalAmount: { amount: 89, currencyCode: 'EUR' } } }),
  merchandise: { ...createCartLine().merchandise, id: 'gid://shopify/ProductVariant/41' },
};

const places = [
  {
    name: 'thank-you page',
    extension: thankYou,
    begin: () => {
      thankYou.setUp();
      thankYou.shopify.orderConfirmation.value = {
        order: { id: 'gid://shopify/OrderIdentity/12' },
        isFirstOrder: true,
      };
      thankYou.shopify.lines.value = [line];
    },
  },
  {
    name: 'page of an order',
    extension: orderStatus,
    begin: () => {
      orderStatus.setUp();
      orderStatus.shopify.order.value = { id: 'gid://shopify/Order/12', name: '#1012' };
      orderStatus.shopify.lines.value = [line];
    },
  },
];

afterEach(() => vi.useRealTimers());

describe.each(places)('the $name', ({ extension, begin }) => {
  afterEach(() => close(extension));

  type Options = { locale?: string; guest?: boolean };
  const open = async (answers: Parameters<typeof appAnswering>[0] = {}, { locale = 'en', guest }: Options = {}) => {
    begin();
    const app = appAnswering({
      summary: () => (guest === true ? { program, member: null } : summary),
      quote: () => quote,
      order: () => ({ points: 89, state: 'pending', availableOn: '2026-12-10', text: 'This order brought 89 points.' }),
      ...answers,
    });
    extension.fetch = app.fetch;
    const { shopify } = extension;
    shopify.sessionToken.get = () => Promise.resolve(tokenOf(guest === true ? null : '7'));
    Object.assign(shopify.i18n, speaking('loyalty-checkout', locale));
    shopify.localization.extensionLanguage.value = { isoCode: locale };
    await extension.render();
    return app;
  };

  test('promises nothing for an order in another currency than the program’s', async () => {
    const app = await open(
      { summary: () => ({ program: { ...program, currency: 'USD' }, member: null }) },
      { guest: true },
    );
    await sees('Create an account and take part from your next order.');
    expect(app.of('quote')).toEqual([]);
    expect(shown()).not.toContain('With an account');
  });

  test('says in the app’s words what the order brought, and how far it is to the next tier', async () => {
    const app = await open();
    await sees('This order brought 89 points.');
    await sees('You have 250 points.');
    await sees('€80.00 more to Silver');
    expect(app.of('order')[0]?.parameters.get('order')).toBe('12');
    expect(app.of('quote')).toHaveLength(0);
    expect(document.body.querySelector('s-progress')?.getAttribute('value')).toBe('73');
  });

  test('says how far it is to the next reward, as long as none can be had', async () => {
    await open({ summary: () => ({ program, member: { ...member, available: 5 } }) });
    await sees(/15 points more to “.*”\./);
  });

  test('asks again after 2, 4 and 8 seconds for an order that the app does not know yet', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    let times = 0;
    const brought = { points: 89, state: 'available', availableOn: null, text: 'It brought 89.' };
    const app = await open({ order: () => (++times < 4 ? unknown : brought) });
    await vi.advanceTimersByTimeAsync(13_900);
    expect(app.of('order')).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(300);
    await sees('It brought 89.');
    expect(app.of('order')).toHaveLength(4);
  });

  test('says then what the order should bring, and never as a fact', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await open({ order: () => unknown, quote: () => ({ points: 89, certainty: 'exact' }) });
    await vi.advanceTimersByTimeAsync(14_100);
    await sees('This order will bring about 89 points.');
  });

  test('tells a guest what an account would bring, and asks for no order', async () => {
    const app = await open({}, { guest: true });
    await sees('With an account, an order like this brings at least 89 points.');
    await sees('Create an account and take part from your next order.');
    expect(app.asked.map(({ path }) => path).sort()).toEqual(['quote', 'summary']);
  });

  test('shows what could not be read as a sentence, and reads it on the next press', async () => {
    const answers = [lost, () => problem(503, 'shop_away', 'The shop does not answer.'), () => summary];
    await open({ summary: () => answers.shift()?.() });
    await sees('Something did not work.');
    await press('Try again');
    await sees('The shop does not answer.');
    await press('Try again');
    await sees('You have 250 points.');
  });

  test('stays empty where there is no program', async () => {
    await open({ summary: () => ({ program: null, member: null }) });
    await vi.waitFor(() => expect(document.body.querySelector('s-skeleton-paragraph')).toBeNull());
    expect(shown()).toBe('');
  });

  test.each(languages)('has every text in %s', async (locale) => {
    await open({}, { locale });
    await vi.waitFor(() => expect(document.body.querySelector('s-progress')).not.toBeNull());
    expect(shown().includes('You have')).toBe(locale === 'en');
  });
});
